import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameValue } from './canonical.ts';
import { type FieldMerge, mergeField, mergeSets } from './merge.ts';
import { valueOf } from './testing/arbitrary-fields.ts';
import { anyCase, DIRECTIONS, POLICIES } from './testing/arbitrary-merge.ts';
import { fieldOf } from './testing/sample-mapping.ts';
import type { FieldValue, Scalar } from './values.ts';

const settled = (value: FieldValue, notes: boolean, handbook: boolean) =>
  ({ kind: 'settled', value, write: { notes, handbook }, conflict: null }) satisfies FieldMerge;

describe('mergeField', () => {
  it('[ME1] leaves a field alone that both sides and the base hold', () => {
    expect(mergeField(fieldOf('f'), { base: 'x', notes: 'x', handbook: 'x' })).toEqual({ kind: 'same' });
  });

  it('[ME2] moves the base, and nothing else, where both sides made the same change', () => {
    expect(mergeField(fieldOf('f'), { base: 'x', notes: 'y', handbook: 'y' })).toEqual(
      settled('y', false, false),
    );
    expect(mergeField(fieldOf('f'), { base: undefined, notes: 'y', handbook: 'y' })).toEqual(
      settled('y', false, false),
    );
  });

  it.each(POLICIES)('[ME3] carries one side’s edit to the other, whatever the policy (%s)', (conflict) => {
    const field = fieldOf('f', { conflict });
    expect(mergeField(field, { base: 'x', notes: 'y', handbook: 'x' })).toEqual(settled('y', false, true));
    expect(mergeField(field, { base: 'x', notes: 'x', handbook: 'y' })).toEqual(settled('y', true, false));
    expect(mergeField(field, { base: 'x', notes: null, handbook: 'x' })).toEqual(settled(null, false, true));
  });

  it.each(POLICIES)('[ME4] answers an edit by who may not edit with the owner’s value (%s)', (conflict) => {
    const pull = fieldOf('f', { conflict, direction: 'pull' });
    const push = fieldOf('f', { conflict, direction: 'push' });
    expect(mergeField(pull, { base: 'x', notes: 'x', handbook: 'y' })).toMatchObject({
      value: 'x',
      write: { notes: false, handbook: true },
      conflict: { kind: 'refused-edit', winner: 'notes', handbook: 'y' },
    });
    expect(mergeField(push, { base: 'x', notes: 'y', handbook: 'x' })).toMatchObject({
      value: 'x',
      write: { notes: true, handbook: false },
      conflict: { kind: 'refused-edit', winner: 'handbook', notes: 'y' },
    });
    expect(mergeField(pull, { base: 'x', notes: 'n', handbook: 'h' })).toMatchObject({
      value: 'n',
      write: { notes: false, handbook: true },
      conflict: { kind: 'refused-edit', winner: 'notes' },
    });
    expect(mergeField(push, { base: 'x', notes: 'n', handbook: 'h' })).toMatchObject({
      value: 'h',
      write: { notes: true, handbook: false },
      conflict: { kind: 'refused-edit', winner: 'handbook' },
    });
  });

  it('[ME5] settles a clash by policy and keeps the loser', () => {
    const clash = { base: 'x', notes: 'n', handbook: 'h' };
    expect(mergeField(fieldOf('f', { conflict: 'notes-wins' }), clash)).toMatchObject({
      value: 'n',
      write: { notes: false, handbook: true },
      conflict: { kind: 'field', base: 'x', notes: 'n', handbook: 'h', winner: 'notes' },
    });
    expect(mergeField(fieldOf('f', { conflict: 'handbook-wins' }), clash)).toMatchObject({
      value: 'h',
      write: { notes: true, handbook: false },
      conflict: { kind: 'field', winner: 'handbook' },
    });
    expect(mergeField(fieldOf('f', { conflict: 'manual' }), clash)).toMatchObject({
      kind: 'frozen',
      conflict: { kind: 'field', notes: 'n', handbook: 'h', winner: null },
    });
  });

  it.each<[FieldValue, FieldValue, FieldValue, FieldValue]>([
    [['a', 'b'], ['a'], ['a', 'b', 'c'], ['a', 'c']],
    [['a', 'b'], ['b'], ['a'], null],
    [null, ['a'], ['b'], ['a', 'b']],
    [['a'], ['a', 'b'], ['a', 'b', 'c'], ['a', 'b', 'c']],
    [['a'], null, ['a', 'b'], ['b']],
  ])('[ME6] unites what both sides added and removed: %j, %j, %j', (base, notes, handbook, merged) => {
    const field = fieldOf('f', { conflict: 'union', type: 'set' });
    const result = mergeField(field, { base, notes, handbook });
    expect(result).toEqual(settled(merged, !sameValue(merged, notes), !sameValue(merged, handbook)));
  });

  it('[ME6] a second merge of united sets changes nothing, also while one write has not landed', () => {
    const sets = valueOf({ type: 'set' });
    fc.assert(
      fc.property(sets, sets, sets, (base, notes, handbook) => {
        const list = (value: FieldValue) => (value ?? []) as readonly Scalar[];
        const once = mergeSets(list(base), list(notes), list(handbook));
        expect(mergeSets(list(base), list(notes), list(once))).toEqual(once);
        expect(mergeSets(list(base), list(once), list(handbook))).toEqual(once);
        expect(mergeSets(list(base), list(handbook), list(notes))).toEqual(once);
      }),
    );
  });

  it.each<['max' | 'min', FieldValue, FieldValue, 'notes' | 'handbook']>([
    ['max', 10, 9, 'notes'],
    ['max', 9, 10, 'handbook'],
    ['min', 10, 9, 'handbook'],
    ['min', 9, 10, 'notes'],
    ['max', -1, null, 'notes'],
    ['min', null, -1, 'handbook'],
    ['max', '2024-12-31', '2025-01-01', 'handbook'],
    ['min', '2024-12-31', '2025-01-01', 'notes'],
  ])('[ME7] %s of %j and %j is of %s; the empty one always loses', (conflict, notes, handbook, winner) => {
    expect(
      mergeField(fieldOf('f', { conflict, type: 'number' }), { base: 5, notes, handbook }),
    ).toMatchObject({
      value: winner === 'notes' ? notes : handbook,
      write: { notes: winner === 'handbook', handbook: winner === 'notes' },
      conflict: { notes, handbook, winner },
    });
  });

  it.each(DIRECTIONS)('[ME8] fills the empty side where there is no base (%s)', (direction) => {
    const field = fieldOf('f', { direction });
    expect(mergeField(field, { base: undefined, notes: 'n', handbook: null })).toEqual(
      settled('n', false, true),
    );
  });

  it.each(['push', 'both'] as const)('[ME8] fills an empty item in Notes, too (%s)', (direction) => {
    const field = fieldOf('f', { direction });
    expect(mergeField(field, { base: undefined, notes: null, handbook: 'h' })).toEqual(
      settled('h', true, false),
    );
  });

  it('[ME8] takes from the handbook what Notes owns and leaves empty, and keeps it', () => {
    expect(
      mergeField(fieldOf('f', { direction: 'pull' }), { base: undefined, notes: null, handbook: 'h' }),
    ).toMatchObject({
      value: null,
      write: { notes: false, handbook: true },
      conflict: { kind: 'refused-edit', handbook: 'h', winner: 'notes' },
    });
  });

  it('[ME8] never empties an item in Notes without a base', () => {
    fc.assert(
      fc.property(anyCase, ({ field, triple }) => {
        const result = mergeField(field, { ...triple, base: undefined });
        const empties = result.kind === 'settled' && result.write.notes && result.value === null;
        expect(empties).toBe(false);
      }),
    );
  });

  it('[ME8] two values without a base are a clash under the policy', () => {
    expect(
      mergeField(fieldOf('f', { conflict: 'notes-wins' }), { base: undefined, notes: 'n', handbook: 'h' }),
    ).toMatchObject({ value: 'n', conflict: { kind: 'field', base: undefined, handbook: 'h' } });
  });

  it('[ME9] takes an unavailable side for unchanged, and never writes over what is unknown', () => {
    const field = fieldOf('f', { conflict: 'notes-wins' });
    expect(mergeField(field, { base: 'x', notes: undefined, handbook: 'y' })).toEqual(
      settled('y', true, false),
    );
    expect(mergeField(field, { base: 'x', notes: 'y', handbook: undefined })).toEqual(
      settled('y', false, true),
    );
    for (const triple of [
      { base: undefined, notes: undefined, handbook: 'h' },
      { base: undefined, notes: 'n', handbook: undefined },
      { base: undefined, notes: null, handbook: undefined },
      { base: undefined, notes: undefined, handbook: undefined },
      { base: 'x', notes: undefined, handbook: undefined },
    ])
      expect(mergeField(field, triple)).toEqual({ kind: 'same' });
  });
});
