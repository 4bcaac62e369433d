import * as fc from 'fast-check';
import type { FieldMapping } from '../mapping.ts';
import type { Fields, FieldValue } from '../values.ts';

/** Canonical values of a field, from so small a pool that both sides often make the same edit. */
export function valueOf(field: Pick<FieldMapping, 'type'>): fc.Arbitrary<FieldValue> {
  if (field.type === 'set')
    return fc
      .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 })
      .map((values) => (values.length === 0 ? null : values.toSorted()));
  if (field.type === 'number') return fc.constantFrom<FieldValue>(null, -1, 0, 1, 2, 50);
  return fc.constantFrom<FieldValue>(null, 'một', 'hai', 'ba', 'bốn');
}

export function recordOf(fields: readonly FieldMapping[]): fc.Arbitrary<Fields> {
  return fc.record(Object.fromEntries(fields.map((field) => [field.field, valueOf(field)])));
}

/** Some fields edited, most left alone. */
export function editsOf(fields: readonly FieldMapping[]): fc.Arbitrary<Fields> {
  return fc
    .tuple(recordOf(fields), fc.subarray(fields.map((field) => field.field)))
    .map(([values, edited]) => Object.fromEntries(edited.map((name) => [name, values[name] ?? null])));
}

export interface Triple {
  readonly base: Fields;
  readonly notes: Fields;
  readonly handbook: Fields;
}

/** One random record, perturbed once on each side: unrelated values on the three sides would hardly ever agree. */
export function tripleOf(fields: readonly FieldMapping[]): fc.Arbitrary<Triple> {
  return fc.tuple(recordOf(fields), editsOf(fields), editsOf(fields)).map(([base, notes, handbook]) => ({
    base,
    notes: { ...base, ...notes },
    handbook: { ...base, ...handbook },
  }));
}
