import { conflictOf, isEditedSince, nothing } from './plan-parts.ts';
import type { Plan, PlanInput } from './plan-types.ts';
import { mappedOnly } from './select-fields.ts';
import type { Fields } from './values.ts';

/** A person deleted the record and nobody touched the note. */
export function deletedInHandbook(input: PlanInput, base: Fields): Plan {
  switch (input.mapping.handbookDelete) {
    case 'refuse':
      return bringBack('PL11', input, base);
    case 'soft':
    case 'hard':
      return {
        ...nothing('PL11', base, 'tombstone', 'handbook'),
        notes: { kind: 'delete', how: input.mapping.handbookDelete },
      };
  }
}

/** The note was edited, its record deleted: the edit wins, unless the site wants Notes' own rule. */
export function editedButDeletedInHandbook(input: PlanInput, base: Fields): Plan {
  // [MC3] A field that the mapping gained makes the sides differ; it is nobody's edit and revives nothing.
  if (input.notes.kind === 'note' && !isEditedSince(input, base, input.notes.fields))
    return deletedInHandbook(input, base);
  // [PL0] Without a base nobody can tell an edit from what was always there: nothing is deleted on such a guess.
  const known = Object.keys(base).length > 0;
  const compatible = known && input.mapping.editAgainstDelete === 'notes-compatible';
  if (compatible && input.mapping.handbookDelete !== 'refuse') {
    const lost = conflictOf('edit-against-delete', 'handbook', input, base);
    return { ...deletedInHandbook(input, base), rule: 'PL12', conflicts: [lost] };
  }
  const back = bringBack('PL12', input, base);
  return { ...back, conflicts: [conflictOf('edit-against-delete', 'notes', input, base)] };
}

function bringBack(rule: string, input: PlanInput, base: Fields): Plan {
  if (input.notes.kind !== 'note') return nothing(rule, base, input.pair.status);
  const set = mappedOnly(input.mapping, input.notes.fields);
  return {
    ...nothing(rule, base, 'live'),
    handbook: { kind: 'put', event: 'undelete-record', set },
    baseAfterHandbook: set,
  };
}
