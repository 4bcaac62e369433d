import type { BlobRef, Fields } from '../../src/sync/values.ts';

/**
 * Port: the handbook's side, outside the zone line. Another backend can take its place.
 *
 * What crosses is idempotent and acknowledged: an op with the same `opId` has one effect and one answer however often it is sent.
 * Only released content is ever handed over. Every failure is a {@link HandbookError}.
 */
export interface Handbook {
  /**
   * What changed after `after`, oldest first, at most `limit`; our own applies included (the caller knows them by version). `null` starts
   * at the beginning. A cursor of another epoch answers `epochChanged: true` with nothing else: the caller starts over.
   * No late commit is ever skipped.
   */
  changes(after: HandbookCursor | null, limit: number): Promise<HandbookChanges>;

  /** The records that exist in any state, in no order; unknown ids are left out. */
  read(recordIds: readonly string[]): Promise<readonly HandbookRecord[]>;

  /** Live records by business key, in no order. */
  readByKey(entity: string, keys: readonly string[]): Promise<readonly HandbookRecord[]>;

  /** How many live or hidden records of these entities there are. */
  count(entities: readonly string[]): Promise<number>;

  /** Live and hidden records in id order, `limit` after `after`; for verify. */
  list(entities: readonly string[], after: string | null, limit: number): Promise<readonly HandbookRecord[]>;

  /**
   * Applies a batch (1–500 ops), each on its own: durable when it returns, one outcome per op in the same order. Repeating an op repeats its outcome.
   */
  apply(ops: readonly HandbookOp[]): Promise<readonly HandbookOutcome[]>;

  /** Of these ops, those that were applied, with the version that each gave its record; what was refused, or never came, is left out. */
  applied(opIds: readonly string[]): Promise<ReadonlyMap<string, number>>;

  /** Stores one blob of a record that exists; replaces one of the same field and name. Durable when it returns; repeatable. Fails with `digest` when the bytes are not those announced. */
  putBlob(target: BlobTarget, blob: BlobRef, content: AsyncIterable<Uint8Array>): Promise<void>;

  /**
   * Stores small blobs (at most {@link SMALL_BLOB_BYTES} each) of records that exist, like {@link Handbook.putBlob} would one after the other, but all
   * or none. Any number; the caller bounds what it holds in memory.
   */
  putSmallBlobs(blobs: readonly SmallBlob[]): Promise<void>;

  /**
   * The blob's bytes, or null. Files that members hand in are stored before a record names them, so that a pass that sees the name can carry the bytes to
   * Notes; what came from Notes is named first, and its bytes follow.
   */
  readBlob(
    target: BlobTarget,
    name: string,
  ): Promise<{ readonly ref: BlobRef; readonly content: AsyncIterable<Uint8Array> } | null>;
}

export interface BlobTarget {
  readonly recordId: string;
  readonly field: string;
}

/** What {@link Handbook.putSmallBlobs} takes at most. */
export const SMALL_BLOB_BYTES = 256 * 1024;

export interface SmallBlob {
  readonly target: BlobTarget;
  readonly ref: BlobRef;
  readonly bytes: Uint8Array;
}

/** `epoch` changes when the handbook's database was restored; `position` is opaque. */
export interface HandbookCursor {
  readonly epoch: string;
  readonly position: string;
}

export interface HandbookChanges {
  readonly epochChanged: boolean;
  readonly cursor: HandbookCursor;
  readonly changes: readonly {
    readonly recordId: string;
    readonly entity: string;
    readonly version: number;
  }[];
  /** More can be had at once. */
  readonly more: boolean;
}

/**
 * - `live`: readable.
 * - `hidden`: its note is missing; content kept, not readable by members.
 * - `deleted`: deleted by a person in the handbook (`by: 'handbook'`) or by us; content erased except for the key.
 * - `withdrawn`: lost its release; every trace of content erased, `held` keeps what the member had changed.
 */
export type RecordState = 'live' | 'hidden' | 'deleted' | 'withdrawn';

export interface HandbookRecord {
  readonly recordId: string;
  readonly entity: string;
  readonly key: string | null;
  readonly state: RecordState;
  /** Grows by one with each change of the record, from 1. */
  readonly version: number;
  readonly fields: Fields;
  readonly bornIn: 'notes' | 'handbook';
}

/** `expectedVersion` 0 = must not exist. */
export type HandbookOp = {
  readonly opId: string;
  readonly recordId: string;
  readonly entity: string;
  readonly expectedVersion: number;
} & (
  | {
      /** Sets the given fields (null empties one), creating the record where expectedVersion is 0, making it live whatever it was. What was held is laid over `set` and no longer held. */
      readonly kind: 'put';
      readonly key: string | null;
      readonly set: Fields;
    }
  | { readonly kind: 'hide' }
  /** Deletes: content and blobs erased. */
  | { readonly kind: 'remove' }
  /** Erases record content, mutation contents and results, search, blobs; keeps `held` (the member's own unsynced words) sealed. A deleted record stays deleted. Ignores expectedVersion, unless `ifUnchanged`: then another version is `stale`, since what a member wrote meanwhile is not in `held`. */
  | { readonly kind: 'withdraw'; readonly held: Fields; readonly ifUnchanged?: boolean }
  /** Blobs of a field that are not in `keep` are erased. */
  | { readonly kind: 'prune-blobs'; readonly field: string; readonly keep: readonly string[] }
);

export type HandbookOutcome =
  | { readonly opId: string; readonly kind: 'applied'; readonly version: number; readonly fields: Fields }
  /** The record is at another version (0 = absent); nothing was done. */
  | { readonly opId: string; readonly kind: 'stale'; readonly version: number }
  /** Another live record of the entity holds this business key. */
  | { readonly opId: string; readonly kind: 'duplicate-key'; readonly recordId: string };

/** `unreachable`: retry later. `digest`: blob bytes differ from what was announced. `bad-request`: a defect of ours. */
export type HandbookErrorCode = 'unreachable' | 'digest' | 'bad-request';

export class HandbookError extends Error {
  override readonly name = 'HandbookError';
  readonly code: HandbookErrorCode;

  constructor(code: HandbookErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
