import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What one blob may weigh, bytes. */
export const DEFAULT_BLOB_LIMIT = 512 * 1024 * 1024;

export interface FileSpoolOptions {
  /** Emptied when the spool opens: what a killed process left is content that nobody has released. */
  readonly directory: string;
  readonly limitBytes?: number;
  /** Made when a blob exceeds the limit. */
  readonly tooLarge: (message: string) => Error;
}

interface Spooled {
  readonly ref: { readonly name: string; readonly sha256: string; readonly size: number };
  open(): AsyncIterable<Uint8Array>;
  dispose(): Promise<void>;
}

/** Bytes on disk, readable by the owner alone, for as long as the gate has not been read again. */
export async function openFileSpool(
  options: FileSpoolOptions,
): Promise<{ take(name: string, content: AsyncIterable<Uint8Array>): Promise<Spooled> }> {
  const limit = options.limitBytes ?? DEFAULT_BLOB_LIMIT;
  await rm(options.directory, { recursive: true, force: true });
  await mkdir(options.directory, { recursive: true, mode: 0o700 });
  return {
    async take(name, content) {
      const path = join(options.directory, randomUUID());
      const file = await open(path, 'wx', 0o600);
      const hash = createHash('sha256');
      let size = 0;
      try {
        for await (const chunk of content) {
          size += chunk.length;
          if (size > limit) throw options.tooLarge(`a blob is larger than ${limit} bytes`);
          hash.update(chunk);
          await file.writeFile(chunk);
        }
      } catch (error) {
        await file.close();
        await rm(path, { force: true });
        throw error;
      }
      await file.close();
      return {
        ref: { name, sha256: hash.digest('hex'), size },
        open: () => createReadStream(path),
        dispose: () => rm(path, { force: true }),
      };
    },
  };
}
