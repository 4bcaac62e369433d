import type { NewPair } from '../../connectors/postgres/port.ts';
import type { NoteRead } from '../sync/note.ts';
import { tokenSettled } from '../sync/slices.ts';
import type { JudgedNote } from './judge-notes.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import type { ServerClock } from './server-clock.ts';

/** The pair of a note that nobody knew: on its way to the handbook, or withheld. */
export function newPair(
  deps: PassDeps,
  run: PassRun,
  note: NoteRead,
  verdict: JudgedNote,
  clock: ServerClock,
): NewPair {
  const released = verdict.sight === 'released';
  return {
    id: deps.newId(),
    linkId: run.link.id,
    replicaSet: run.link.replicaSet,
    unid: note.unid,
    recordId: deps.newId(),
    entity: verdict.mapping.entity,
    form: verdict.mapping.form,
    bornIn: 'notes',
    status: released ? 'new' : 'withheld',
    reason: verdict.reason,
    seenNotes: note.token,
    seenSettled: tokenSettled(note.token.kind, note.modified, clock),
    notesSight: verdict.sight,
    seenHandbook: 0,
    handbookSight: 'absent',
    pending: released,
    parentKey: verdict.parentKey,
  };
}
