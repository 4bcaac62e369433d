import type { NoteRead, Unid } from '../sync/note.ts';
import type { SpooledBlob } from './blob-spool.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { safeFileNames } from './safe-file-name.ts';

/** Storage pages of OLE objects, which are `$FILE` items as well (DXL refers to them by `objectref name='EXTnnnnn'`); nobody attached them. */
const OLE_PART = /^(?:STG|EXT)\d{5}$/u;

/**
 * The files that people attached to a note, spooled one after the other, under the names by which they are known outside of Notes. Throws
 * what the database and the spool throw, and keeps nothing then.
 */
export async function readFiles(
  deps: PassDeps,
  run: PassRun,
  note: NoteRead,
): Promise<readonly SpooledBlob[]> {
  const found: SpooledBlob[] = [];
  try {
    for await (const file of run.link.database.readAttachments(note.unid, { signal: run.signal })) {
      if (!OLE_PART.test(file.name)) found.push(await deps.spool.take(file.name, file.content));
    }
  } catch (error) {
    for (const blob of found) await blob.dispose();
    throw error;
  }
  const names = safeFileNames(found.map(({ ref }) => ref.name));
  return found.map((blob, at) => ({ ...blob, ref: { ...blob.ref, name: names[at] ?? blob.ref.name } }));
}

/** The names that a note's files have in Notes, by the names that they have outside. Null when the note cannot be read. */
export async function fileNamesIn(run: PassRun, unid: Unid): Promise<ReadonlyMap<string, string> | null> {
  const [note] = await run.link.database.readNotes([unid], [], {
    signal: run.signal,
    attachmentSummaries: true,
  });
  if (note?.kind !== 'note') return null;
  const names = (note.attachments ?? []).map(({ name }) => name).filter((name) => !OLE_PART.test(name));
  return new Map(safeFileNames(names).map((safe, at) => [safe, names[at] ?? safe]));
}
