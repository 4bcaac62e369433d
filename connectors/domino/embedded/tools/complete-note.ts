import type { DxlNote } from '../../dxl/dxl-note.ts';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { toTick } from '../engine/notes-clock.ts';
import { firstOriginator, nextOriginator, type Originator } from '../engine/originator.ts';
import type { Random } from '../engine/seeded-random.ts';
import { mintUnid } from '../engine/unid.ts';
import type { StoredNote } from '../stored-note.ts';

export interface ImportMoment {
  /** Where the note goes; null = a new database. */
  readonly existing: EmbeddedDatabase | null;
  /** Server time, ms. */
  readonly at: number;
  readonly random: Random;
}

/** The note with what its file does not say: a UNID of its own, a version after the one that is there, the time of the import. */
export function completeNote(note: DxlNote, { existing, at, random }: ImportMoment): StoredNote {
  const unid = note.unid ?? mintUnid(at, random);
  const before = existing?.readBare(unid) ?? null;
  const { sequence, sequenceTime } = originatorOf(note, before, at);
  return {
    unid,
    noteId: note.noteId ?? 0,
    sequence,
    sequenceTime,
    created: note.created ?? before?.created ?? toTick(Math.min(at, sequenceTime)),
    modifiedInFile: note.modifiedInFile ?? at,
    addedToFile: note.addedToFile ?? at,
    parent: note.parent,
    conflict: note.conflict,
    items: note.items,
  };
}

function originatorOf(note: DxlNote, before: StoredNote | null, at: number): Originator {
  if (note.sequence !== null && note.sequenceTime !== null) {
    return { sequence: note.sequence, sequenceTime: note.sequenceTime };
  }
  const invented = before === null ? firstOriginator(at) : nextOriginator(before, at);
  return {
    sequence: note.sequence ?? invented.sequence,
    sequenceTime: note.sequenceTime ?? invented.sequenceTime,
  };
}
