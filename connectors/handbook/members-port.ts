import type { FieldCheck, FieldType } from '../../src/sync/mapping.ts';
import type { Fields, FieldValue } from '../../src/sync/values.ts';
import type { BlobTarget, HandbookCursor, HandbookRecord } from './port.ts';

/** Port: what the handbook's API needs of its own store (outside zone). Never sees anything of the inside. */
export interface MembersHandbook {
  /** One live record, or null for everything else (absent, hidden, deleted, withdrawn look alike). */
  get(recordId: string): Promise<HandbookRecord | null>;

  /** Live records of one entity in (key, id) order, keyset paged. */
  list(
    entity: string,
    page: { readonly after: string | null; readonly limit: number; readonly key?: string },
  ): Promise<RecordPage>;

  /** Feed for readers: `removed` for a deletion, a hiding and a withdrawal alike. */
  feed(after: HandbookCursor | null, limit: number): Promise<FeedPage>;

  /**
   * Applies one mutation exactly once per (clientId, mutationId): repeating it, even with another body, repeats the stored answer.
   * Mutations never block each other: each has its own transaction.
   */
  mutate(mutation: Mutation): Promise<MutationResult>;

  readBlob(
    target: BlobTarget,
    name: string,
  ): Promise<{
    readonly size: number;
    readonly sha256: string;
    readonly content: AsyncIterable<Uint8Array>;
  } | null>;
}

/** What the handbook knows of an entity: derived from the mapping, without anything of Notes. */
export interface EntitySchema {
  readonly entity: string;
  readonly title: { readonly vi: string; readonly en: string };
  readonly key: string;
  /** Members may bring new records into being. */
  readonly creatable: boolean;
  readonly deletable: boolean;
  readonly fields: readonly {
    readonly field: string;
    readonly type: FieldType;
    /** Members may change it. */
    readonly writable: boolean;
    readonly check: FieldCheck;
  }[];
}

export interface RecordPage {
  readonly records: readonly HandbookRecord[];
  /** Opaque; null at the end. */
  readonly next: string | null;
}

export interface FeedPage {
  readonly epochChanged: boolean;
  readonly cursor: HandbookCursor;
  readonly changes: readonly {
    readonly recordId: string;
    readonly entity: string;
    readonly kind: 'changed' | 'removed';
    /** Present for `changed`: the record as it is now. */
    readonly record?: HandbookRecord;
  }[];
  readonly more: boolean;
}

export interface Mutation {
  readonly clientId: string;
  readonly mutationId: string;
  readonly accountId: string;
  readonly kind: 'create' | 'update' | 'delete';
  readonly entity: string;
  readonly recordId: string;
  /** Version the client last saw; 0 for a create. */
  readonly baseVersion: number;
  readonly fields: Fields;
}

export type MutationResult =
  | { readonly kind: 'applied'; readonly version: number }
  /** These fields changed meanwhile; the others of the mutation were applied. Both values are kept. */
  | {
      readonly kind: 'conflict';
      readonly version: number;
      readonly fields: Readonly<Record<string, { readonly yours: FieldValue; readonly current: FieldValue }>>;
    }
  /** Kept sealed; applied when the record is released again. */
  | { readonly kind: 'held' }
  | { readonly kind: 'refused'; readonly reason: MutationRefusal; readonly field?: string };

export type MutationRefusal =
  | 'unknown-entity'
  | 'unknown-field'
  | 'not-writable'
  | 'invalid-value'
  | 'no-such-record'
  | 'not-creatable'
  | 'not-deletable'
  | 'already-exists'
  | 'base-version-ahead'
  /** The account may not do this, or not to this record; also for one that it may not see. Not kept: sent again, it is looked at again. */
  | 'forbidden';
