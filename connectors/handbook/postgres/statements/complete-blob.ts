import type { BlobTarget } from '../../port.ts';
import type { HandbookSql } from '../handbook-sql.ts';

/** How long an incomplete blob is left to a sender that may still be at work. */
export const ABANDONED_AFTER = '1 day';

/** Puts a received blob in the place of an older one; false when it was erased meanwhile. */
export async function completeBlob(
  sql: HandbookSql,
  blobId: number,
  target: BlobTarget,
  name: string,
): Promise<boolean> {
  return sql.transaction(async (tx) => {
    // Two blobs of one name that are completed at once take turns, and so does a withdrawal.
    await tx.query('select from handbook.record where record_id = $1 for update', [target.recordId]);
    await tx.query(
      `delete from handbook.blob
        where record_id = $1 and field = $2 and name = $3 and blob_id <> $4
          and (complete or received_at < now() - $5::interval)`,
      [target.recordId, target.field, name, blobId, ABANDONED_AFTER],
    );
    const { rowCount } = await tx.query('update handbook.blob set complete = true where blob_id = $1', [
      blobId,
    ]);
    return rowCount === 1;
  });
}
