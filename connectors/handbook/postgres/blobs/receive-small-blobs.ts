import { hash } from 'node:crypto';
import { HandbookError, SMALL_BLOB_BYTES, type SmallBlob } from '../../port.ts';
import { asHandbookError } from '../database-error.ts';
import type { HandbookSql } from '../handbook-sql.ts';
import { isRecordId } from '../record-row.ts';
import { replaceSmallBlobs } from '../statements/replace-small-blobs.ts';
import { gone, otherBytes } from './receive-blob.ts';

/** A few statements however many blobs; nothing is stored unless all is. What is there already with the same bytes is left alone. */
export async function receiveSmallBlobs(sql: HandbookSql, blobs: readonly SmallBlob[]): Promise<void> {
  for (const blob of blobs) check(blob);
  if (blobs.length === 0) return;
  // Of one name the last one counts, as if they had come one after the other.
  const byName = new Map(
    blobs.map((blob) => [JSON.stringify([blob.target.recordId, blob.target.field, blob.ref.name]), blob]),
  );
  const missing = await asHandbookError(() => replaceSmallBlobs(sql, [...byName.values()]));
  if (missing !== null) throw gone(missing);
}

function check({ target, ref, bytes }: SmallBlob): void {
  if (!isRecordId(target.recordId)) throw gone(target);
  if (bytes.byteLength > SMALL_BLOB_BYTES)
    throw new HandbookError(
      'bad-request',
      `Blob of record ${target.recordId}, field "${target.field}": ${bytes.byteLength} bytes are not small, ${SMALL_BLOB_BYTES} are the most`,
    );
  if (bytes.byteLength !== ref.size || hash('sha256', bytes) !== ref.sha256)
    throw otherBytes(target, ref, bytes.byteLength);
}
