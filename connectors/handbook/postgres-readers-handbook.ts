import { z } from 'zod';
import type { AccessRules } from './access-rules.ts';
import type { ReadOperation } from './audit-port.ts';
import type { EntitySchema, Mutation, MutationResult } from './members-port.ts';
import { type BlobTarget, HandbookError, type HandbookRecord } from './port.ts';

import { recordReading, type Seen } from './postgres/audit/record-reading.ts';
import { selectRights, selectCursorKey } from './postgres/access/select-rights.ts';
import { readBlobFor } from './postgres/blobs/read-blob-for.ts';
import { asHandbookError } from './postgres/database-error.ts';
import type { HandbookSql } from './postgres/handbook-sql.ts';
import { isPermitted } from './postgres/mutate/is-permitted.ts';
import { mutate } from './postgres/mutate/mutate.ts';
import { type CursorSeal, createCursorSeal } from './postgres/reading/cursor-seal.ts';
import { readFeedFor } from './postgres/reading/read-feed-for.ts';
import { selectFeedEnd } from './postgres/reading/select-feed.ts';
import { selectFound } from './postgres/reading/select-found.ts';
import { selectCount, selectList } from './postgres/reading/select-list.ts';
import { selectHistory, selectOne } from './postgres/reading/select-one.ts';
import { isShown, plainRecord, type Sight, sightOf } from './postgres/reading/visible.ts';
import type {
  BlobReading,
  ByteRange,
  HistoryEntry,
  ListQuery,
  ReaderFeedPage,
  ReadersHandbook,
  RecordsPage,
  Rights,
  SearchQuery,
  Viewer,
} from './readers-port.ts';

const listPlace = z.strictObject({ sort: z.string(), recordId: z.uuid() });
const foundPlace = z.strictObject({ score: z.string().regex(/^\d+(\.\d+)?$/), recordId: z.uuid() });

/** {@link ReadersHandbook} on the schema of `PostgresHandbook`, once `installAccess` has given it the same rules. */
export class PostgresReadersHandbook implements ReadersHandbook {
  readonly #sql: HandbookSql;
  readonly #schemas: ReadonlyMap<string, EntitySchema>;
  readonly #rules: AccessRules;
  readonly #seal: CursorSeal;

  private constructor(
    sql: HandbookSql,
    schemas: readonly EntitySchema[],
    rules: AccessRules,
    seal: CursorSeal,
  ) {
    this.#sql = sql;
    this.#schemas = new Map(schemas.map((schema) => [schema.entity, schema]));
    this.#rules = rules;
    this.#seal = seal;
  }

  /** Throws `unreachable` when the database does not answer. */
  static async open(
    sql: HandbookSql,
    schemas: readonly EntitySchema[],
    rules: AccessRules,
  ): Promise<PostgresReadersHandbook> {
    const key = await asHandbookError(() => selectCursorKey(sql));
    return new PostgresReadersHandbook(sql, schemas, rules, createCursorSeal(key));
  }

  async rights(viewer: Viewer, today: string): Promise<Rights | null> {
    return asHandbookError(() => selectRights(this.#sql, viewer, today));
  }

  async get(rights: Rights, entity: string, recordId: string): Promise<HandbookRecord | null> {
    const record = await this.#one(rights, entity, recordId);
    if (record !== null) await this.#saw(rights, 'get', [record]);
    return record;
  }

  async history(rights: Rights, entity: string, recordId: string): Promise<readonly HistoryEntry[] | null> {
    const record = await this.#one(rights, entity, recordId);
    if (record === null) return null;
    await this.#saw(rights, 'history', [record]);
    return asHandbookError(() => selectHistory(this.#sql, this.#sight(rights, entity), entity, recordId));
  }

  async list(rights: Rights, entity: string, query: ListQuery): Promise<RecordsPage> {
    const { key, filters, sort, order } = query;
    this.#checkFilters(rights, entity, filters);
    const scope = this.#scope(rights, ['list', entity, key, filters, sort, order]);
    const place = query.after === null ? null : readPlace(listPlace, this.#seal.open(query.after, scope));
    const rows = await asHandbookError(() =>
      selectList(this.#sql, this.#sight(rights, entity), entity, { ...query, place }),
    );
    const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
    const records = rows.slice(0, query.limit).map(plainRecord);
    await this.#saw(rights, 'list', records);
    return {
      records,
      next: last === undefined ? null : this.#seal.seal({ sort: last.sort, recordId: last.recordId }, scope),
    };
  }

  async count(
    rights: Rights,
    entity: string,
    query: Pick<ListQuery, 'key' | 'filters'>,
    limit: number,
  ): Promise<number> {
    this.#checkFilters(rights, entity, query.filters);
    return asHandbookError(() => selectCount(this.#sql, this.#sight(rights, entity), entity, query, limit));
  }

  async search(rights: Rights, query: SearchQuery): Promise<RecordsPage> {
    const { text, entities, limit } = query;
    const scope = this.#scope(rights, ['search', text, entities]);
    const place = query.after === null ? null : readPlace(foundPlace, this.#seal.open(query.after, scope));
    const rows = await asHandbookError(() =>
      selectFound(this.#sql, this.#sight(rights, null), { text, entities, place, limit }),
    );
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    const records = rows.slice(0, limit).map(plainRecord);
    await this.#saw(rights, 'search', records);
    return {
      records,
      next:
        last === undefined ? null : this.#seal.seal({ score: last.score, recordId: last.recordId }, scope),
    };
  }

  async feed(rights: Rights, after: string | null, limit: number): Promise<ReaderFeedPage> {
    const page = await asHandbookError(() =>
      readFeedFor(this.#sql, this.#rules, this.#seal, rights, after, limit),
    );
    const changes = page.kind === 'changes' ? page.changes : [];
    const told = changes.flatMap((change) => (change.kind === 'changed' ? [change.record] : []));
    await this.#saw(rights, 'feed', told);
    return page;
  }

  async feedEnd(): Promise<string> {
    const { xid, position } = await asHandbookError(() => selectFeedEnd(this.#sql));
    return `${xid}.${position}`;
  }

  async readBlob(
    rights: Rights,
    entity: string,
    target: BlobTarget,
    name: string,
    range?: ByteRange,
  ): Promise<BlobReading | null> {
    if (!isShown(rights, this.#rules, entity, target.field)) return null;
    const blob = await asHandbookError(() =>
      readBlobFor(this.#sql, this.#sight(rights, entity), entity, target, name, range),
    );
    if (blob !== null) await this.#saw(rights, 'blob', [{ recordId: target.recordId, entity }]);
    return blob;
  }

  async mutate(rights: Rights, mutation: Mutation): Promise<MutationResult> {
    const hidden = Object.keys(mutation.fields).find(
      (field) => !isShown(rights, this.#rules, mutation.entity, field),
    );
    if (hidden !== undefined) return { kind: 'refused', reason: 'forbidden' };
    const result = await asHandbookError(() =>
      mutate(this.#sql, this.#schemas.get(mutation.entity), mutation, (tx) =>
        isPermitted(tx, this.#rules, rights.viewer, mutation),
      ),
    );
    // The one answer that holds values.
    if (result.kind === 'conflict') await this.#saw(rights, 'mutate', [mutation]);
    return result;
  }

  #one(rights: Rights, entity: string, recordId: string): Promise<HandbookRecord | null> {
    return asHandbookError(() => selectOne(this.#sql, this.#sight(rights, entity), entity, recordId));
  }

  /** Durable before anything is answered: a reading that cannot be recorded does not happen. */
  async #saw(rights: Rights, operation: ReadOperation, records: readonly Seen[]): Promise<void> {
    try {
      await recordReading(this.#sql, this.#rules, rights.viewer, operation, records);
    } catch {
      // Whatever it is, the asker's question is not to blame; and the database's words may hold values.
      throw new HandbookError('unreachable', 'A reading could not be recorded, so it is not answered');
    }
  }

  #sight(rights: Rights, entity: string | null): Sight {
    return sightOf(rights, this.#rules, entity);
  }

  #scope(rights: Rights, question: readonly unknown[]): readonly unknown[] {
    return [rights.viewer.accountId, rights.fingerprint, ...question];
  }

  /** A filter would tell what a field holds. */
  #checkFilters(rights: Rights, entity: string, filters: ListQuery['filters']): void {
    if (filters.some(({ field }) => !isShown(rights, this.#rules, entity, field))) {
      throw new HandbookError('bad-request', 'A filter names a field that this account is not shown');
    }
  }
}

function readPlace<T>(schema: z.ZodType<T>, opened: unknown): T {
  const parsed = schema.safeParse(opened);
  if (!parsed.success)
    throw new HandbookError('bad-request', 'The cursor is of another version: start without one');
  return parsed.data;
}
