import { changedFields, isEdited } from './classify-state.ts';
import type { ConflictDraft, PairStatus } from './pair.ts';
import type { Plan, PlanInput } from './plan-types.ts';
import { writable } from './select-fields.ts';
import type { Fields } from './values.ts';

/** A plan without effects. */
export function nothing(rule: string, base: Fields, status: PairStatus, reason: string | null = null): Plan {
  return {
    rule,
    handbook: null,
    notes: null,
    base,
    baseAfterHandbook: {},
    baseAfterNotes: {},
    conflicts: [],
    closes: [],
    status,
    reason,
    quarantine: null,
  };
}

export function conflictOf(
  kind: ConflictDraft['kind'],
  winner: ConflictDraft['winner'],
  input: PlanInput,
  base: Fields,
): ConflictDraft {
  const changedIn = (side: Fields) => JSON.stringify(changedFields(input.mapping, base, side));
  return {
    kind,
    field: '*',
    base: undefined,
    notes: input.notes.kind === 'note' ? changedIn(input.notes.fields) : null,
    handbook: input.handbook.kind === 'record' ? changedIn(input.handbook.fields) : null,
    policy: input.mapping.editAgainstDelete,
    winner,
  };
}

/**
 * [GA6] Nothing of this pair has ever come from Notes: the record was born in the handbook, and the base holds only what the create wrote, non-empty and
 * writable.
 */
export function holdsOnlyCreated({ pair, mapping }: Pick<PlanInput, 'pair' | 'mapping'>): boolean {
  const { base, bornIn } = pair;
  return bornIn === 'handbook' && Object.keys(base).length === Object.keys(writable(mapping, base)).length;
}

/**
 * Whether a person changed this side. Of a pair of which nothing has come from Notes yet the base tells only what the create wrote: whatever else stands there
 * was written since.
 */
export function isEditedSince(input: PlanInput, base: Fields, now: Fields): boolean {
  if (isEdited(input.mapping, base, now)) return true;
  const { base: created } = input.pair;
  return (
    holdsOnlyCreated(input) &&
    input.mapping.fields.some(({ field }) => created[field] === undefined && (now[field] ?? null) !== null)
  );
}
