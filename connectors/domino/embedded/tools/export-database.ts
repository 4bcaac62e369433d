import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { writeDxl } from '../../dxl/write-dxl.ts';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import type { StoredNote } from '../stored-note.ts';
import { DominoToolError, type ExportReport, type Watch } from '../tools-port.ts';

/** Writes beside the file first: a broken export never looks like a whole one. */
export async function exportToFile(
  database: EmbeddedDatabase,
  out: string,
  watch: Watch,
): Promise<ExportReport> {
  const unfinished = `${out}.part`;
  let notes = 0;
  try {
    const pieces = dxlOf(database, watch, (done) => (notes = done));
    await pipeline(Readable.from(pieces), createWriteStream(unfinished), { signal: watch.signal });
    await rename(unfinished, out);
  } catch (cause) {
    await rm(unfinished, { force: true });
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== undefined && FILE_ERRORS.has(code)) {
      throw new DominoToolError('bad-request', `cannot write "${out}": ${code}`, { cause });
    }
    throw cause;
  }
  return { file: out, notes, bytes: (await stat(out)).size };
}

const FILE_ERRORS = new Set(['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR', 'EROFS', 'ENOSPC', 'EPERM']);

export async function exportToText(
  database: EmbeddedDatabase,
  maxLength: number,
  watch: Watch,
): Promise<string> {
  const pieces: string[] = [];
  let length = 0;
  for await (const piece of dxlOf(database, watch, () => {})) {
    length += piece.length;
    if (length > maxLength) {
      throw new DominoToolError(
        'bad-request',
        `the DXL of "${database.filePath}" is longer than ${maxLength} characters: name a file (--out)`,
      );
    }
    pieces.push(piece);
  }
  return pieces.join('');
}

function dxlOf(
  database: EmbeddedDatabase,
  watch: Watch,
  onNote: (done: number) => void,
): AsyncGenerator<string> {
  const { title, replicaId, filePath } = database;
  return writeDxl(watched(database, watch, onNote), { title, replicaId, path: filePath });
}

const PROGRESS_EVERY = 200;

function* watched(
  database: EmbeddedDatabase,
  watch: Watch,
  onNote: (done: number) => void,
): Generator<StoredNote> {
  const estimated = database.count();
  let done = 0;
  for (const note of database.notes()) {
    watch.signal.throwIfAborted();
    yield note;
    done += 1;
    onNote(done);
    if (done % PROGRESS_EVERY === 0) watch.progress(done, Math.max(done, estimated));
  }
}
