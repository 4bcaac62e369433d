import type { BlobRef } from '../../../../src/sync/values.ts';
import { HandbookError, type BlobTarget } from '../../port.ts';
import { asHandbookError } from '../database-error.ts';
import type { HandbookSql } from '../handbook-sql.ts';
import { isRecordId } from '../record-row.ts';
import { selectBlob } from '../statements/select-blob.ts';
import { selectChunk } from '../statements/select-chunk.ts';

/** The blob as it is now, or null. Reading fails with `unreachable` when it is replaced or erased half-way: half of a file is no file. */
export async function readBlob(
  sql: HandbookSql,
  target: BlobTarget,
  name: string,
  visibleIn: 'any state' | 'live only',
): Promise<{ readonly ref: BlobRef; readonly content: AsyncIterable<Uint8Array> } | null> {
  const blob = isRecordId(target.recordId) ? await selectBlob(sql, target, name, visibleIn) : null;
  if (blob === null) return null;
  const { blobId, sha256, size } = blob;

  async function* content(): AsyncIterable<Uint8Array> {
    let read = 0;
    for (let chunk = 0; read < size; chunk++) {
      const bytes = await asHandbookError(() => selectChunk(sql, blobId, chunk));
      if (bytes === null)
        throw new HandbookError(
          'unreachable',
          'The blob was replaced or erased while it was read: read it again',
        );
      read += bytes.length;
      yield bytes;
    }
  }
  return { ref: { name, sha256, size }, content: content() };
}
