import type { StoredNote } from '../stored-note.ts';
import { EngineError } from './engine-error.ts';
import type { DatabaseFile } from './database-file.ts';

type ImportTarget = Pick<DatabaseFile, 'store' | 'now' | 'takeNoteId' | 'write'>;

/** Notes a transaction: large enough that commits cost nothing, small enough that a killed import has most of its work on disk. */
const BATCH = 1000;

export function importNotes(notes: Iterable<StoredNote>, target: ImportTarget): number {
  let count = 0;
  let batch: StoredNote[] = [];
  const flush = (): void => {
    target.write(() => batch.forEach((note) => put(note, target)));
    count += batch.length;
    batch = [];
  };
  for (const note of notes) {
    batch.push(note);
    if (batch.length === BATCH) flush();
  }
  if (batch.length > 0) flush();
  return count;
}

function put({ items, ...given }: StoredNote, target: ImportTarget): void {
  const { store } = target;
  const unid = given.unid.toUpperCase();
  if (!/^[0-9A-F]{32}$/u.test(unid)) {
    throw new EngineError('rejected', `cannot import note "${given.unid}": a UNID has 32 hex digits`);
  }
  const before = store.find(unid);
  const at = target.now();
  store.put(
    {
      ...given,
      unid,
      noteId: before?.noteId ?? target.takeNoteId(),
      parent: given.parent?.toUpperCase() ?? null,
      modifiedInFile: at,
      addedToFile: before?.addedToFile ?? at,
    },
    items,
    null,
  );
  store.removeStub(unid);
}
