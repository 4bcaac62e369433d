import type { SmallBlob } from '../../port.ts';
import { asHandbookError } from '../database-error.ts';
import type { HandbookSql } from '../handbook-sql.ts';
import { replaceSmallBlobs } from '../statements/replace-small-blobs.ts';
import { checkSmallBlob } from './check-small-blob.ts';
import { gone } from './receive-blob.ts';

/** A few statements however many blobs; nothing is stored unless all is. What is there already with the same bytes is left alone. */
export async function receiveSmallBlobs(sql: HandbookSql, blobs: readonly SmallBlob[]): Promise<void> {
  for (const blob of blobs) checkSmallBlob(blob);
  if (blobs.length === 0) return;
  // Of one name the last one counts, as if they had come one after the other.
  const byName = new Map(
    blobs.map((blob) => [JSON.stringify([blob.target.recordId, blob.target.field, blob.ref.name]), blob]),
  );
  const missing = await asHandbookError(() => replaceSmallBlobs(sql, [...byName.values()]));
  if (missing !== null) throw gone(missing);
}
