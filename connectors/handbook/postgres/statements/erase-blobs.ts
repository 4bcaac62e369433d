import type { HandbookTx } from '../handbook-sql.ts';

/** All blobs of the records, also those that are just being received. */
export async function eraseBlobs(tx: HandbookTx, recordIds: readonly string[]): Promise<void> {
  if (recordIds.length === 0) return;
  await tx.query('delete from handbook.blob where record_id = any($1::uuid[])', [recordIds]);
}
