import { renameSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { StoredItem, StoredNote } from '../stored-note.ts';
import type { CompiledQuery, DqlLimits } from '../dql/query.ts';
import { openDatabaseFile } from './database-schema.ts';
import { EngineError } from './engine-error.ts';
import { mayEdit, mayRead, type NotesIdentity } from './identity.ts';
import { importNotes } from './note-import.ts';
import { checkLimits, type NoteLimits } from './note-limits.ts';
import { type NoteHead, NoteStore, type StubRow } from './note-store.ts';
import type { NotesClock } from './notes-clock.ts';
import { firstOriginator, nextOriginator, type Originator } from './originator.ts';
import { runQuery, type QueryResult } from './query-run.ts';
import { withTrail } from './revision-trail.ts';
import type { Random } from './seeded-random.ts';
import { mintUnid } from './unid.ts';

export interface DatabaseContext {
  readonly filePath: string;
  readonly clock: NotesClock;
  readonly random: Random;
  readonly limits: NoteLimits;
}

export interface SaveOptions {
  /** Who saves; goes to `$UpdatedBy`. */
  readonly by?: string;
}

const FIRST_NOTE_ID = 0x8f6;
const NOTE_ID_STEP = 4;
const BATCH = 500;

/**
 * One NSF file. Every write is durable against the death of the process when the call returns. Everything is synchronous: nothing happens
 * between a read and a write of one call, and everything can happen between two calls.
 */
export class EmbeddedDatabase {
  readonly filePath: string;
  readonly title: string;
  /** 16 hex digits; equal in all replicas. */
  readonly replicaId: string;
  /** When this file came into being. */
  readonly created: number;
  readonly #db: DatabaseSync;
  readonly #store: NoteStore;
  readonly #context: DatabaseContext;
  #nextNoteId: number;
  #version = 0;

  constructor(file: string, context: DatabaseContext) {
    this.#context = context;
    this.filePath = context.filePath;
    this.#db = openDatabaseFile(file);
    this.#store = new NoteStore(this.#db);
    this.title = this.#store.meta('title') ?? '';
    this.replicaId = this.#store.meta('replicaId') ?? '';
    this.created = Number(this.#store.meta('created') ?? 0);
    const greatest = this.#store.greatestNoteId();
    this.#nextNoteId = greatest === 0 ? FIRST_NOTE_ID : greatest + NOTE_ID_STEP;
  }

  /** Changes with every write: what was computed under an equal number still holds. */
  get version(): number {
    return this.#version;
  }

  now(): number {
    return this.#context.clock.now();
  }

  /** The whole note with all bytes, or null. */
  read(unid: string): StoredNote | null {
    const row = this.#store.find(unid.toUpperCase());
    return row === null ? null : this.#store.full(row);
  }

  /** The note without the bytes of rich text and files (they are empty; `refOf` tells size and place). */
  readBare(unid: string): StoredNote | null {
    const row = this.#store.find(unid.toUpperCase());
    return row === null ? null : this.#store.bare(row);
  }

  /** Bare notes, in the order asked for; missing ones are left out. */
  readMany(unids: readonly string[]): StoredNote[] {
    return unids.map((unid) => this.readBare(unid)).filter((note) => note !== null);
  }

  /** Bytes that a reference of a bare note names. Throws when the note was saved since and dropped them. */
  content(id: number): Uint8Array {
    return this.#store.content(id);
  }

  /** Every note, whole, by note ID; at most a few hundred in memory. Notes written meanwhile may or may not be among them. */
  *notes(): Generator<StoredNote> {
    for (let after = 0; ; ) {
      const rows = this.#store.after(after, BATCH);
      const last = rows.at(-1);
      if (last === undefined) return;
      for (const row of rows) yield this.#store.full(row);
      after = last.noteId;
    }
  }

  count(): number {
    return this.#store.count();
  }

  children(parent: string): NoteHead[] {
    return [...this.#store.select('parent = ?', [parent.toUpperCase()])];
  }

  /** Throws `DqlError` when the query goes over its limits. Without `readableBy` unreadable notes are among the matches. */
  query(
    query: CompiledQuery,
    options: { readonly limits?: Partial<DqlLimits>; readonly readableBy?: NotesIdentity } = {},
  ): QueryResult {
    const readableBy = options.readableBy;
    return runQuery(this.#store, query, {
      limits: options.limits ?? {},
      admits: readableBy === undefined ? null : (items) => mayRead(items, readableBy),
    });
  }

  /** A new note with a new UNID. Throws `rejected` when it breaks a limit. */
  create(items: readonly StoredItem[], options: SaveOptions & { readonly parent?: string } = {}): NoteHead {
    const now = this.now();
    const head: NoteHead = {
      ...firstOriginator(now),
      noteId: this.#nextNoteId,
      unid: mintUnid(now, this.#context.random),
      created: now,
      modifiedInFile: now,
      addedToFile: now,
      parent: options.parent?.toUpperCase() ?? null,
      conflict: false,
    };
    const saved = withTrail(items, options.by ?? null, null);
    checkLimits(saved, this.#context.limits);
    this.#write(() => this.#store.put(head, saved));
    this.#nextNoteId += NOTE_ID_STEP;
    return head;
  }

  /**
   * Saves what `change` makes of the note's (bare) items and answers the new version. The last writer wins: nothing is compared.
   * Throws `not-found`, or `rejected` when the result breaks a limit.
   */
  save(
    unid: string,
    change: (items: readonly StoredItem[]) => readonly StoredItem[],
    options: SaveOptions = {},
  ): Originator & { readonly modifiedInFile: number } {
    const row = this.#find(unid);
    const { items, ...before } = this.#store.bare(row);
    const saved = withTrail(change(items), options.by ?? null, before.sequenceTime);
    checkLimits(saved, this.#context.limits);
    const now = this.now();
    const head: NoteHead = { ...before, ...nextOriginator(before, now), modifiedInFile: now };
    this.#write(() => this.#store.put(head, saved));
    return head;
  }

  /** As a person at a Notes client would save. Throws `not-authorized`, also where the note is hidden from them. */
  saveAs(
    identity: NotesIdentity,
    unid: string,
    change: (items: readonly StoredItem[]) => readonly StoredItem[],
  ): Originator {
    const { items } = this.#store.bare(this.#find(unid));
    if (!mayEdit(items, identity)) {
      throw new EngineError('not-authorized', `${identity.name} may not edit note ${unid}`);
    }
    return this.save(unid, change, { by: identity.name });
  }

  /** Leaves a stub, which is one version further than the note was. Throws `not-found`. */
  delete(unid: string): StubRow {
    const row = this.#find(unid);
    const { sequence } = nextOriginator(row, this.now());
    const stub: StubRow = { unid: row.unid, noteId: row.noteId, sequence, deletedAt: this.now() };
    this.#write(() => {
      this.#store.remove(row.noteId);
      this.#store.putStub(stub);
    });
    return stub;
  }

  /**
   * Puts notes in as a replicator or an import would: UNID, created, sequence and sequence time stay, the times in this file are now, a note with the same
   * UNID is replaced, a stub with it goes. No limit is checked. Durable in batches; repeatable. Answers how many were put in.
   */
  import(notes: Iterable<StoredNote>): number {
    return importNotes(notes, {
      store: this.#store,
      now: () => this.now(),
      takeNoteId: () => {
        const noteId = this.#nextNoteId;
        this.#nextNoteId += NOTE_ID_STEP;
        return noteId;
      },
      write: (work) => this.#write(work),
    });
  }

  /** Writes of one call in one transaction: what was done before `work` threw stays done. `work` must not wait: nobody else may write meanwhile. */
  batch<T>(work: () => T): T {
    return this.#store.batch(work);
  }

  /** Deletion stubs since a server time (inclusive), oldest first. */
  stubs(since = 0): StubRow[] {
    return this.#store.stubs(since);
  }

  /** Forgets stubs older than `before`, as Domino does after the purge interval. */
  purgeStubs(before: number): number {
    return this.#store.purgeStubs(before);
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }

  #find(unid: string): ReturnType<NoteStore['after']>[number] {
    const row = this.#store.find(unid.toUpperCase());
    if (row === null) throw new EngineError('not-found', `there is no note ${unid} in "${this.filePath}"`);
    return row;
  }

  #write(work: () => void): void {
    this.#store.transaction(work);
    this.#version += 1;
  }
}

/** Makes a new file that knows itself. It gets its name when it is complete, so that a crash leaves no half one. */
export function initialiseDatabase(
  file: string,
  meta: { readonly title: string; readonly replicaId: string; readonly created: number },
): void {
  const unfinished = `${file}.new`;
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${unfinished}${suffix}`, { force: true });
  const db = openDatabaseFile(unfinished);
  try {
    const store = new NoteStore(db);
    store.transaction(() => {
      store.setMeta('title', meta.title);
      store.setMeta('replicaId', meta.replicaId);
      store.setMeta('created', String(meta.created));
    });
  } finally {
    db.close();
  }
  renameSync(unfinished, file);
}
