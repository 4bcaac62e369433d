import type { DatabaseSync } from 'node:sqlite';
import { openDatabaseFile } from './database-schema.ts';
import { DatabaseProperties } from './database-settings.ts';
import type { EngineQuirks } from './engine-quirks.ts';
import type { NoteLimits } from './note-limits.ts';
import { NoteStore } from './note-store.ts';
import type { NotesClock } from './notes-clock.ts';
import type { Random } from './seeded-random.ts';

export interface DatabaseContext {
  readonly filePath: string;
  /** Canonical name of the server that the file lies on. */
  readonly serverName: string;
  readonly clock: NotesClock;
  readonly random: Random;
  readonly limits: NoteLimits;
  readonly quirks: EngineQuirks;
  /** Every group that a name is in. */
  readonly groupsOf: (name: string) => readonly string[];
}

const FIRST_NOTE_ID = 0x8f6;
const NOTE_ID_STEP = 4;

/** One NSF file below the rules of Notes: rows, properties, note IDs, and one transaction for each change. The engine's own parts work on it. */
export class DatabaseFile {
  readonly context: DatabaseContext;
  readonly store: NoteStore;
  readonly properties: DatabaseProperties;
  readonly #db: DatabaseSync;
  #nextNoteId: number;
  #version = 0;

  constructor(file: string, context: DatabaseContext) {
    this.context = context;
    this.#db = openDatabaseFile(file);
    this.store = new NoteStore(this.#db);
    this.properties = new DatabaseProperties(this.store);
    const greatest = this.store.greatestNoteId();
    this.#nextNoteId = greatest === 0 ? FIRST_NOTE_ID : greatest + NOTE_ID_STEP;
  }

  /** Changes with every write. */
  get version(): number {
    return this.#version;
  }

  now(): number {
    return this.context.clock.now();
  }

  takeNoteId(): number {
    const noteId = this.#nextNoteId;
    this.#nextNoteId += NOTE_ID_STEP;
    return noteId;
  }

  /** Everything that `work` writes, or nothing. */
  write<T>(work: () => T): T {
    const result = this.store.transaction(work);
    this.#version += 1;
    return result;
  }

  /** A consistent copy of the file, while it is in use. `to` must not exist. */
  copyTo(to: string): void {
    this.store.prepared('VACUUM INTO ?').run(to);
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }
}
