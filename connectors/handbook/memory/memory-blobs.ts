import { createHash } from 'node:crypto';
import type { BlobRef } from '../../../src/sync/values.ts';
import { type BlobTarget, HandbookError, type SmallBlob } from '../port.ts';
import { checkSmallBlob } from '../postgres/blobs/check-small-blob.ts';
import { ownsKey } from '../postgres/record-row.ts';
import type { MemoryRecords } from './memory-records.ts';

export async function receiveMemoryBlob(
  records: MemoryRecords,
  target: BlobTarget,
  blob: BlobRef,
  content: AsyncIterable<Uint8Array>,
): Promise<void> {
  requireContent(records, target);
  const parts: Uint8Array[] = [];
  for await (const bytes of content) parts.push(Uint8Array.from(bytes));
  const bytes = Buffer.concat(parts);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (bytes.length !== blob.size || sha256 !== blob.sha256)
    throw new HandbookError(
      'digest',
      `Blob of record ${target.recordId}, field "${target.field}": ${bytes.length} bytes came, ${blob.size} were announced, or their SHA-256 differs`,
    );
  // It may have been erased while the bytes came.
  requireContent(records, target);
  records.blobs = [
    ...records.blobs.filter((known) => !isAt(known, target) || known.name !== blob.name),
    { ...target, name: blob.name, sha256, bytes },
  ];
}

/** All or none. */
export function receiveSmallMemoryBlobs(records: MemoryRecords, blobs: readonly SmallBlob[]): void {
  for (const blob of blobs) {
    checkSmallBlob(blob);
    requireContent(records, blob.target);
  }
  for (const { target, ref, bytes } of blobs)
    records.blobs = [
      ...records.blobs.filter((known) => !isAt(known, target) || known.name !== ref.name),
      { ...target, name: ref.name, sha256: ref.sha256, bytes: Buffer.from(bytes) },
    ];
}

export function readMemoryBlob(
  records: MemoryRecords,
  target: BlobTarget,
  name: string,
  visibleIn: 'any state' | 'live only',
): { readonly ref: BlobRef; readonly content: AsyncIterable<Uint8Array> } | null {
  const row = records.rows.get(target.recordId);
  if (row === undefined || (visibleIn === 'live only' && row.state !== 'live')) return null;
  const blob = records.blobs.find((known) => isAt(known, target) && known.name === name);
  if (blob === undefined) return null;
  const { sha256, bytes } = blob;
  return { ref: { name, sha256, size: bytes.length }, content: content() };

  async function* content(): AsyncIterable<Uint8Array> {
    if (!records.blobs.some((known) => known === blob))
      throw new HandbookError(
        'unreachable',
        'The blob was replaced or erased while it was read: read it again',
      );
    if (bytes.length > 0) yield bytes;
  }
}

function isAt(blob: BlobTarget, target: BlobTarget): boolean {
  return blob.recordId === target.recordId && blob.field === target.field;
}

function requireContent(records: MemoryRecords, target: BlobTarget): void {
  const row = records.rows.get(target.recordId);
  if (row === undefined || !ownsKey(row))
    throw new HandbookError(
      'bad-request',
      `Cannot store a blob: record ${target.recordId} does not exist or has no content any more`,
    );
}
