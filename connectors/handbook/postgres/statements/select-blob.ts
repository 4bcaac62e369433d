import type { BlobTarget } from '../../port.ts';
import type { HandbookTx } from '../handbook-sql.ts';

export interface BlobRow {
  readonly blobId: number;
  readonly sha256: string;
  readonly size: number;
}

export async function selectBlob(
  tx: HandbookTx,
  target: BlobTarget,
  name: string,
  visibleIn: 'any state' | 'live only',
): Promise<BlobRow | null> {
  const { rows } = await tx.query<BlobRow>(
    `select blob_id as "blobId", sha256, size
       from handbook.blob join handbook.record using (record_id)
      where record_id = $1 and field = $2 and name = $3 and complete and (state = 'live' or $4)`,
    [target.recordId, target.field, name, visibleIn === 'any state'],
  );
  return rows[0] ?? null;
}
