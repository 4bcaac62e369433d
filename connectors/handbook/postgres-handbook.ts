import type { BlobRef } from '../../src/sync/values.ts';
import type {
  BlobTarget,
  Handbook,
  HandbookChanges,
  HandbookCursor,
  HandbookOp,
  HandbookOutcome,
  HandbookRecord,
  SmallBlob,
} from './port.ts';
import { applyBatch } from './postgres/apply/apply-batch.ts';
import { versionsOf } from './postgres/apply/plan-op.ts';
import { readBlob } from './postgres/blobs/read-blob.ts';
import { receiveBlob } from './postgres/blobs/receive-blob.ts';
import { receiveSmallBlobs } from './postgres/blobs/receive-small-blobs.ts';
import { asHandbookError } from './postgres/database-error.ts';
import { FEED_START } from './postgres/feed/cursor.ts';
import { currentEpoch } from './postgres/feed/epoch.ts';
import { readFeed } from './postgres/feed/read-feed.ts';
import type { HandbookSql } from './postgres/handbook-sql.ts';
import { RecordGrowth } from './postgres/record-growth.ts';
import { toRecord } from './postgres/record-row.ts';
import { countRecords } from './postgres/statements/count-records.ts';
import { selectAppliedOps } from './postgres/statements/select-applied-ops.ts';
import { selectAfterId } from './postgres/statements/select-after-id.ts';
import { selectLiveByKey } from './postgres/statements/select-by-key.ts';
import { selectRecords } from './postgres/statements/select-records.ts';

/** {@link Handbook} in schema `handbook`, which `handbookMigrations` have made. Any number of processes may work on one database. */
export class PostgresHandbook implements Handbook {
  readonly #sql: HandbookSql;
  readonly #growth: RecordGrowth;

  private constructor(sql: HandbookSql) {
    this.#sql = sql;
    this.#growth = new RecordGrowth(sql);
  }

  /** Starts a new epoch where the database turns out to have been restored. Throws `unreachable` when it does not answer. */
  static async open(sql: HandbookSql): Promise<PostgresHandbook> {
    await asHandbookError(() => currentEpoch(sql, FEED_START));
    return new PostgresHandbook(sql);
  }

  async changes(after: HandbookCursor | null, limit: number): Promise<HandbookChanges> {
    const { entries, ...reading } = await asHandbookError(() => readFeed(this.#sql, after, limit));
    return { ...reading, changes: entries };
  }

  async read(recordIds: readonly string[]): Promise<readonly HandbookRecord[]> {
    return (await asHandbookError(() => selectRecords(this.#sql, recordIds))).map(toRecord);
  }

  async readByKey(entity: string, keys: readonly string[]): Promise<readonly HandbookRecord[]> {
    return (await asHandbookError(() => selectLiveByKey(this.#sql, entity, keys))).map(toRecord);
  }

  async count(entities: readonly string[]): Promise<number> {
    return asHandbookError(() => countRecords(this.#sql, entities));
  }

  async list(
    entities: readonly string[],
    after: string | null,
    limit: number,
  ): Promise<readonly HandbookRecord[]> {
    return (await asHandbookError(() => selectAfterId(this.#sql, entities, after, limit))).map(toRecord);
  }

  async apply(ops: readonly HandbookOp[]): Promise<readonly HandbookOutcome[]> {
    const outcomes = await asHandbookError(() => applyBatch(this.#sql, ops));
    const created = outcomes.filter((one) => one.kind === 'applied' && one.version === 1);
    if (created.length > 0) await asHandbookError(() => this.#growth.grewBy(created.length));
    return outcomes;
  }

  async applied(opIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return versionsOf(await asHandbookError(() => selectAppliedOps(this.#sql, opIds)), opIds);
  }

  async putBlob(target: BlobTarget, blob: BlobRef, content: AsyncIterable<Uint8Array>): Promise<void> {
    await receiveBlob(this.#sql, target, blob, content);
  }

  async putSmallBlobs(blobs: readonly SmallBlob[]): Promise<void> {
    await receiveSmallBlobs(this.#sql, blobs);
  }

  async readBlob(
    target: BlobTarget,
    name: string,
  ): Promise<{ readonly ref: BlobRef; readonly content: AsyncIterable<Uint8Array> } | null> {
    return asHandbookError(() => readBlob(this.#sql, target, name, 'any state'));
  }
}
