import { randomInt } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { dxlFile } from '../../dxl/dxl-file.ts';
import type { DxlHeader } from '../../dxl/dxl-note.ts';
import { type DxlSource, type DxlTarget, type ImportResult, importDxl } from '../../dxl/import-dxl.ts';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { EmbeddedDomino } from '../engine/embedded-domino.ts';
import { normalDatabasePath } from '../engine/database-path.ts';
import type { Random } from '../engine/seeded-random.ts';
import type { StoredNote } from '../stored-note.ts';
import type { Watch } from '../tools-port.ts';
import { completeNote } from './complete-note.ts';

const STAGED = 'staged.nsf';

/**
 * Files go through a database of their own, so that memory holds one batch and a file that turns out broken at its last note leaves no trace. Only a
 * process that dies while a complete file is moved over leaves a part of it; importing again completes it.
 */
export async function importFiles(
  domino: EmbeddedDomino,
  database: string,
  files: readonly string[],
  watch: Watch,
): Promise<ImportResult> {
  normalDatabasePath(database);
  const folder = mkdtempSync(`${domino.root}${STAGING}`);
  const staging = new EmbeddedDomino({ root: folder });
  try {
    const sizes = new Map(files.map((file) => [file, statSync(file, { throwIfNoEntry: false })?.size ?? 0]));
    const bytes = { read: 0, total: [...sizes.values()].reduce((sum, size) => sum + size, 0) };
    const target = new StagedTarget(domino, staging, database, (documents) => {
      const estimated = bytes.read === 0 ? null : Math.round((documents * bytes.total) / bytes.read);
      watch.progress(documents, estimated === null ? null : Math.max(documents, estimated));
    });
    const sources = files.map((file) => counted(dxlFile(file), (read) => (bytes.read += read)));
    return await importDxl(sources, target, { signal: watch.signal });
  } finally {
    staging.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const STAGING = '.import-';

/** Folders that an import left when its process was killed. One process has the server's folder at a time. */
export function removeLeftOverImports(root: string): void {
  for (const name of readdirSync(dirname(root))) {
    if (name.startsWith(`${basename(root)}${STAGING}`)) {
      rmSync(join(dirname(root), name), { recursive: true, force: true });
    }
  }
}

class StagedTarget implements DxlTarget {
  readonly #domino: EmbeddedDomino;
  readonly #staging: EmbeddedDomino;
  readonly #filePath: string;
  readonly #onPut: (documents: number) => void;
  readonly #random: Random = () => randomInt(0, 2 ** 32) / 2 ** 32;
  #staged: EmbeddedDatabase | null = null;
  #header: DxlHeader | null = null;
  #documents = 0;

  constructor(
    domino: EmbeddedDomino,
    staging: EmbeddedDomino,
    filePath: string,
    onPut: (documents: number) => void,
  ) {
    this.#domino = domino;
    this.#staging = staging;
    this.#filePath = filePath;
    this.#onPut = onPut;
  }

  begin(header: DxlHeader): void {
    this.#header = header;
    this.#staged = this.#staging.createDatabase(STAGED);
  }

  put(notes: Parameters<DxlTarget['put']>[0]): void {
    const existing = this.#domino.hasDatabase(this.#filePath)
      ? this.#domino.openDatabase(this.#filePath)
      : null;
    const at = this.#domino.now();
    this.#open().import(notes.map((note) => completeNote(note, { existing, at, random: this.#random })));
    this.#documents += notes.length;
    this.#onPut(this.#documents);
  }

  async commit(): Promise<void> {
    const destination = this.#destination();
    for (const notes of portions(this.#open().notes())) {
      destination.import(notes);
      // Other work of the process gets its turn.
      await setImmediate();
    }
    this.rollback();
  }

  rollback(): void {
    if (this.#staged !== null) this.#staging.deleteDatabase(STAGED);
    this.#staged = null;
  }

  #open(): EmbeddedDatabase {
    if (this.#staged === null) throw new Error('no file is being imported');
    return this.#staged;
  }

  /** Made from what the first usable file says of the database that it came from: a replica of it. */
  #destination(): EmbeddedDatabase {
    if (this.#domino.hasDatabase(this.#filePath)) return this.#domino.openDatabase(this.#filePath);
    const { title, replicaId } = this.#header ?? { title: null, replicaId: null };
    return this.#domino.createDatabase(this.#filePath, {
      ...(title === null ? {} : { title }),
      ...(replicaId === null ? {} : { replicaId }),
    });
  }
}

/** So much may be held at once; a note with large attachments comes alone. */
const PORTION_NOTES = 200;
const PORTION_BYTES = 16 * 1024 * 1024;

function* portions(notes: Iterable<StoredNote>): Generator<StoredNote[]> {
  let portion: StoredNote[] = [];
  let bytes = 0;
  for (const note of notes) {
    portion.push(note);
    for (const { value } of note.items) {
      const holder = value.type === 'file' ? value.file : value;
      if ('bytes' in holder) bytes += holder.bytes.byteLength;
    }
    if (portion.length < PORTION_NOTES && bytes < PORTION_BYTES) continue;
    yield portion;
    portion = [];
    bytes = 0;
  }
  if (portion.length > 0) yield portion;
}

function counted(source: DxlSource, onBytes: (read: number) => void): DxlSource {
  return {
    name: source.name,
    async *open() {
      for await (const chunk of source.open()) {
        onBytes(chunk.byteLength);
        yield chunk;
      }
    },
  };
}
