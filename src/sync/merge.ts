import { sameValue } from './canonical.ts';
import type { FieldMapping } from './mapping.ts';
import { asField, mergeAttachments } from './merge-attachments.ts';
import type { ConflictDraft } from './pair.ts';
import type { FieldValue, Scalar } from './values.ts';

/**
 * What one field needs. `base` is the value both sides hold once `write` has landed (absent in `frozen`: a person decides first).
 * A conflict never loses a value: it is in `base` or in the draft.
 */
export type FieldMerge =
  | { readonly kind: 'same' }
  | {
      readonly kind: 'settled';
      readonly value: FieldValue;
      readonly write: WriteSides;
      readonly conflict: ConflictDraft | null;
    }
  | { readonly kind: 'frozen'; readonly conflict: ConflictDraft };

export interface WriteSides {
  readonly notes: boolean;
  readonly handbook: boolean;
}

/** `undefined` is unavailable: nobody looked, or there is no such knowledge yet. */
export interface FieldTriple {
  readonly base: FieldValue | undefined;
  readonly notes: FieldValue | undefined;
  readonly handbook: FieldValue | undefined;
}

/**
 * Three-way merge of one field (rules ME1–ME9). Pure. Swapping sides, direction and policy mirrors the result, with one exception: without a base an
 * item in Notes is never emptied ([ME8]).
 */
export function mergeField(mapping: FieldMapping, triple: FieldTriple): FieldMerge {
  const { base } = triple;
  // [ME9] What nobody looked at is unchanged; without a base it is unknown, and what is unknown is never written over.
  const notes = triple.notes === undefined ? base : triple.notes;
  const handbook = triple.handbook === undefined ? base : triple.handbook;
  if (notes === undefined || handbook === undefined) return { kind: 'same' };
  if (sameValue(notes, handbook)) {
    // [ME1] [ME2] Both hold the same value, however they came to it: nothing to write, the base follows.
    if (base !== undefined && sameValue(base, notes)) return { kind: 'same' };
    return settle(notes, false, false, null);
  }
  if (mapping.type === 'attachments' && mapping.direction !== 'pull')
    return mergeFiles(mapping, { base, notes, handbook });
  if (base === undefined) return mergeWithoutBase(mapping, notes, handbook);
  const notesChanged = !sameValue(base, notes);
  const handbookChanged = !sameValue(base, handbook);
  if (notesChanged && !handbookChanged) {
    // [ME3] One side's edit goes to the other. [ME4] On the side that does not own the item it is answered by the owner's value, and kept.
    if (mapping.direction === 'push')
      return settle(handbook, true, false, draft(mapping, triple, 'refused-edit', 'handbook'));
    return settle(notes, false, true, null);
  }
  if (!notesChanged && handbookChanged) {
    if (mapping.direction === 'pull')
      return settle(notes, false, true, draft(mapping, triple, 'refused-edit', 'notes'));
    return settle(handbook, true, false, null);
  }
  return clash(mapping, { base, notes, handbook });
}

/**
 * [ME8] No base: a field that the mapping gained, or a pair joined by key. The side that is empty is filled, Notes never emptied: nobody can tell a
 * removal from what was never there. Only what the handbook holds of an item that Notes owns and leaves empty goes, and is kept.
 */
function mergeWithoutBase(mapping: FieldMapping, notes: FieldValue, handbook: FieldValue): FieldMerge {
  if (handbook === null) return settle(notes, false, true, null);
  if (notes === null && mapping.direction !== 'pull') return settle(handbook, true, false, null);
  return clash(mapping, { base: undefined, notes, handbook });
}

function clash(
  mapping: FieldMapping,
  values: { base: FieldValue | undefined; notes: FieldValue; handbook: FieldValue },
): FieldMerge {
  const { base, notes, handbook } = values;
  // [ME4] Direction decides before policy: the side that may not write loses, and is kept.
  if (mapping.direction === 'pull')
    return settle(notes, false, true, draft(mapping, values, 'refused-edit', 'notes'));
  if (mapping.direction === 'push')
    return settle(handbook, true, false, draft(mapping, values, 'refused-edit', 'handbook'));
  switch (mapping.conflict) {
    case 'notes-wins':
      return settle(notes, false, true, draft(mapping, values, 'field', 'notes'));
    case 'handbook-wins':
      return settle(handbook, true, false, draft(mapping, values, 'field', 'handbook'));
    case 'manual':
      return { kind: 'frozen', conflict: draft(mapping, values, 'field', null) };
    case 'union': {
      // [ME6] Adds and removes of both sides all happen; no value is lost, so there is no conflict row.
      const merged = mergeSets(asSet(base ?? null), asSet(notes), asSet(handbook));
      return settle(merged, !sameValue(merged, notes), !sameValue(merged, handbook), null);
    }
    case 'max':
    case 'min': {
      const winner = pickExtreme(mapping.conflict, notes, handbook);
      const value = winner === 'notes' ? notes : handbook;
      return settle(
        value,
        winner === 'handbook',
        winner === 'notes',
        draft(mapping, values, 'field', winner),
      );
    }
  }
}

/** [ME10] Of a name that both sides gave another file the policy decides; all other files are merged one by one. */
function mergeFiles(
  mapping: FieldMapping,
  values: { base: FieldValue | undefined; notes: FieldValue; handbook: FieldValue },
): FieldMerge {
  const { files, clashes } = mergeAttachments(values.base, values.notes, values.handbook);
  if (clashes.length > 0 && mapping.conflict === 'manual')
    return { kind: 'frozen', conflict: draft(mapping, values, 'field', null) };
  const winner = mapping.conflict === 'notes-wins' ? 'notes' : 'handbook';
  const value = asField([...files, ...clashes.flatMap((clash) => clash[winner] ?? [])]);
  return settle(
    value,
    !sameValue(value, values.notes),
    !sameValue(value, values.handbook),
    clashes.length > 0 ? draft(mapping, values, 'field', winner) : null,
  );
}

/** [ME7] An empty value loses against any other; equal values never come here. Dates and instants order as texts. */
function pickExtreme(policy: 'max' | 'min', notes: FieldValue, handbook: FieldValue): 'notes' | 'handbook' {
  if (notes === null) return 'handbook';
  if (handbook === null) return 'notes';
  const notesGreater =
    typeof notes === 'number' && typeof handbook === 'number'
      ? notes > handbook
      : textOf(notes) > textOf(handbook);
  return notesGreater === (policy === 'max') ? 'notes' : 'handbook';
}

function textOf(value: NonNullable<FieldValue>): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function asSet(value: FieldValue): readonly Scalar[] {
  if (value === null) return [];
  return Array.isArray(value) ? (value as readonly Scalar[]) : [value as Scalar];
}

/** What each side removed is gone, what each side added is there; sorted, null when empty. */
export function mergeSets(
  base: readonly Scalar[],
  notes: readonly Scalar[],
  handbook: readonly Scalar[],
): FieldValue {
  const kept = base.filter((value) => notes.includes(value) && handbook.includes(value));
  const added = [...notes, ...handbook].filter((value) => !base.includes(value));
  const merged = [...new Set([...kept, ...added])].sort(compareScalars);
  return merged.length === 0 ? null : merged;
}

function compareScalars(a: Scalar, b: Scalar): number {
  const left = String(a);
  const right = String(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

function settle(
  value: FieldValue,
  notes: boolean,
  handbook: boolean,
  conflict: ConflictDraft | null,
): FieldMerge {
  return { kind: 'settled', value, write: { notes, handbook }, conflict };
}

function draft(
  mapping: FieldMapping,
  values: FieldTriple,
  kind: ConflictDraft['kind'],
  winner: ConflictDraft['winner'],
): ConflictDraft {
  return {
    kind,
    field: mapping.field,
    base: values.base,
    notes: values.notes,
    handbook: values.handbook,
    policy: mapping.conflict,
    winner,
  };
}
