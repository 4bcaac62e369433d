import { hash } from 'node:crypto';
import { HandbookError, SMALL_BLOB_BYTES, type SmallBlob } from '../../port.ts';
import { isRecordId } from '../record-row.ts';
import { gone, otherBytes } from './receive-blob.ts';

/** Throws for a blob that is not small, of nobody's record, or other than announced. */
export function checkSmallBlob({ target, ref, bytes }: SmallBlob): void {
  if (!isRecordId(target.recordId)) throw gone(target);
  if (bytes.byteLength > SMALL_BLOB_BYTES)
    throw new HandbookError(
      'bad-request',
      `Blob of record ${target.recordId}, field "${target.field}": ${bytes.byteLength} bytes are not small, ${SMALL_BLOB_BYTES} are the most`,
    );
  if (bytes.byteLength !== ref.size || hash('sha256', bytes) !== ref.sha256)
    throw otherBytes(target, ref, bytes.byteLength);
}
