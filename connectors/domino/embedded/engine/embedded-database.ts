import { renameSync, rmSync } from 'node:fs';
import type { StoredItem, StoredNote } from '../stored-note.ts';
import { DatabaseDesign } from '../design/database-design.ts';
import type { CompiledQuery, DqlLimits } from '../dql/query.ts';
import { type AccessControlList, checkedAcl, identityByAcl } from './access-control.ts';
import { type DatabaseContext, DatabaseFile } from './database-file.ts';
import { openDatabaseFile } from './database-schema.ts';
import { type DatabaseSettings, settingsSchema } from './database-settings.ts';
import { EngineError } from './engine-error.ts';
import { mayEdit, mayRead, type NotesIdentity } from './identity.ts';
import { sequencesAfter, sequencesOf } from './item-sequences.ts';
import { importNotes } from './note-import.ts';
import { checkLimits } from './note-limits.ts';
import { type NoteHead, NoteStore, type StubRow } from './note-store.ts';
import { firstOriginator, nextOriginator, type Originator } from './originator.ts';
import { runQuery, type QueryResult } from './query-run.ts';
import { withTrail } from './revision-trail.ts';
import { expireSoftDeleted, moveToTrash } from './soft-deletion.ts';
import { mintUnid } from './unid.ts';

export interface SaveOptions {
  /** Who saves; goes to `$UpdatedBy`. */
  readonly by?: string;
}

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
  /** For the engine's own parts, which know the rules that they go around: replication, soft deletion, backup. */
  readonly file: DatabaseFile;
  /** Views, folders, design catalog and full-text index, as DQL sees them. */
  readonly design: DatabaseDesign;
  readonly #store: NoteStore;

  constructor(file: string, context: DatabaseContext) {
    this.filePath = context.filePath;
    this.file = new DatabaseFile(file, context);
    this.#store = this.file.store;
    this.design = new DatabaseDesign({
      read: () => this.#store.meta('design'),
      write: (json) => this.file.write(() => this.#store.setMeta('design', json)),
      now: () => this.now(),
    });
    this.title = this.#store.meta('title') ?? '';
    this.replicaId = this.#store.meta('replicaId') ?? '';
    this.created = Number(this.#store.meta('created') ?? 0);
  }

  /** Changes with every write: what was computed under an equal number still holds. */
  get version(): number {
    return this.file.version;
  }

  now(): number {
    return this.file.now();
  }

  get settings(): DatabaseSettings {
    return this.file.properties.settings;
  }

  /** Throws when a value is not possible. */
  changeSettings(changes: Partial<DatabaseSettings>): DatabaseSettings {
    const settings = settingsSchema.parse({ ...this.settings, ...changes });
    this.file.write(() => this.file.properties.set(settings));
    return settings;
  }

  /** Null: the file has none, and an identity's own level counts. */
  get acl(): AccessControlList | null {
    return this.file.properties.acl?.acl ?? null;
  }

  /** Throws `rejected` for a list that Domino would not take. */
  setAcl(given: unknown): AccessControlList {
    const acl = checkedAcl(given);
    const before = this.file.properties.acl;
    const now = this.now();
    const version = before === null ? firstOriginator(now) : nextOriginator(before, now);
    this.file.write(() => this.file.properties.setAcl({ acl, ...version }));
    return acl;
  }

  /** The identity with the level, roles and rights that this database gives it. */
  identityOf(identity: NotesIdentity): NotesIdentity {
    const { groupsOf, quirks } = this.file.context;
    const groups = [...new Set([...(identity.groups ?? []), ...groupsOf(identity.name)])];
    const { acl } = this;
    return acl === null
      ? { ...identity, groups }
      : identityByAcl(acl, identity, groups, quirks.explicitEntry);
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
  create(
    items: readonly StoredItem[],
    options: SaveOptions & { readonly parent?: string; readonly conflict?: boolean } = {},
  ): NoteHead {
    const { limits, random } = this.file.context;
    const now = this.now();
    const saved = withTrail(items, options.by ?? null, null);
    checkLimits(saved, limits);
    const head: NoteHead = {
      ...firstOriginator(now),
      noteId: this.file.takeNoteId(),
      unid: mintUnid(now, random),
      created: now,
      modifiedInFile: now,
      addedToFile: now,
      parent: options.parent?.toUpperCase() ?? null,
      conflict: options.conflict === true,
    };
    this.file.write(() => this.#store.put(head, saved, null));
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
    const { limits, quirks } = this.file.context;
    const { items, ...before } = this.#store.bare(row);
    const saved = withTrail(change(items), options.by ?? null, before.sequenceTime);
    checkLimits(saved, limits);
    const now = this.now();
    const head: NoteHead = { ...before, ...nextOriginator(before, now), modifiedInFile: now };
    const sequences = sequencesAfter(sequencesOf(row, items), saved, head.sequence, quirks.itemSequence);
    this.file.write(() => this.#store.put(head, saved, sequences));
    return head;
  }

  /** As a person at a Notes client would save. Throws `not-authorized`, also where the note is hidden from them. */
  saveAs(
    identity: NotesIdentity,
    unid: string,
    change: (items: readonly StoredItem[]) => readonly StoredItem[],
  ): Originator {
    const { items } = this.#store.bare(this.#find(unid));
    if (!mayEdit(items, this.identityOf(identity))) {
      throw new EngineError('not-authorized', `${identity.name} may not edit note ${unid}`);
    }
    return this.save(unid, change, { by: identity.name });
  }

  /**
   * Leaves a stub, which is one version further than the note was. Where the database deletes softly, the note is hidden first: the answer is
   * then the stub that it may become. Throws `not-found`.
   */
  delete(unid: string): StubRow {
    const row = this.#find(unid);
    const now = this.now();
    const stub: StubRow = { unid: row.unid, noteId: row.noteId, ...nextOriginator(row, now), deletedAt: now };
    this.file.write(() => {
      if (this.settings.softDeleteHours !== null) moveToTrash(this.file, row, now);
      else {
        this.#store.remove(row.noteId);
        this.#store.putStub(stub);
      }
    });
    return stub;
  }

  /**
   * Puts notes in as a replicator or an import would: UNID, created, sequence and sequence time stay, the times in this file are now, a note with the same
   * UNID is replaced, a stub with it goes. No limit is checked. Durable in batches; repeatable. Answers how many were put in.
   */
  import(notes: Iterable<StoredNote>): number {
    return importNotes(notes, this.file);
  }

  /** Writes of one call in one transaction: what was done before `work` threw stays done. `work` must not wait: nobody else may write meanwhile. */
  batch<T>(work: () => T): T {
    return this.#store.batch(work);
  }

  /** Deletion stubs that came into this file since a server time (inclusive), oldest first. */
  stubs(since = 0): StubRow[] {
    if (this.settings.softDeleteHours !== null) expireSoftDeleted(this.file);
    return this.#store.stubs(since);
  }

  /** Forgets stubs older than `before`, as Domino does after the purge interval. */
  purgeStubs(before: number): number {
    const by = this.file.context.quirks.stubAge === 'arrival' ? 'deleted_at' : 'sequence_time';
    return this.file.write(() => this.#store.purgeStubs(before, by));
  }

  close(): void {
    this.file.close();
  }

  #find(unid: string): ReturnType<NoteStore['after']>[number] {
    const row = this.#store.find(unid.toUpperCase());
    if (row === null) throw new EngineError('not-found', `there is no note ${unid} in "${this.filePath}"`);
    return row;
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
