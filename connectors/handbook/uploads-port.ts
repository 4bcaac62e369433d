import type { Rights } from './readers-port.ts';

/**
 * Port: files that members send for their records, piece by piece. An upload belongs to its account and, for a service, to the member acted for: nobody else
 * can know of it. Times are milliseconds since 1970; every failure is a `HandbookError`.
 */
export interface Uploads {
  /** `forbidden`: the account may not change that record, or cannot see it. `too-many`: see {@link MOST_OPEN} and {@link MOST_HELD_BYTES}. */
  begin(rights: Rights, upload: NewUpload): Promise<'begun' | 'forbidden' | 'too-many'>;

  /** Newest first. */
  list(rights: Rights): Promise<readonly Upload[]>;

  find(rights: Rights, id: string): Promise<Upload | null>;

  /**
   * Adds bytes behind what is there and answers how many are there then; durable when it returns. Null: no such upload, it is not at `offset`, it has ended, or
   * the bytes would be more than were announced; nothing is kept of them then.
   */
  append(rights: Rights, id: string, offset: number, bytes: Uint8Array): Promise<number | null>;

  /** The bytes that are there, in order; of a refused one none. */
  content(rights: Rights, id: string): AsyncIterable<Uint8Array>;

  /** Ends a whole upload. `held`: kept, and in Notes once a connector can take it there. `refused`: its bytes are erased. Repeatable; the first word stays. */
  end(rights: Rights, id: string, end: UploadEnd): Promise<void>;

  /** With its bytes. Repeatable. */
  remove(rights: Rights, id: string): Promise<boolean>;

  /** Uploads that were begun before and never ended; how many. */
  dropAbandoned(before: number): Promise<number>;
}

export interface NewUpload {
  readonly id: string;
  readonly entity: string;
  readonly recordId: string;
  readonly fileName: string;
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
  readonly now: number;
}

export interface Upload extends Omit<NewUpload, 'now'> {
  /** Bytes that are there, from the beginning. */
  readonly received: number;
  readonly state: 'receiving' | UploadEnd['state'];
  readonly mediaType: string | null;
  readonly reason: string | null;
  readonly createdAt: number;
}

export type UploadEnd = { readonly now: number } & (
  | { readonly state: 'held'; readonly mediaType: string }
  | { readonly state: 'refused'; readonly reason: string }
);

/** Uploads of one account and member that have not ended. */
export const MOST_OPEN = 20;
/** Bytes that all uploads of one account and member may come to. */
export const MOST_HELD_BYTES = 200 * 1024 * 1024;
