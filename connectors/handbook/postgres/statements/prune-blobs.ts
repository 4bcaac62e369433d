import type { HandbookTx } from '../handbook-sql.ts';

/** Of one field: all blobs but those with these names. */
export async function pruneBlobs(
  tx: HandbookTx,
  recordId: string,
  field: string,
  keep: readonly string[],
): Promise<void> {
  await tx.query(
    'delete from handbook.blob where record_id = $1 and field = $2 and complete and not (name = any($3::text[]))',
    [recordId, field, keep],
  );
}
