import { createInflate, createInflateRaw } from 'node:zlib';

/** What all parts of one file may come to, and how much more than the file itself. */
export const MOST_UNPACKED = 256 * 1024 * 1024;
export const MOST_RATIO = 200;

/** What `size` bytes may become. Small files may be packed well: a page of spaces is no bomb. */
export function unpackedLimit(size: number): number {
  return Math.min(MOST_UNPACKED, Math.max(size * MOST_RATIO, 1024 * 1024));
}

/**
 * The unpacked bytes, `damaged`, or `bomb` when they would be more than `limit`; never holds more than that. What was unpacked before damage does not
 * count: a reader might show it, so it is handed to `seen` all the same.
 */
export async function inflate(
  packed: Uint8Array,
  kind: 'zlib' | 'raw',
  limit: number,
): Promise<Buffer | 'bomb' | 'damaged'> {
  const stream = kind === 'zlib' ? createInflate() : createInflateRaw();
  const parts: Buffer[] = [];
  let size = 0;
  stream.end(packed);
  try {
    for await (const part of stream) {
      const bytes = part as Buffer;
      size += bytes.length;
      if (size > limit) return 'bomb';
      parts.push(bytes);
    }
  } catch {
    return 'damaged';
  } finally {
    stream.destroy();
  }
  return Buffer.concat(parts);
}
