import type {
  AttachmentSummary,
  DeletionStub,
  Items,
  NoteRead,
  NoteReading,
  Token,
  Unid,
} from '../../src/sync/note.ts';

/**
 * Port: one NSF file on one server, through one way in (`proton`, `rest`, `embedded`).
 *
 * Every method may be called again after any failure unless its comment says otherwise. Results come in no particular order: Domino
 * gives none. Every failure is a {@link DominoError}; a failure of a single note inside a batch is a `failed` reading, never an exception.
 * Each call honours `signal` and the connector's own time-out.
 */
export interface NotesDatabase {
  readonly capabilities: Capabilities;

  /** Which file this is. Throws `unreachable` when the server does not answer. */
  identify(options?: CallOptions): Promise<InstanceIdentity>;

  /**
   * Notes of `forms` whose stamp lies in `[from, to)`, at most `capabilities.cap` of them, with the items asked for.
   * The slice is complete when `total <= notes.length`. A scan limit of the server is the error `scan-limit`, never an empty answer.
   */
  readSlice(slice: Slice, itemNames: readonly string[], options?: CallOptions): Promise<SliceReading>;

  /**
   * The same notes again, `start` notes into the server's (unstable) order: only for enumerating an overfull second until two
   * enumerations agree. Re-executes the query.
   */
  readSlicePage(
    slice: Slice,
    itemNames: readonly string[],
    start: number,
    options?: CallOptions,
  ): Promise<SliceReading>;

  /** One reading per UNID, at most `capabilities.cap` UNIDs a call (`bad-request` above it). Form is always asked for; a note that shows items and no form is a note without one. */
  readNotes(
    unids: readonly Unid[],
    itemNames: readonly string[],
    options?: ReadOptions,
  ): Promise<readonly NoteReading[]>;

  /** UNIDs of notes of `form` whose item holds exactly this text (compared exactly by the connector, whatever the server's collation). */
  findByItem(form: string, itemName: string, value: string, options?: CallOptions): Promise<readonly Unid[]>;

  /** Bytes of a rich text item as the way in gives them; an empty stream when the note has no such item. */
  readRichText(unid: Unid, itemName: string, options?: CallOptions): AsyncIterable<Uint8Array>;

  /** The attachments of a note, one after the other; each content must be consumed before the next is asked for. */
  readAttachments(unid: Unid, options?: CallOptions): AsyncIterable<AttachmentContent>;

  /**
   * Creates a note; durable when it returns. NOT repeatable: on `outcome-unknown` the caller looks for it (by `HandbookId`) before trying again.
   * `parent` makes it a response, where `capabilities.createResponses`.
   */
  createNote(
    items: Items,
    options?: CallOptions & { readonly parent?: Unid },
  ): Promise<{ readonly unid: Unid }>;

  /**
   * Sets the given items, deletes those given as null, leaves all others untouched; durable when it returns. Where `capabilities.conditionalWrite`,
   * the write happens only on the state that `expected` names. Where `capabilities.lostUpdateDetection` is not `none` or the connector can
   * guard a write, `stale` may be answered too; without either, a save between our read and our write is lost.
   * On `outcome-unknown` the caller reads back before trying again.
   */
  replaceItems(
    unid: Unid,
    items: Readonly<Record<string, Items[string] | null>>,
    expected: Token | null,
    options?: CallOptions,
  ): Promise<WriteOutcome>;

  /** Deletes the note. Where `capabilities.conditionalDelete`, only in the state that `expected` names. */
  deleteNote(unid: Unid, expected: Token | null, options?: CallOptions): Promise<WriteOutcome>;

  /**
   * Attaches a file; only where `capabilities.attachmentWrites`. A save of its own that no token guards; durable when it returns. NOT repeatable: on
   * `outcome-unknown` the caller looks at the note's files before trying again. Answers the name that the file got, another one where the server
   * renames what collides.
   */
  attachFile?(unid: Unid, file: AttachmentUpload, options?: CallOptions): Promise<AttachOutcome>;

  /** Removes the attachments of exactly this name; only where `capabilities.attachmentWrites`. A save of its own; a name that is not there is `written`. */
  detachFile?(unid: Unid, name: string, options?: CallOptions): Promise<WriteOutcome>;

  /** Deletion stubs since a server stamp (inclusive); only where `capabilities.deletionStubs`. */
  readDeletionStubs?(since: string | null, options?: CallOptions): Promise<readonly DeletionStub[]>;

  /**
   * Forms of notes other than these, as far as one call shows them, with how many of those notes it showed. Asks for the item Form alone.
   * Not where the way in shows the forms of a schema alone.
   */
  otherForms?(
    known: readonly string[],
    options?: CallOptions,
  ): Promise<readonly { readonly form: string; readonly notes: number }[]>;

  /** Item names of a note; only where `capabilities.listItems`. */
  listItems?(unid: Unid, options?: CallOptions): Promise<readonly string[]>;

  close(): Promise<void>;
}

export interface Capabilities {
  /** A write can state the version it expects. */
  readonly conditionalWrite: boolean;
  readonly conditionalDelete: boolean;
  readonly deletionStubs: boolean;
  /** The way in tells the server's time. */
  readonly serverClock: boolean;
  readonly listItems: boolean;
  readonly attachments: boolean;
  /** `attachFile` and `detachFile` are there. */
  readonly attachmentWrites: boolean;
  readonly richText: boolean;
  /** What `readRichText` gives: HTML, plain text or a MIME entity in UTF-8, or (unless said otherwise) composite data records as Domino stores them. */
  readonly richTextFormat?: 'html' | 'plain' | 'mime' | 'composite-data';
  readonly createResponses: boolean;
  readonly tokenKind: Token['kind'];
  /** How a foreign save between our read and our write can be noticed afterwards. */
  readonly lostUpdateDetection: 'sequence' | 'trail' | 'none';
  /** A write can be made to miss when the note changed since the token, though not provably atomically. */
  readonly guardedWrite: boolean;
  /** Most notes one call answers. */
  readonly cap: number;
}

export interface InstanceIdentity {
  readonly server: string;
  readonly filePath: string;
  /** Where the way in shows it; Proton does not. */
  readonly replicaId: string | null;
}

/** Half-open interval of server time, whole seconds `YYYY-MM-DDTHH:MM:SSZ`; `to` null = open-ended. */
export interface Slice {
  readonly by: 'modifiedInThisFile' | 'created';
  readonly forms: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
  /** Of these only the notes whose other stamp lies in `[from, to)`: cuts a second that holds more than one call answers. */
  readonly within?: Omit<Slice, 'forms' | 'within'>;
}

export interface SliceReading {
  /** All matches, as the server counts them. */
  readonly total: number;
  readonly notes: readonly NoteReading[];
}

export interface AttachmentContent extends AttachmentSummary {
  readonly content: AsyncIterable<Uint8Array>;
}

/** A file to attach. `open` gives the same `size` bytes each time. */
export interface AttachmentUpload {
  readonly name: string;
  readonly size: number;
  open(): AsyncIterable<Uint8Array>;
}

/** What a line must carry for an upload not to count as given up. */
const SLOWEST_BYTES_PER_MS = 256;

/** How much longer than another write the upload of so many bytes may take, and may still land after it got no answer; ms. */
export function uploadMs(size: number): number {
  return Math.ceil(size / SLOWEST_BYTES_PER_MS);
}

export type AttachOutcome =
  | { readonly kind: 'written'; readonly name: string }
  | { readonly kind: 'missing' };

export type WriteOutcome =
  | { readonly kind: 'written' }
  /** The note is not in the expected state; nothing was written. */
  | { readonly kind: 'stale' }
  | { readonly kind: 'missing' };

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

export interface ReadOptions extends CallOptions {
  /** Fill `attachments` of each note with names and sizes. */
  readonly attachmentSummaries?: boolean;
}

/**
 * - `unreachable`: no connection, refused, or circuit open. Retry later; the link backs off.
 * - `busy`: the server answered that it cannot now, or a read timed out. Retry soon.
 * - `outcome-unknown`: a write was sent and no answer came. Look before any retry.
 * - `scan-limit`: the query hit the server's limits. Make the slice smaller.
 * - `not-authorized`: the identity may not; a person must change the ACL or the credentials.
 * - `not-found`: the database is not there.
 * - `bad-request`: the call itself is wrong (a defect of ours, or a server of another version).
 * - `rejected`: the server refused this document (field too large, note full, validation). Quarantine it.
 * - `module-missing`: `@domino/domino-db` is not installed.
 * - `protocol`: an answer that the schema does not allow.
 */
export type DominoErrorCode =
  | 'unreachable'
  | 'busy'
  | 'outcome-unknown'
  | 'scan-limit'
  | 'not-authorized'
  | 'not-found'
  | 'bad-request'
  | 'rejected'
  | 'module-missing'
  | 'protocol';

export class DominoError extends Error {
  override readonly name = 'DominoError';
  readonly code: DominoErrorCode;

  constructor(code: DominoErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

export type { NoteRead, NoteReading };
