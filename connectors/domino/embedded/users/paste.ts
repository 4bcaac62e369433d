import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { EngineError } from '../engine/engine-error.ts';
import { mayCreate, mayDelete, mayRead, type NotesIdentity } from '../engine/identity.ts';
import { withoutItems } from '../engine/item-lookup.ts';
import type { StoredNote } from '../stored-note.ts';

/** Where a note is pasted; null = into the database that it comes from. */
export interface Paste {
  readonly into: EmbeddedDatabase | null;
  readonly as: NotesIdentity;
  /** UNID of the document that it is pasted under, as a response; missing = it keeps the parent that it had, wherever that is. */
  readonly under?: string;
}

/**
 * Copy and paste: a new note with every item of the old one, business keys and marks of other programs among them, and a UNID, creation date and version of its
 * own [US3]. Throws `not-found`, `not-authorized`. Answers its UNID.
 */
export function copyAndPaste(from: EmbeddedDatabase, unid: string, paste: Paste): string {
  return create(readable(from, unid, paste.as), paste, from);
}

/**
 * Cut and paste into another database: the note goes there and leaves a stub here, so that a move looks like a deletion and a creation [US4].
 * By the switch `movedUnid` it keeps its UNID there.
 */
export function cutAndPaste(from: EmbeddedDatabase, unid: string, paste: Paste): string {
  const note = readable(from, unid, paste.as);
  if (!mayDelete(note.items, from.identityOf(paste.as))) {
    throw new EngineError('not-authorized', `${paste.as.name} may not delete note ${unid}`);
  }
  const into = paste.into ?? from;
  const keeps = into !== from && from.file.context.quirks.movedUnid === 'kept';
  const moved = keeps ? put(note, into, paste.as) : create(note, paste, from);
  from.delete(note.unid);
  return moved;
}

function create(
  { items, conflict, parent: own }: StoredNote,
  { into, as, under }: Paste,
  from: EmbeddedDatabase,
): string {
  const target = into ?? from;
  requireCreate(target, as);
  const parent = under ?? own;
  const copied = withoutItems(items, ['$UpdatedBy', '$Revisions']);
  return target.create(copied, { by: as.name, conflict, ...(parent === null ? {} : { parent }) }).unid;
}

function put(note: StoredNote, target: EmbeddedDatabase, as: NotesIdentity): string {
  requireCreate(target, as);
  target.import([note]);
  return note.unid;
}

function requireCreate(target: EmbeddedDatabase, as: NotesIdentity): void {
  if (mayCreate(target.identityOf(as))) return;
  throw new EngineError('not-authorized', `${as.name} may not create documents in "${target.filePath}"`);
}

function readable(database: EmbeddedDatabase, unid: string, as: NotesIdentity): StoredNote {
  const note = database.read(unid);
  if (note === null || !mayRead(note.items, database.identityOf(as))) {
    throw new EngineError('not-found', `there is no note ${unid} in "${database.filePath}"`);
  }
  return note;
}
