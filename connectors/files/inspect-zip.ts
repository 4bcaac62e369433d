import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import type { FileRefusal } from './port.ts';
import { unpackedLimit } from './unpack-limit.ts';

const MOST_ENTRIES = 5_000;
const MACROS = /(^|\/)(vbaProject\.bin|Basic\/|Scripts\/)|\.(exe|dll|js|vbs|jar|bin\.exe)$/i;
const ARCHIVE = /\.(zip|jar|7z|rar|gz|bz2|xz|docx|xlsx|pptx|odt|ods)$/i;

/** Reads every entry, within the limit, and believes no size that is only written down. Null: nothing to object to. */
export async function inspectZip(bytes: Uint8Array): Promise<FileRefusal | null> {
  const zip = await opened(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (zip === null) return 'damaged';
  try {
    if (zip.entryCount > MOST_ENTRIES) return 'bomb';
    let left = unpackedLimit(bytes.length);
    let packed = 0;
    for await (const entry of entriesOf(zip)) {
      if (MACROS.test(entry.fileName)) return 'active';
      packed += entry.compressedSize;
      // Entries that share their bytes, or an archive in the archive: both multiply what a reader unpacks.
      if (packed > bytes.length || ARCHIVE.test(entry.fileName) || entry.uncompressedSize > left)
        return 'bomb';
      left -= await unpackedSize(zip, entry, left);
      if (left < 0) return 'bomb';
    }
    return null;
  } catch {
    return 'damaged';
  } finally {
    zip.close();
  }
}

function opened(file: Buffer): Promise<ZipFile | null> {
  return new Promise((resolve) => {
    fromBuffer(file, { lazyEntries: true, validateEntrySizes: true, strictFileNames: true }, (error, zip) =>
      resolve(error === null ? zip : null),
    );
  });
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | null>((resolve, reject) => {
      zip.once('entry', resolve);
      zip.once('end', () => resolve(null));
      zip.once('error', reject);
      zip.readEntry();
    });
    for (const event of ['entry', 'end', 'error']) zip.removeAllListeners(event);
    if (entry === null) return;
    yield entry;
  }
}

function unpackedSize(zip: ZipFile, entry: Entry, limit: number): Promise<number> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error !== null) {
        reject(error);
        return;
      }
      let size = 0;
      stream.on('data', (part: Buffer) => {
        size += part.length;
        if (size <= limit) return;
        stream.destroy();
        resolve(size);
      });
      stream.on('end', () => resolve(size));
      stream.on('error', reject);
    });
  });
}
