import { HandbookError, type BlobTarget } from '../../port.ts';
import type { BlobReading, ByteRange } from '../../readers-port.ts';
import { asHandbookError } from '../database-error.ts';
import type { HandbookSql } from '../handbook-sql.ts';
import type { Sight } from '../reading/visible.ts';
import type { BlobRow } from '../statements/select-blob.ts';
import { selectChunk } from '../statements/select-chunk.ts';
import { CHUNK_BYTES } from './chunk-bytes.ts';

/** A blob of a record that the reader sees, or the part of it asked for. Reading fails with `unreachable` when it is erased half-way. */
export async function readBlobFor(
  sql: HandbookSql,
  sight: Sight,
  entity: string,
  target: BlobTarget,
  name: string,
  asked: ByteRange = { first: 0, last: null },
): Promise<BlobReading | null> {
  const { rows } = await sql.query<BlobRow>(
    `select blob.blob_id as "blobId", blob.sha256, blob.size
       from handbook.blob as blob join handbook.record as record using (record_id)
      where ${sight.visible} and $2::jsonb is not null and record.entity = $3
        and record.record_id = handbook.as_id($4) and blob.field = $5 and blob.name = $6 and blob.complete`,
    [...sight.values, entity, target.recordId, target.field, name],
  );
  const blob = rows[0];
  if (blob === undefined) return null;
  const { blobId, sha256, size } = blob;
  const last = Math.min(asked.last ?? size - 1, size - 1);
  const range = asked.first <= last ? { first: asked.first, last } : null;

  async function* content(): AsyncIterable<Uint8Array> {
    if (range === null) return;
    for (let at = range.first; at <= range.last; ) {
      const chunk = Math.floor(at / CHUNK_BYTES);
      const bytes = await asHandbookError(() => selectChunk(sql, blobId, chunk));
      const from = at - chunk * CHUNK_BYTES;
      if (bytes === null || bytes.length <= from) throw erased();
      const part = bytes.subarray(from, range.last + 1 - chunk * CHUNK_BYTES);
      at += part.length;
      yield part;
    }
  }
  return { size, sha256, range, content: content() };
}

function erased(): HandbookError {
  return new HandbookError('unreachable', 'The blob was replaced or erased while it was read: read it again');
}
