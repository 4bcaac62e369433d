import type { NotesIdentity } from '../engine/identity.ts';
import type { StoredNote } from '../stored-note.ts';

/** On what and for whom a formula runs. */
export interface FormulaSubject {
  readonly note: Pick<StoredNote, 'items' | 'unid' | 'created' | 'sequenceTime' | 'parent'>;
  readonly identity: NotesIdentity;
}
