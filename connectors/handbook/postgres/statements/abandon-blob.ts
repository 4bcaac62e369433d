import type { HandbookTx } from '../handbook-sql.ts';

export async function abandonBlob(tx: HandbookTx, blobId: number): Promise<void> {
  await tx.query('delete from handbook.blob where blob_id = $1 and not complete', [blobId]);
}
