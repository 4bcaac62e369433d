import { createHash } from 'node:crypto';
import type { BlobRef } from '../../../../src/sync/values.ts';
import { type BlobTarget, HandbookError } from '../../port.ts';
import { asHandbookError } from '../database-error.ts';
import type { HandbookSql } from '../handbook-sql.ts';
import { isRecordId } from '../record-row.ts';
import { abandonBlob } from '../statements/abandon-blob.ts';
import { announceBlob } from '../statements/announce-blob.ts';
import { completeBlob } from '../statements/complete-blob.ts';
import { insertChunk } from '../statements/insert-chunk.ts';
import { CHUNK_BYTES } from './chunk-bytes.ts';
import { inChunks } from './in-chunks.ts';

/**
 * Stores a blob beside the one that it replaces and puts it in its place at the end. No transaction waits for the sender's bytes; a blob of a process
 * that died half-way stays incomplete, unseen, until the next one for the same name.
 */
export async function receiveBlob(
  sql: HandbookSql,
  target: BlobTarget,
  blob: BlobRef,
  content: AsyncIterable<Uint8Array>,
): Promise<void> {
  const blobId = isRecordId(target.recordId)
    ? await asHandbookError(() => announceBlob(sql, target, blob))
    : null;
  if (blobId === null) throw gone(target);
  try {
    const digest = createHash('sha256');
    let size = 0;
    let chunk = 0;
    for await (const bytes of inChunks(content, CHUNK_BYTES)) {
      digest.update(bytes);
      size += bytes.length;
      const at = chunk;
      if (!(await asHandbookError(() => insertChunk(sql, blobId, at, bytes)))) throw gone(target);
      chunk += 1;
    }
    if (size !== blob.size || digest.digest('hex') !== blob.sha256) {
      throw otherBytes(target, blob, size);
    }
    if (!(await asHandbookError(() => completeBlob(sql, blobId, target, blob.name)))) throw gone(target);
  } catch (error) {
    await abandonBlob(sql, blobId).catch(() => undefined);
    throw error;
  }
}

/** The record does not exist, or its content was erased. */
export function gone(target: BlobTarget): HandbookError {
  return new HandbookError(
    'bad-request',
    `Cannot store a blob: record ${target.recordId} does not exist or has no content any more`,
  );
}

export function otherBytes(target: BlobTarget, blob: BlobRef, size: number): HandbookError {
  return new HandbookError(
    'digest',
    `Blob of record ${target.recordId}, field "${target.field}": ${size} bytes came, ${blob.size} were announced, or their SHA-256 differs`,
  );
}
