import type {
  EntitySchema,
  FeedPage,
  MembersHandbook,
  Mutation,
  MutationResult,
  RecordPage,
} from './members-port.ts';
import type { BlobTarget, HandbookCursor, HandbookRecord } from './port.ts';
import { readBlob } from './postgres/blobs/read-blob.ts';
import { asHandbookError } from './postgres/database-error.ts';
import { readFeed } from './postgres/feed/read-feed.ts';
import type { HandbookSql } from './postgres/handbook-sql.ts';
import { mutate } from './postgres/mutate/mutate.ts';
import { readPlace, writePlace } from './postgres/page-place.ts';
import { toRecord } from './postgres/record-row.ts';
import { selectPage } from './postgres/statements/select-page.ts';
import { selectRecords } from './postgres/statements/select-records.ts';

/** {@link MembersHandbook} on the same schema as `PostgresHandbook`. */
export class PostgresMembersHandbook implements MembersHandbook {
  readonly #sql: HandbookSql;
  readonly #schemas: ReadonlyMap<string, EntitySchema>;

  /** `schemas` says what members may write; an entity without one can be read only. */
  constructor(sql: HandbookSql, schemas: readonly EntitySchema[]) {
    this.#sql = sql;
    this.#schemas = new Map(schemas.map((schema) => [schema.entity, schema]));
  }

  async get(recordId: string): Promise<HandbookRecord | null> {
    return (await this.#live([recordId])).get(recordId) ?? null;
  }

  async list(entity: string, page: Parameters<MembersHandbook['list']>[1]): Promise<RecordPage> {
    const after = page.after === null ? null : readPlace(page.after);
    const rows = await asHandbookError(() =>
      selectPage(this.#sql, entity, { after, limit: page.limit + 1, key: page.key ?? null }),
    );
    const shown = rows.slice(0, page.limit);
    const last = rows.length > page.limit ? shown.at(-1) : undefined;
    return {
      records: shown.map(toRecord),
      next: last === undefined ? null : writePlace({ key: last.key ?? '', recordId: last.recordId }),
    };
  }

  async feed(after: HandbookCursor | null, limit: number): Promise<FeedPage> {
    const { entries, ...reading } = await asHandbookError(() => readFeed(this.#sql, after, limit));
    const live = await this.#live(entries.map(({ recordId }) => recordId));
    const changes = entries.map(({ recordId, entity }): FeedPage['changes'][number] => {
      const record = live.get(recordId);
      return record === undefined
        ? { recordId, entity, kind: 'removed' }
        : { recordId, entity, kind: 'changed', record };
    });
    return { ...reading, changes };
  }

  async mutate(mutation: Mutation): Promise<MutationResult> {
    return asHandbookError(() => mutate(this.#sql, this.#schemas.get(mutation.entity), mutation));
  }

  async readBlob(
    target: BlobTarget,
    name: string,
  ): Promise<{
    readonly size: number;
    readonly sha256: string;
    readonly content: AsyncIterable<Uint8Array>;
  } | null> {
    const blob = await asHandbookError(() => readBlob(this.#sql, target, name, 'live only'));
    return blob === null ? null : { size: blob.ref.size, sha256: blob.ref.sha256, content: blob.content };
  }

  async #live(recordIds: readonly string[]): Promise<ReadonlyMap<string, HandbookRecord>> {
    const rows = await asHandbookError(() => selectRecords(this.#sql, recordIds));
    return new Map(rows.filter(({ state }) => state === 'live').map((row) => [row.recordId, toRecord(row)]));
  }
}
