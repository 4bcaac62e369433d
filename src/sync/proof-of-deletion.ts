import type { NotesState, PlanInput } from './plan-types.ts';

/**
 * [PL18] The record is deleted, and a removal of ours was under way: its proof of deletion was seen, and only our memory of it is missing. Taken for a
 * member's deletion it would delete a note that is back meanwhile.
 */
export function isOurRemoval({ handbook, intents }: Pick<PlanInput, 'handbook' | 'intents'>): boolean {
  return (
    handbook.kind === 'deleted' && intents.some((one) => one.side === 'handbook' && one.kind === 'delete')
  );
}

/** What proved the deletion; `otherwise` where the note is seen again and nobody knows any more. */
export function proofOf(notes: NotesState, otherwise: 'handbook' | 'removed' = 'handbook'): string {
  return notes.kind === 'gone' ? notes.evidence : otherwise;
}
