import { compileQuery } from '../dql/query.ts';
import type { DatabaseEntry, EmbeddedDomino } from '../engine/embedded-domino.ts';
import { textValues } from '../engine/item-lookup.ts';
import { formatInstant } from '../engine/notes-date-time.ts';
import type { DatabaseRow, NoteList } from '../tools-port.ts';

export function createDatabase(domino: EmbeddedDomino, database: string, title: string | null): DatabaseRow {
  const { filePath } = domino.createDatabase(database, title === null ? {} : { title });
  const entry = domino.listDatabases().find((one) => one.filePath === filePath);
  if (entry === undefined) throw new Error(`"${filePath}" was created and is not there`);
  return rowOf(domino, entry);
}

export function listDatabases(domino: EmbeddedDomino): DatabaseRow[] {
  return domino.listDatabases().map((entry) => rowOf(domino, entry));
}

/** Headers of all notes are held, items of `limit` notes. */
export function listNotes(domino: EmbeddedDomino, database: string, limit: number): NoteList {
  const opened = domino.openDatabase(database);
  const unlimited = { maxDocumentsScanned: Number.POSITIVE_INFINITY };
  const { matches } = opened.query(compileQuery('@all'), { limits: unlimited });
  const newest = [...matches].sort((a, b) => b.modifiedInFile - a.modifiedInFile || a.noteId - b.noteId);
  const shown = opened.readMany(newest.slice(0, limit).map(({ unid }) => unid));
  return {
    database: opened.filePath,
    total: matches.length,
    notes: shown.map(({ unid, items, modifiedInFile }) => ({
      unid,
      form: textValues(items, 'Form')[0] ?? '',
      modified: formatInstant(modifiedInFile),
    })),
  };
}

function rowOf(domino: EmbeddedDomino, entry: DatabaseEntry): DatabaseRow {
  const opened = domino.openDatabase(entry.filePath);
  return {
    database: entry.filePath,
    title: entry.title,
    replicaId: entry.replicaId,
    notes: opened.count(),
    stubs: opened.stubs().length,
    bytes: entry.size,
    created: formatInstant(entry.created),
  };
}
