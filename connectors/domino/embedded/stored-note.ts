/**
 * A note as the embedded Domino stores it and as DXL describes it. Nothing is simplified here: what an import cannot interpret is kept raw.
 *
 * Instants are milliseconds since 1970-01-01 UTC, always a multiple of 10: Domino's clock ticks in centiseconds.
 */
export interface StoredNote {
  readonly unid: string;
  /** Local to one file, even, from 0x8F6 up; differs between replicas. */
  readonly noteId: number;
  /** Low word of the originator ID's sequence: 1 for the first version. */
  readonly sequence: number;
  /** Originator ID's sequence time = `@Modified`. */
  readonly sequenceTime: number;
  readonly created: number;
  readonly modifiedInFile: number;
  readonly addedToFile: number;
  /** UNID of the parent (`$REF`), or null. */
  readonly parent: string | null;
  /** Replication or save conflict note (`$Conflict`). */
  readonly conflict: boolean;
  /** Ordered; names repeat (`$FILE`). Form, `$UpdatedBy` and `$Revisions` are ordinary items here; `$REF` and `$Conflict` are not (see above). */
  readonly items: readonly StoredItem[];
}

export interface StoredItem {
  readonly name: string;
  readonly value: StoredValue;
  readonly flags: ItemFlags;
}

/** Only flags that are set are present. `summary` is explicit: whether the item lies in the summary buffer. */
export interface ItemFlags {
  readonly summary?: boolean;
  readonly names?: boolean;
  readonly readers?: boolean;
  readonly authors?: boolean;
  /** Sign-enabled, encrypt-enabled, really encrypted, protected: as DXL's attributes sign, seal, sealed, protected. */
  readonly sign?: boolean;
  readonly seal?: boolean;
  readonly sealed?: boolean;
  readonly protected?: boolean;
  readonly placeholder?: boolean;
  readonly unchanged?: boolean;
}

export type StoredValue =
  | { readonly type: 'text'; readonly values: readonly string[]; readonly list: boolean }
  | { readonly type: 'number'; readonly values: readonly number[]; readonly list: boolean }
  | {
      readonly type: 'datetime';
      readonly values: readonly NotesDateTime[];
      readonly ranges: readonly (readonly [NotesDateTime, NotesDateTime])[];
      readonly list: boolean;
    }
  /** `dxl`: the inner XML of `<richtext>` with its attributes, byte-exact UTF-8; `cd`: composite data records. */
  | { readonly type: 'richtext'; readonly format: 'dxl' | 'cd'; readonly bytes: Uint8Array }
  | { readonly type: 'file'; readonly file: StoredFile }
  | { readonly type: 'formula'; readonly source: string; readonly compiled: boolean }
  /** Anything else, kept: `element` is `rawitemdata`, `itemdata` or another element's name; `typeHex` its type attribute or ''. */
  | { readonly type: 'raw'; readonly element: string; readonly typeHex: string; readonly bytes: Uint8Array };

/** `YYYY-MM-DD` / `HH:MM:SS.cc` local wall time with the zone printed with it; both null = an empty datetime. `zone` `+0700`, null = none given. */
export interface NotesDateTime {
  readonly date: string | null;
  readonly time: string | null;
  readonly zone: string | null;
  readonly dst: boolean;
}

export interface StoredFile {
  readonly name: string;
  readonly created: NotesDateTime | null;
  readonly modified: NotesDateTime | null;
  readonly bytes: Uint8Array;
  /** DXL's other attributes of `<file>` (hosttype, compression, flags, encoding, …) kept as they came. */
  readonly attributes: Readonly<Record<string, string>>;
}
