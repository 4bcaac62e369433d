import type { NotesIdentity } from '../../engine/identity.ts';
import { mayEdit } from '../../engine/identity.ts';
import { noteSize } from '../../engine/note-size.ts';
import type { StoredNote } from '../../stored-note.ts';
import type { RestQuirks } from '../rest-quirks.ts';
import { jsonInstant } from '../values/json-time.ts';

const MS_PER_DAY = 86_400_000;
const JULIAN_DAY_OF_1970 = 2_440_588;
/** +07, as in the engine's UNIDs. */
const ZONE_BYTE = 0x47_00_00_00;

/** Sequence and sequence time as 24 hex digits, both words of the time in the order of the C API (checked on HCL's samples). */
export function revisionOf({
  sequence,
  sequenceTime,
}: Pick<StoredNote, 'sequence' | 'sequenceTime'>): string {
  const day = Math.floor(sequenceTime / MS_PER_DAY);
  const hundredths = Math.floor((sequenceTime - day * MS_PER_DAY) / 10);
  return [sequence, hundredths, ZONE_BYTE + day + JULIAN_DAY_OF_1970]
    .map((word) => word.toString(16).toUpperCase().padStart(8, '0'))
    .join('');
}

/** A weak ETag of whole seconds, with the space that HCL's samples have. */
export function etagOf({ sequenceTime }: Pick<StoredNote, 'sequenceTime'>): string {
  return `W/" ${Math.floor(sequenceTime / 1000).toString(16)}"`;
}

/** What a document says of itself under `@meta`. */
export function metaOf(
  note: StoredNote,
  identity: NotesIdentity,
  quirks: RestQuirks,
  children: readonly string[] = [],
): Record<string, unknown> {
  const offset = offsetOf(note, quirks);
  return {
    noteid: note.noteId,
    unid: note.unid,
    created: jsonInstant(note.created, offset),
    lastmodified: jsonInstant(note.sequenceTime, offset),
    lastaccessed: jsonInstant(note.sequenceTime, offset),
    lastmodifiedinfile: jsonInstant(note.modifiedInFile, offset),
    addedtofile: jsonInstant(note.addedToFile, offset),
    noteclass: ['DATA', 'DOCUMENT'],
    unread: true,
    [quirks.editableName]: mayEdit(note.items, identity),
    revision: revisionOf(note),
    ...(quirks.etagInMeta === 'present' ? { etag: etagOf(note) } : {}),
    size: noteSize(note.items),
    ...(note.parent === null ? {} : { parentunid: note.parent }),
    ...(children.length === 0 ? {} : { toplevelchildunids: children }),
  };
}

/** The flat keys of the answers of 2022: no revision, an ETag always. */
export function flatMetaOf(note: StoredNote, quirks: RestQuirks): Record<string, unknown> {
  const offset = offsetOf(note, quirks);
  return {
    '@unid': note.unid,
    '@noteid': note.noteId,
    '@created': jsonInstant(note.created, offset),
    '@lastmodified': jsonInstant(note.sequenceTime, offset),
    '@lastaccessed': jsonInstant(note.sequenceTime, offset),
    '@size': noteSize(note.items),
    '@unread': true,
    '@etag': etagOf(note),
  };
}

/** Times come with the offset they were stored with: of two machines, two offsets in one answer. */
function offsetOf({ noteId }: StoredNote, { offsets }: RestQuirks): number {
  return offsets === 'mixed' && noteId % 8 === 6 ? 7 * 60 : 0;
}
