import type { DatabaseFile } from './database-file.ts';
import { EngineError } from './engine-error.ts';
import { headOf, type NoteHead, type NoteRow, type StubRow } from './note-store.ts';
import { nextOriginator, type Originator } from './originator.ts';

const HOUR_MS = 3_600_000;

/** A note that is deleted and can still be brought back; in no view, no query, no read. */
export interface SoftDeleted extends NoteHead {
  readonly deletedAt: number;
}

interface TrashRow {
  readonly head: SoftDeleted;
  readonly items: string;
  readonly itemSequences: string | null;
}

const COLUMNS = 'unid, note_id, deleted_at, head, items, item_sequences';

/** Hides the note. Its content stays on disk. The caller holds the transaction. */
export function moveToTrash({ store }: DatabaseFile, row: NoteRow, deletedAt: number): void {
  const { json, itemSequences } = row;
  store
    .prepared(`INSERT OR REPLACE INTO trash (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)`)
    .run(row.unid, row.noteId, deletedAt, JSON.stringify(headOf(row)), json, itemSequences);
  store.prepared('DELETE FROM note WHERE note_id = ?').run(row.noteId);
}

export function softDeleted(file: DatabaseFile): SoftDeleted[] {
  return trashRows(file).map(({ head }) => head);
}

/** The note as it was, one version further. Throws `not-found` when it is not in the trash, or a replication brought another one of its UNID. */
export function undelete(file: DatabaseFile, unid: string): NoteHead {
  const { store } = file;
  const row = trashRows(file).find(({ head }) => head.unid === unid.toUpperCase());
  if (row === undefined || store.find(row.head.unid) !== null) {
    throw new EngineError('not-found', `note ${unid} is not among the softly deleted ones`);
  }
  const before = headOf(row.head);
  const now = file.now();
  const head: NoteHead = { ...before, ...nextOriginator(before, now), modifiedInFile: now };
  file.write(() => {
    const bare = store.bare({ ...before, json: row.items, itemSequences: row.itemSequences });
    const kept = row.itemSequences === null ? null : (JSON.parse(row.itemSequences) as number[]);
    store.put(head, bare.items, kept ?? bare.items.map(() => before.sequence));
    store.prepared('DELETE FROM trash WHERE unid = ?').run(head.unid);
  });
  return head;
}

/** What was hidden for as long as the database says becomes a stub of that moment. Answers how many. */
export function expireSoftDeleted(file: DatabaseFile): number {
  const hours = file.properties.settings.softDeleteHours ?? 0;
  const now = file.now();
  const due = trashRows(file).filter(({ head }) => head.deletedAt + hours * HOUR_MS <= now);
  if (due.length === 0) return 0;
  file.write(() => {
    for (const { head } of due) {
      const { unid, noteId } = head;
      const next = nextOriginator(head, now);
      const stub: StubRow = { unid, noteId, ...next, deletedAt: now };
      file.store.remove(noteId);
      file.store.prepared('DELETE FROM trash WHERE unid = ?').run(unid);
      if (file.store.find(unid) === null) file.store.putStub(stub);
    }
  });
  return due.length;
}

/** The version of the stub that the note in the trash will be; null = it is not there. */
export function trashVersion({ store }: DatabaseFile, unid: string): Originator | null {
  const row = store.prepared('SELECT head, deleted_at FROM trash WHERE unid = ?').get(unid);
  if (row === undefined) return null;
  const [head, deletedAt] = row as unknown as [string, number];
  return nextOriginator(JSON.parse(head) as NoteHead, deletedAt);
}

/** Forgets the note in the trash, with its content. The caller holds the transaction. */
export function dropFromTrash({ store }: DatabaseFile, unid: string): void {
  const row = store.prepared('DELETE FROM trash WHERE unid = ? RETURNING note_id').get(unid);
  if (row !== undefined) store.remove((row as unknown as [number])[0]);
}

function trashRows({ store }: DatabaseFile): TrashRow[] {
  const rows = store.prepared(`SELECT ${COLUMNS} FROM trash ORDER BY deleted_at, unid`).all() as unknown as [
    string,
    number,
    number,
    string,
    string,
    string | null,
  ][];
  return rows.map(([, , deletedAt, head, items, itemSequences]) => ({
    head: { ...(JSON.parse(head) as NoteHead), deletedAt },
    items,
    itemSequences,
  }));
}
