import type { FieldValue } from '../../src/sync/values.ts';
import type { Mutation, MutationResult } from './members-port.ts';
import type { PersonRole } from './access-rules.ts';
import type { BlobTarget, HandbookRecord } from './port.ts';

/**
 * Port: the handbook as one account may see and change it. What somebody may not see does not exist for them: not in lists, counts, search or the
 * feed, and asking for it by id is answered by the same statement, with the same nothing, as asking for what never was.
 *
 * Every failure is a `HandbookError`; `bad-request` for a cursor that was not given out to this account for this question.
 */
export interface ReadersHandbook {
  /** What the account may see on the day `today` (`YYYY-MM-DD`); null for somebody who is not active. */
  rights(viewer: Viewer, today: string): Promise<Rights | null>;

  get(rights: Rights, entity: string, recordId: string): Promise<HandbookRecord | null>;

  /** Newest first; only changes made while the account could already see the record, only fields that it is shown. Null like {@link get}. */
  history(rights: Rights, entity: string, recordId: string): Promise<readonly HistoryEntry[] | null>;

  list(rights: Rights, entity: string, query: ListQuery): Promise<RecordsPage>;

  /** How many records {@link list} would come to, counted up to `limit`. */
  count(
    rights: Rights,
    entity: string,
    query: Pick<ListQuery, 'key' | 'filters'>,
    limit: number,
  ): Promise<number>;

  /** Best first. Finds a word by its beginning, without regard to case, tones, other marks and where a tone stands. */
  search(rights: Rights, query: SearchQuery): Promise<RecordsPage>;

  /** What changed after `after`, oldest first; `null` starts with all there is. No late commit is skipped. */
  feed(rights: Rights, after: string | null, limit: number): Promise<ReaderFeedPage>;

  /** Differs from an earlier one once there is something new that the feed could tell anybody. */
  feedEnd(): Promise<string>;

  readBlob(
    rights: Rights,
    entity: string,
    target: BlobTarget,
    name: string,
    range?: ByteRange,
  ): Promise<BlobReading | null>;

  /** As `MembersHandbook.mutate`, and refused with `forbidden` for what the account may not do. */
  mutate(rights: Rights, mutation: Mutation): Promise<MutationResult>;
}

/** An account of the outside zone as the store needs it. */
export interface Viewer {
  readonly accountId: string;
  readonly role: 'app' | PersonRole;
  /** Key of the own member record: members and secretaries. */
  readonly memberKey: string | null;
  /** Secretary: the cell. Officer: the committee, or `*` for the whole handbook. */
  readonly organisationCode: string | null;
}

/** Resolved by the store; opaque to callers. */
export interface Rights {
  readonly viewer: Viewer;
  /** Null: all that is released. */
  readonly tokens: readonly string[] | null;
  /** Differs whenever the account may see something else than before by its rights alone. */
  readonly fingerprint: string;
}

export interface ListQuery {
  readonly after: string | null;
  readonly limit: number;
  readonly key?: string;
  readonly filters: readonly Filter[];
  /** `key`: by business key. `title`: the entity's own order, Vietnamese. */
  readonly sort: 'key' | 'title';
  readonly order: 'asc' | 'desc';
}

/** `=` on a list means that it holds the value. */
export interface Filter {
  readonly field: string;
  readonly is: '=' | '>=' | '<=';
  readonly value: string | number | boolean;
}

export interface SearchQuery {
  readonly text: string;
  readonly entities: readonly string[];
  readonly after: string | null;
  readonly limit: number;
}

export interface RecordsPage {
  readonly records: readonly HandbookRecord[];
  /** Sealed for the account and the question; null at the end. */
  readonly next: string | null;
}

export type ReaderFeedPage =
  | {
      readonly kind: 'changes';
      readonly changes: readonly FeedChange[];
      readonly cursor: string;
      readonly more: boolean;
    }
  /** The client drops what it has and starts without a cursor. */
  | { readonly kind: 'resync'; readonly reason: 'restored' | 'rights' };

export type FeedChange =
  | { readonly kind: 'changed'; readonly record: HandbookRecord }
  | { readonly kind: 'removed'; readonly recordId: string; readonly entity: string };

export interface HistoryEntry {
  readonly version: number;
  /** Instant (ISO). */
  readonly at: string;
  readonly changes: Readonly<Record<string, { readonly from: FieldValue; readonly to: FieldValue }>>;
}

/** First and last byte, inclusive; `last` null = to the end. */
export interface ByteRange {
  readonly first: number;
  readonly last: number | null;
}

export interface BlobReading {
  readonly size: number;
  readonly sha256: string;
  /** The bytes that `content` gives out: the range, cut to the size; null where the range lies behind the end. */
  readonly range: { readonly first: number; readonly last: number } | null;
  readonly content: AsyncIterable<Uint8Array>;
}
