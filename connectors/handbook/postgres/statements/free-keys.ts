import type { HandbookTx } from '../handbook-sql.ts';

/** A unique index is checked row by row: within one statement the taker could come before the one that gives the key up. */
export async function freeKeys(tx: HandbookTx, recordIds: readonly string[]): Promise<void> {
  if (recordIds.length === 0) return;
  await tx.query('update handbook.record set key = null where record_id = any($1::uuid[])', [recordIds]);
}
