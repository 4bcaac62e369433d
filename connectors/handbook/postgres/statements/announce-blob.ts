import type { BlobRef } from '../../../../src/sync/values.ts';
import type { BlobTarget } from '../../port.ts';
import type { HandbookTx } from '../handbook-sql.ts';

/** A new incomplete blob's id; null when the record cannot have content. */
export async function announceBlob(
  tx: HandbookTx,
  target: BlobTarget,
  blob: BlobRef,
): Promise<number | null> {
  const { rows } = await tx.query<{ blobId: number }>(
    `insert into handbook.blob (record_id, field, name, sha256, size)
     select record_id, $2, $3, $4, $5 from handbook.record where record_id = $1 and state in ('live', 'hidden') for share
     returning blob_id as "blobId"`,
    [target.recordId, target.field, blob.name, blob.sha256, blob.size],
  );
  return rows[0]?.blobId ?? null;
}
