import type { HandbookTx } from '../handbook-sql.ts';

/** False when the blob was erased meanwhile. The lock keeps an erasure from slipping in between. */
export async function insertChunk(
  tx: HandbookTx,
  blobId: number,
  chunk: number,
  bytes: Buffer,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into handbook.blob_chunk (blob_id, chunk, bytes)
     select blob_id, $2, $3 from handbook.blob where blob_id = $1 for key share`,
    [blobId, chunk, bytes],
  );
  return rowCount === 1;
}
