import type { EntitySchema, Mutation, MutationResult } from '../../members-port.ts';
import { keyId, ownedKey } from '../apply/plan-op.ts';
import { retryOnClash } from '../database-error.ts';
import type { HandbookSql, HandbookTx } from '../handbook-sql.ts';
import type { RecordRow } from '../record-row.ts';
import { announceRecords } from '../statements/announce-records.ts';
import { claimMutation } from '../statements/claim-mutation.ts';
import { eraseAnswers } from '../statements/erase-answers.ts';
import { eraseBlobs } from '../statements/erase-blobs.ts';
import { insertRecords } from '../statements/insert-records.ts';
import { selectKeyHolders } from '../statements/select-key-holders.ts';
import { lockRecords } from '../statements/select-records.ts';
import { selectResult } from '../statements/select-result.ts';
import { storeResult } from '../statements/store-result.ts';
import { updateRecords } from '../statements/update-records.ts';
import { checkMutation } from './check-mutation.ts';
import { type MutationPlan, planMutation } from './plan-mutation.ts';

const FORBIDDEN = { kind: 'refused', reason: 'forbidden' } as const satisfies MutationResult;

/** Thrown where a permission went while the mutation waited: takes back that the mutation was claimed. */
class PermissionGone extends Error {}

/**
 * One mutation in one transaction, exactly once: its row is claimed first and carries the answer when the transaction commits. `permitted` is asked
 * before, so that nobody is told the answer to what they may do no more, and again once the record is locked.
 */
export async function mutate(
  sql: HandbookSql,
  schema: EntitySchema | undefined,
  mutation: Mutation,
  permitted: (tx: HandbookTx) => Promise<boolean> = async () => true,
): Promise<MutationResult> {
  try {
    return await mutateOnce(sql, schema, mutation, permitted);
  } catch (error) {
    if (error instanceof PermissionGone) return FORBIDDEN;
    throw error;
  }
}

async function mutateOnce(
  sql: HandbookSql,
  schema: EntitySchema | undefined,
  mutation: Mutation,
  permitted: (tx: HandbookTx) => Promise<boolean>,
): Promise<MutationResult> {
  return retryOnClash(() =>
    sql.transaction(async (tx) => {
      if (!(await permitted(tx))) return FORBIDDEN;
      if (!(await claimMutation(tx, mutation))) {
        const result = await selectResult(tx, mutation);
        if (result === null) throw new Error('A mutation was committed without its answer');
        return result;
      }
      const checked = checkMutation(schema, mutation);
      const result =
        'refused' in checked
          ? checked.refused
          : await carryOut(tx, schema, mutation, checked.fields, permitted);
      await storeResult(tx, mutation, result);
      return result;
    }),
  );
}

async function carryOut(
  tx: HandbookTx,
  schema: EntitySchema | undefined,
  mutation: Mutation,
  fields: Mutation['fields'],
  permitted: (tx: HandbookTx) => Promise<boolean>,
): Promise<MutationResult> {
  const row = (await lockRecords(tx, [mutation.recordId])).get(mutation.recordId) ?? null;
  if (!(await permitted(tx))) throw new PermissionGone();
  const plan = planMutation(mutation, fields, schema?.key ?? '', row);
  if (plan.row !== undefined && (await keyIsTaken(tx, plan.row)))
    return { kind: 'refused', reason: 'already-exists' };
  await write(tx, plan, row);
  return plan.result;
}

async function keyIsTaken(tx: HandbookTx, row: RecordRow): Promise<boolean> {
  if (row.key === null || ownedKey(row) === null) return false;
  const holder = (await selectKeyHolders(tx, [{ entity: row.entity, key: row.key }])).get(
    keyId(row.entity, row.key),
  );
  return holder !== undefined && holder !== row.recordId;
}

async function write(tx: HandbookTx, { row, erase }: MutationPlan, before: RecordRow | null): Promise<void> {
  if (row === undefined) return;
  if (before === null) await insertRecords(tx, [row]);
  else await updateRecords(tx, [row]);
  if (before?.version !== row.version) await announceRecords(tx, [row]);
  if (erase) {
    await eraseBlobs(tx, [row.recordId]);
    await eraseAnswers(tx, [row.recordId]);
  }
}
