import type { Mapping } from './mapping.ts';
import { mergeField } from './merge.ts';
import type { ConflictDraft } from './pair.ts';
import type { Fields, FieldValue } from './values.ts';

export interface RecordMerge {
  readonly toHandbook: Fields;
  readonly toNotes: Fields;
  /** Values that both sides are known to hold already. */
  readonly agreed: Fields;
  readonly conflicts: readonly ConflictDraft[];
  readonly closes: readonly string[];
}

/** Merges all mapped fields; a frozen field takes part only to be closed when both sides agree, or to have its conflict brought up to date. */
export function mergeRecord(
  mapping: Mapping,
  base: Fields,
  notes: Fields,
  handbook: Fields,
  frozen: ReadonlySet<string>,
): RecordMerge {
  const toHandbook: Record<string, FieldValue> = {};
  const toNotes: Record<string, FieldValue> = {};
  const agreed: Record<string, FieldValue> = {};
  const conflicts: ConflictDraft[] = [];
  const closes: string[] = [];
  for (const field of mapping.fields) {
    const name = field.field;
    const merge = mergeField(field, { base: base[name], notes: notes[name], handbook: handbook[name] });
    const isFrozen = frozen.has(name);
    if (isFrozen && (notes[name] === undefined || handbook[name] === undefined)) {
      // Nobody saw one of the sides: the open conflict keeps the values that it has.
      if (base[name] !== undefined) agreed[name] = base[name];
      continue;
    }
    if (merge.kind === 'same') {
      if (base[name] !== undefined) agreed[name] = base[name];
      if (isFrozen) closes.push(name);
      continue;
    }
    if (merge.kind === 'frozen') {
      conflicts.push(merge.conflict);
      if (base[name] !== undefined) agreed[name] = base[name];
      continue;
    }
    if (!merge.write.notes && !merge.write.handbook) {
      agreed[name] = merge.value;
      if (isFrozen) closes.push(name);
      continue;
    }
    // [ME5] While a person has to decide, a later edit of one side alone does not slip past the decision.
    if (isFrozen) {
      conflicts.push({
        kind: 'field',
        field: name,
        base: base[name],
        notes: notes[name],
        handbook: handbook[name],
        policy: 'manual',
        winner: null,
      });
      if (base[name] !== undefined) agreed[name] = base[name];
      continue;
    }
    if (base[name] !== undefined) agreed[name] = base[name];
    if (merge.write.handbook) toHandbook[name] = merge.value;
    if (merge.write.notes) toNotes[name] = merge.value;
    if (merge.conflict) conflicts.push(merge.conflict);
  }
  // [MC2] A field that left the mapping is emptied in the handbook and never touched in Notes.
  const mapped = new Set(mapping.fields.map((field) => field.field));
  for (const name of Object.keys(handbook)) {
    if (!mapped.has(name) && handbook[name] !== null && handbook[name] !== undefined) toHandbook[name] = null;
  }
  return { toHandbook, toNotes, agreed, conflicts, closes };
}
