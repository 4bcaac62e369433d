import type { HandbookOp, HandbookOutcome } from '../../port.ts';
import { retryOnClash } from '../database-error.ts';
import type { HandbookSql, HandbookTx } from '../handbook-sql.ts';
import { announceRecords } from '../statements/announce-records.ts';
import { eraseAnswers } from '../statements/erase-answers.ts';
import { eraseBlobs } from '../statements/erase-blobs.ts';
import { freeKeys } from '../statements/free-keys.ts';
import { insertAppliedOps } from '../statements/insert-applied-ops.ts';
import { insertRecords } from '../statements/insert-records.ts';
import { pruneBlobs } from '../statements/prune-blobs.ts';
import { selectAppliedOps } from '../statements/select-applied-ops.ts';
import { selectKeyHolders } from '../statements/select-key-holders.ts';
import { lockRecords } from '../statements/select-records.ts';
import { updateRecords } from '../statements/update-records.ts';
import { checkOps } from './check-ops.ts';
import { type BatchPlan, planBatch } from './plan-batch.ts';
import { claimedKey } from './plan-op.ts';

/**
 * Reads what the batch meets, plans it in memory and writes the result: a dozen statements at most, however many ops. Another transaction that
 * creates the same record or takes the same key meanwhile makes this one fail as a whole and run again on what the other left.
 */
export async function applyBatch(
  sql: HandbookSql,
  ops: readonly HandbookOp[],
): Promise<readonly HandbookOutcome[]> {
  checkOps(ops);
  const recordIds = [...new Set(ops.map(({ recordId }) => recordId))];
  return retryOnClash(() =>
    sql.transaction(async (tx) => {
      // The rows first: a repeated op waits here for the first sending and then finds its outcome. A record that did not exist yet keeps nobody
      // waiting: where an outcome is found without its record, both have appeared in between.
      const rows = await lockRecords(tx, recordIds);
      const done = await selectAppliedOps(
        tx,
        ops.map(({ opId }) => opId),
      );
      const appeared = ops.filter(({ opId, recordId }) => done.has(opId) && !rows.has(recordId));
      const known = appeared.length === 0 ? rows : await lockRecords(tx, recordIds);
      const holders = await selectKeyHolders(
        tx,
        ops.flatMap((op) => {
          const key = claimedKey(op);
          return key === null ? [] : [{ entity: op.entity, key }];
        }),
      );
      const plan = planBatch(ops, { rows: known, holders, done });
      await write(tx, plan);
      return plan.outcomes;
    }),
  );
}

async function write(tx: HandbookTx, plan: BatchPlan): Promise<void> {
  // First: of two identical batches with new records the second one fails here, whatever else it would do.
  await insertAppliedOps(tx, plan.stored);
  await freeKeys(tx, plan.keysFreed);
  await updateRecords(tx, plan.updated);
  await insertRecords(tx, plan.created);
  await announceRecords(tx, plan.announced);
  await eraseBlobs(tx, plan.erased);
  await eraseAnswers(tx, plan.erased);
  for (const { recordId, field, keep } of plan.pruned) await pruneBlobs(tx, recordId, field, keep);
}
