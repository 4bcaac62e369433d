import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { StoredItem, StoredNote } from '../stored-note.ts';
import { contentRefs, decodeBare, decodeFull, encodeItems } from './item-codec.ts';
import { foldedForm } from './note-form.ts';
import { SqlFile } from './sql-file.ts';

/** A note's header: all but its items. */
export interface NoteHead {
  readonly noteId: number;
  readonly unid: string;
  readonly sequence: number;
  readonly sequenceTime: number;
  readonly created: number;
  readonly modifiedInFile: number;
  readonly addedToFile: number;
  readonly parent: string | null;
  readonly conflict: boolean;
}

/** A header with its items still encoded. */
export interface NoteRow extends NoteHead {
  readonly json: string;
  /** JSON array beside the items; null = all are of the note's version. */
  readonly itemSequences: string | null;
}

export interface StubRow {
  readonly unid: string;
  readonly noteId: number;
  readonly sequence: number;
  /** Of the deletion, in every replica. */
  readonly sequenceTime: number;
  /** When the stub came into this file. */
  readonly deletedAt: number;
}

const HEAD =
  'note_id, unid, sequence, sequence_time, created, modified_in_file, added_to_file, parent, conflict';
const STUB = 'unid, note_id, sequence, sequence_time, deleted_at';
const COLUMNS = `${HEAD}, items, item_sequences`;
type FormColumns = [...HeadColumns, string];
/** An update in place leaves the indexes alone whose columns stay as they are; `OR REPLACE` would write them all again. */
const PUT = `INSERT INTO note (${COLUMNS}, form) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (note_id) DO UPDATE SET ${[
  ...HEAD.split(', ').slice(1),
  'items',
  'item_sequences',
  'form',
]
  .map((column) => `${column} = excluded.${column}`)
  .join(', ')}`;

type HeadColumns = [number, string, number, number, number, number, number, string | null, number];
type StubColumns = [string, number, number, number, number];
type Columns = [...HeadColumns, string, string | null];

/** Rows of one file. Knows SQL and the encoding, no rule of Notes. Callers hold the transaction. */
export class NoteStore {
  readonly #sql: SqlFile;
  /** No row was ever written above it. */
  #newestId: number;

  constructor(db: DatabaseSync) {
    this.#sql = new SqlFile(db);
    this.#newestId = this.greatestNoteId();
  }

  /** As {@link SqlFile.batch}. */
  batch<T>(work: () => T): T {
    return this.#sql.batch(work);
  }

  transaction<T>(work: () => T): T {
    return this.#sql.transaction(work);
  }

  find(unid: string): NoteRow | null {
    const row = this.#sql.prepare(`SELECT ${COLUMNS} FROM note WHERE unid = ?`).get(unid);
    return row === undefined ? null : rowOf(row as unknown as Columns);
  }

  findById(noteId: number): NoteRow | null {
    const row = this.#sql.prepare(`SELECT ${COLUMNS} FROM note WHERE note_id = ?`).get(noteId);
    return row === undefined ? null : rowOf(row as unknown as Columns);
  }

  /** Note IDs of the notes that were written in this file since (inclusive), ascending. */
  changedSince(since: number): number[] {
    const rows = this.#sql
      .prepare('SELECT note_id FROM note WHERE modified_in_file >= ? ORDER BY note_id')
      .all(since);
    return (rows as unknown as [number][]).map(([noteId]) => noteId);
  }

  /** At most `limit` rows with a greater note ID, by note ID. */
  after(noteId: number, limit: number): NoteRow[] {
    return [...this.select('note_id > ? ORDER BY note_id LIMIT ?', [noteId, limit])];
  }

  /** `condition` is SQL of this program, never of a caller outside; values go through `values`. The file must not be written meanwhile. */
  *select(condition: string, values: readonly SQLInputValue[]): Generator<NoteRow> {
    for (const row of this.#sql
      .prepare(`SELECT ${COLUMNS} FROM note WHERE ${condition}`)
      .iterate(...values)) {
      yield rowOf(row as unknown as Columns);
    }
  }

  /** As {@link select}, without the items: the header and the form as the index holds it. */
  *selectForms(condition: string, values: readonly SQLInputValue[]): Generator<NoteHead & { form: string }> {
    for (const row of this.#sql
      .prepare(`SELECT ${HEAD}, form FROM note WHERE ${condition}`)
      .iterate(...values)) {
      const columns = row as unknown as FormColumns;
      yield { ...headOfColumns(columns), form: columns[9] };
    }
  }

  /** The headers of all notes. */
  heads(): NoteHead[] {
    return (this.#sql.prepare(`SELECT ${HEAD} FROM note`).all() as unknown as HeadColumns[]).map(
      headOfColumns,
    );
  }

  /**
   * Writes the row and the contents that are new to it, and drops the contents that it no longer names. `sequences` go beside the items; null =
   * all are of the note's version.
   */
  put(head: NoteHead, items: readonly StoredItem[], sequences: readonly number[] | null): void {
    // A note in its first version has no older contents.
    const before = new Set(head.noteId > this.#newestId ? [] : this.#contentIds(head.noteId));
    this.#newestId = Math.max(this.#newestId, head.noteId);
    for (const { id } of contentRefs(items)) {
      if (!before.delete(id)) {
        throw new Error(
          `cannot save note ${head.unid}: content ${id} belongs to another version or note; read it in full`,
        );
      }
    }
    const json = encodeItems(items, (bytes) => {
      const insert = this.#sql.prepare('INSERT INTO content (note_id, bytes) VALUES (?, ?)');
      const id = Number(insert.run(head.noteId, bytes).lastInsertRowid);
      return { id, size: bytes.byteLength };
    });
    for (const id of before) this.#sql.prepare('DELETE FROM content WHERE id = ?').run(id);
    this.#sql
      .prepare(PUT)
      .run(
        head.noteId,
        head.unid,
        head.sequence,
        head.sequenceTime,
        head.created,
        head.modifiedInFile,
        head.addedToFile,
        head.parent,
        head.conflict ? 1 : 0,
        json,
        sequences === null ? null : JSON.stringify(sequences),
        foldedForm(items),
      );
  }

  remove(noteId: number): void {
    this.#sql.prepare('DELETE FROM content WHERE note_id = ?').run(noteId);
    this.#sql.prepare('DELETE FROM note WHERE note_id = ?').run(noteId);
  }

  bare(row: NoteRow): StoredNote {
    return { ...headOf(row), items: decodeBare(row.json) };
  }

  full(row: NoteRow): StoredNote {
    return { ...headOf(row), items: decodeFull(row.json, (ref) => this.content(ref.id)) };
  }

  content(id: number): Uint8Array {
    const row = this.#sql.prepare('SELECT bytes FROM content WHERE id = ?').get(id);
    const bytes = (row as unknown as [Uint8Array] | undefined)?.[0];
    if (bytes === undefined) throw new Error(`content ${id} is gone: the note was saved since it was read`);
    return bytes;
  }

  count(): number {
    return this.#number('SELECT count(*) FROM note');
  }

  greatestNoteId(): number {
    return this.#number(
      `SELECT max(${['note', 'stub', 'trash'].map((table) => `(SELECT ifnull(max(note_id), 0) FROM ${table})`).join(', ')})`,
    );
  }

  putStub(stub: StubRow): void {
    const insert = `INSERT OR REPLACE INTO stub (${STUB}) VALUES (?, ?, ?, ?, ?)`;
    this.#sql.prepare(insert).run(stub.unid, stub.noteId, stub.sequence, stub.sequenceTime, stub.deletedAt);
  }

  findStub(unid: string): StubRow | null {
    const row = this.#sql.prepare(`SELECT ${STUB} FROM stub WHERE unid = ?`).get(unid);
    return row === undefined ? null : stubOf(row as unknown as StubColumns);
  }

  removeStub(unid: string): void {
    this.#sql.prepare('DELETE FROM stub WHERE unid = ?').run(unid);
  }

  /** Stubs since (inclusive), oldest first. */
  stubs(since: number): StubRow[] {
    const select = `SELECT ${STUB} FROM stub WHERE deleted_at >= ? ORDER BY deleted_at, unid`;
    return (this.#sql.prepare(select).all(since) as unknown as StubColumns[]).map(stubOf);
  }

  /** The number of stubs removed: those of deletions, or those that came into this file, before the instant. */
  purgeStubs(before: number, by: 'sequence_time' | 'deleted_at'): number {
    return Number(this.#sql.prepare(`DELETE FROM stub WHERE ${by} < ?`).run(before).changes);
  }

  /** For tables that other files of the engine keep; `sql` is this program's own. */
  prepared(sql: string): StatementSync {
    return this.#sql.prepare(sql);
  }

  meta(name: string): string | null {
    const row = this.#sql.prepare('SELECT value FROM meta WHERE name = ?').get(name);
    return (row as unknown as [string] | undefined)?.[0] ?? null;
  }

  setMeta(name: string, value: string): void {
    this.#sql.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)').run(name, value);
  }

  #contentIds(noteId: number): number[] {
    const rows = this.#sql.prepare('SELECT id FROM content WHERE note_id = ?').all(noteId);
    return (rows as unknown as [number][]).map(([id]) => id);
  }

  #number(sql: string): number {
    return (this.#sql.prepare(sql).get() as unknown as [number])[0];
  }
}

function rowOf(row: Columns): NoteRow {
  return { ...headOfColumns(row), json: row[9], itemSequences: row[10] };
}

function stubOf([unid, noteId, sequence, sequenceTime, deletedAt]: StubColumns): StubRow {
  return { unid, noteId, sequence, sequenceTime, deletedAt };
}

function headOfColumns(row: HeadColumns | FormColumns | Columns): NoteHead {
  const [noteId, unid, sequence, sequenceTime, created, modifiedInFile, addedToFile, parent, conflict] = row;
  return {
    noteId,
    unid,
    sequence,
    sequenceTime,
    created,
    modifiedInFile,
    addedToFile,
    parent,
    conflict: conflict === 1,
  };
}

export function headOf(head: NoteHead): NoteHead {
  return {
    noteId: head.noteId,
    unid: head.unid,
    sequence: head.sequence,
    sequenceTime: head.sequenceTime,
    created: head.created,
    modifiedInFile: head.modifiedInFile,
    addedToFile: head.addedToFile,
    parent: head.parent,
    conflict: head.conflict,
  };
}
