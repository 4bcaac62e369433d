/** What is known of notes, in Domino's own words. Shapes only; the connectors fill them, the planner reads them. */

/** 32 upper-case hex digits; identity of a note across replicas and edits. */
export type Unid = string;

export const UNID_PATTERN = /^[0-9A-F]{32}$/;

/**
 * Tells one state of a note from another. Opaque: compared for equality, and only within one kind.
 * `oid` = sequence number and time; `modified` = a modification stamp; `etag` = whole seconds.
 */
export interface Token {
  readonly kind: 'oid' | 'modified' | 'etag';
  readonly value: string;
}

/**
 * One item as a connector reads or writes it. `values` is always a list; `list` says that the stored item was a list even if it has one value.
 * A datetime value is `YYYY-MM-DD` (date only), `THH:MM:SS` (time only) or `YYYY-MM-DDTHH:MM:SS.ccZ` (an instant, centiseconds, UTC).
 */
export interface Item {
  readonly type: 'text' | 'number' | 'datetime';
  readonly values: readonly (string | number)[];
  readonly list?: boolean;
  readonly names?: boolean;
  readonly readers?: boolean;
  readonly authors?: boolean;
  /** Kept outside the 64 KB summary; needed for long text. */
  readonly nonsummary?: boolean;
}

/** Items by the name that was asked for. A requested item that the note does not have is absent. */
export type Items = Readonly<Record<string, Item>>;

export interface AttachmentSummary {
  readonly name: string;
  /** Bytes, uncompressed. */
  readonly size: number;
  /** Instant, as the server prints it. */
  readonly modified: string;
}

/** A note that could be read: at least its Form came back. */
export interface NoteRead {
  readonly kind: 'note';
  readonly unid: Unid;
  /** Server stamp `YYYY-MM-DDTHH:MM:SS.ccZ`. */
  readonly created: string;
  /** Server stamp; of the last change, as this way in reports it. */
  readonly modified: string;
  readonly token: Token;
  readonly items: Items;
  readonly attachments?: readonly AttachmentSummary[];
}

/** What one note looked like to the identity that the bridge uses. */
export type NoteReading =
  | NoteRead
  /** There is something, its items are hidden from us (Readers). */
  | { readonly kind: 'unreadable'; readonly unid: Unid }
  /** Not found: deleted, or hidden so that it looks deleted. Never proof of a deletion. */
  | { readonly kind: 'missing'; readonly unid: Unid }
  /** This one note failed; `code` is stable, `message` carries no item values. */
  | { readonly kind: 'failed'; readonly unid: Unid; readonly code: string; readonly message: string };

/** Domino's trace of a deleted note, where the way in shows it. */
export interface DeletionStub {
  readonly unid: Unid;
  readonly deletedAt: string;
}
