import type { HandbookTx } from '../handbook-sql.ts';

export async function selectChunk(tx: HandbookTx, blobId: number, chunk: number): Promise<Buffer | null> {
  const { rows } = await tx.query<{ bytes: Buffer }>(
    'select bytes from handbook.blob_chunk where blob_id = $1 and chunk = $2',
    [blobId, chunk],
  );
  return rows[0]?.bytes ?? null;
}
