import type { StoredItem, StoredNote } from '../embedded/stored-note.ts';

/**
 * A data note as a DXL file gives it: null is what the file does not say (`noteinfo` and its parts are optional).
 *
 * What DXL says of a note outside its items is kept as items: `$Name` of a profile document, and `$DXL_attributes` (`name=value` texts) and
 * `$DXL_<element>` (raw XML) for what has no place in Notes' model, such as `mime`, `textproperties`, `truncated`.
 */
export interface DxlNote {
  /** Upper case. */
  readonly unid: StoredNote['unid'] | null;
  readonly noteId: StoredNote['noteId'] | null;
  readonly sequence: StoredNote['sequence'] | null;
  readonly sequenceTime: StoredNote['sequenceTime'] | null;
  readonly created: StoredNote['created'] | null;
  readonly modifiedInFile: StoredNote['modifiedInFile'] | null;
  readonly addedToFile: StoredNote['addedToFile'] | null;
  /** Instant in milliseconds, as the others. */
  readonly lastAccessed: number | null;
  readonly parent: string | null;
  readonly conflict: boolean;
  readonly profile: ProfileName | null;
  readonly items: readonly StoredItem[];
}

/** Key of a profile document; `username` null = one for all users. */
export interface ProfileName {
  readonly name: string;
  readonly username: string | null;
}

/** What the root element says of the file. */
export interface DxlHeader {
  /** `database`, or the element of the only note. */
  readonly root: string;
  /** Of the exporter, `6.5` … `14.0`. */
  readonly version: string | null;
  /** 16 upper-case hex digits. */
  readonly replicaId: string | null;
  /** `file.nsf` or `server!!file.nsf`. */
  readonly path: string | null;
  readonly title: string | null;
}

export interface DxlCounts {
  readonly documents: number;
  readonly items: number;
  readonly attachments: number;
  /** Items whose content is kept as it came and not interpreted: raw data, composite records, compressed attachments, compiled formulas. */
  readonly keptRaw: number;
  readonly designNotesSkipped: number;
}

export const noCounts: DxlCounts = {
  documents: 0,
  items: 0,
  attachments: 0,
  keptRaw: 0,
  designNotesSkipped: 0,
};

export function addCounts(a: DxlCounts, b: DxlCounts): DxlCounts {
  return {
    documents: a.documents + b.documents,
    items: a.items + b.items,
    attachments: a.attachments + b.attachments,
    keptRaw: a.keptRaw + b.keptRaw,
    designNotesSkipped: a.designNotesSkipped + b.designNotesSkipped,
  };
}

export function countNote(note: DxlNote): DxlCounts {
  return {
    ...noCounts,
    documents: 1,
    items: note.items.length,
    attachments: note.items.filter((item) => item.value.type === 'file').length,
    keptRaw: note.items.filter(isKeptRaw).length,
  };
}

function isKeptRaw({ value }: StoredItem): boolean {
  switch (value.type) {
    case 'raw':
      return true;
    case 'richtext':
      return value.format === 'cd';
    case 'formula':
      return value.compiled;
    case 'file':
      return (value.file.attributes.compression ?? 'none') !== 'none';
    case 'text':
    case 'number':
    case 'datetime':
      return false;
  }
}

/** `header` first, then every data note in file order, then `end`. */
export type DxlEvent =
  | { readonly kind: 'header'; readonly header: DxlHeader }
  | { readonly kind: 'note'; readonly note: DxlNote }
  | { readonly kind: 'end'; readonly counts: DxlCounts };
