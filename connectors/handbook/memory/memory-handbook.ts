import type { BlobRef } from '../../../src/sync/values.ts';
import type {
  BlobTarget,
  Handbook,
  HandbookChanges,
  HandbookCursor,
  HandbookOp,
  HandbookOutcome,
  HandbookRecord,
  SmallBlob,
} from '../port.ts';
import { checkOps } from '../postgres/apply/check-ops.ts';
import { planBatch } from '../postgres/apply/plan-batch.ts';
import { claimedKey, versionsOf } from '../postgres/apply/plan-op.ts';
import { isRecordId, ownsKey, toRecord } from '../postgres/record-row.ts';
import { readMemoryBlob, receiveMemoryBlob, receiveSmallMemoryBlobs } from './memory-blobs.ts';
import { readMemoryFeed } from './memory-feed.ts';
import type { MemoryRecords } from './memory-records.ts';

/** {@link Handbook} without a database: the same pure decisions on tables in memory. Each call is one step; nobody sees half of it. */
export class MemoryHandbook implements Handbook {
  readonly #records: MemoryRecords;

  constructor(records: MemoryRecords) {
    this.#records = records;
  }

  async changes(after: HandbookCursor | null, limit: number): Promise<HandbookChanges> {
    const { entries, ...reading } = readMemoryFeed(this.#records, after, limit);
    return { ...reading, changes: entries };
  }

  async read(recordIds: readonly string[]): Promise<readonly HandbookRecord[]> {
    return [...new Set(recordIds)].filter(isRecordId).flatMap((id) => {
      const row = this.#records.rows.get(id);
      return row ? [toRecord(row)] : [];
    });
  }

  async readByKey(entity: string, keys: readonly string[]): Promise<readonly HandbookRecord[]> {
    const wanted = new Set(keys);
    return [...this.#records.rows.values()]
      .filter(
        (row) => row.entity === entity && row.state === 'live' && row.key !== null && wanted.has(row.key),
      )
      .map(toRecord);
  }

  async count(entities: readonly string[]): Promise<number> {
    return this.#bound(entities).length;
  }

  async list(
    entities: readonly string[],
    after: string | null,
    limit: number,
  ): Promise<readonly HandbookRecord[]> {
    return this.#bound(entities)
      .filter((row) => after === null || row.recordId > after)
      .sort((one, other) => (one.recordId < other.recordId ? -1 : 1))
      .slice(0, limit)
      .map(toRecord);
  }

  async apply(ops: readonly HandbookOp[]): Promise<readonly HandbookOutcome[]> {
    checkOps(ops);
    const records = this.#records;
    const keys = ops.flatMap((op) => {
      const key = claimedKey(op);
      return key === null ? [] : [{ entity: op.entity, key }];
    });
    const plan = planBatch(ops, {
      rows: new Map(
        ops.flatMap(({ recordId }) => {
          const row = records.rows.get(recordId);
          return row ? [[recordId, row] as const] : [];
        }),
      ),
      holders: records.holders(keys),
      done: records.appliedOps,
    });
    for (const { op, outcome } of plan.stored) records.appliedOps.set(op.opId, outcome);
    for (const row of [...plan.updated, ...plan.created]) records.put(row, false);
    for (const row of plan.announced) records.put(row, true);
    for (const recordId of plan.erased) records.erase(recordId);
    for (const { recordId, field, keep } of plan.pruned)
      records.blobs = records.blobs.filter(
        (blob) => blob.recordId !== recordId || blob.field !== field || keep.includes(blob.name),
      );
    return plan.outcomes;
  }

  async applied(opIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return versionsOf(this.#records.appliedOps, opIds);
  }

  async putBlob(target: BlobTarget, blob: BlobRef, content: AsyncIterable<Uint8Array>): Promise<void> {
    await receiveMemoryBlob(this.#records, target, blob, content);
  }

  async putSmallBlobs(blobs: readonly SmallBlob[]): Promise<void> {
    receiveSmallMemoryBlobs(this.#records, blobs);
  }

  async readBlob(
    target: BlobTarget,
    name: string,
  ): Promise<{ readonly ref: BlobRef; readonly content: AsyncIterable<Uint8Array> } | null> {
    return readMemoryBlob(this.#records, target, name, 'any state');
  }

  #bound(entities: readonly string[]) {
    return [...this.#records.rows.values()].filter((row) => entities.includes(row.entity) && ownsKey(row));
  }
}
