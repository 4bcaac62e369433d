import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What one blob may weigh, bytes. */
export const DEFAULT_BLOB_LIMIT = 512 * 1024 * 1024;
/** A blob up to this size is held in memory, as long as all of them together stay below the other number; bytes. */
const SMALL = 64 * 1024;
const MOST_HELD = 32 * 1024 * 1024;

export interface FileSpoolOptions {
  /** Emptied when the spool opens: what a killed process left is content that nobody has released. */
  readonly directory: string;
  readonly limitBytes?: number;
  /** Made when a blob exceeds the limit. */
  readonly tooLarge: (message: string) => Error;
}

interface Spooled {
  readonly ref: { readonly name: string; readonly sha256: string; readonly size: number };
  /** All of it, where it is held in memory. */
  readonly bytes: Uint8Array | null;
  open(): AsyncIterable<Uint8Array>;
  dispose(): Promise<void>;
}

/** Bytes in memory or, readable by the owner alone, on disk, for as long as the gate has not been read again. */
export async function openFileSpool(
  options: FileSpoolOptions,
): Promise<{ take(name: string, content: AsyncIterable<Uint8Array>): Promise<Spooled> }> {
  const limit = options.limitBytes ?? DEFAULT_BLOB_LIMIT;
  await rm(options.directory, { recursive: true, force: true });
  await mkdir(options.directory, { recursive: true, mode: 0o700 });
  let held = 0;
  return {
    async take(name, content) {
      const path = join(options.directory, randomUUID());
      const hash = createHash('sha256');
      const small: Uint8Array[] = [];
      let file: FileHandle | null = null;
      let size = 0;
      try {
        for await (const chunk of content) {
          size += chunk.length;
          if (size > limit) throw options.tooLarge(`a blob is larger than ${limit} bytes`);
          hash.update(chunk);
          if (file === null && size <= SMALL && held + size <= MOST_HELD) {
            // A copy: the sender may use its buffer again.
            small.push(Uint8Array.from(chunk));
            continue;
          }
          file ??= await open(path, 'wx', 0o600);
          for (const early of small.splice(0)) await file.writeFile(early);
          await file.writeFile(chunk);
        }
      } catch (error) {
        await file?.close();
        await rm(path, { force: true });
        throw error;
      }
      await file?.close();
      const ref = { name, sha256: hash.digest('hex'), size };
      if (file !== null)
        return {
          ref,
          bytes: null,
          open: () => createReadStream(path),
          dispose: () => rm(path, { force: true }),
        };
      const bytes = Buffer.concat(small);
      held += size;
      let disposed = false;
      return {
        ref,
        bytes,
        async *open() {
          yield bytes;
        },
        async dispose() {
          if (!disposed) held -= size;
          disposed = true;
        },
      };
    },
  };
}
