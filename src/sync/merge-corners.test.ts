import { describe, expect, it } from 'vitest';
import { mergeField } from './merge.ts';
import { mergeRecord } from './merge-record.ts';
import { fieldOf, mappingOf } from './testing/sample-mapping.ts';
import type { FieldValue } from './values.ts';

function winner(policy: 'max' | 'min', notes: FieldValue, handbook: FieldValue): unknown {
  const merged = mergeField(fieldOf('a', { conflict: policy }), { base: 'base', notes, handbook });
  return merged.kind === 'settled'
    ? [merged.conflict?.kind, merged.conflict?.winner, merged.value]
    : merged.kind;
}

describe('the greater and the lesser', () => {
  it.each([
    ['numbers by value', 10, 9, 'notes', 'handbook'],
    ['texts by their letters', '10', '9', 'handbook', 'notes'],
    ['dates as texts', '2026-02-01', '2026-01-31', 'notes', 'handbook'],
    ['a number beside a text as texts', 10, '9', 'handbook', 'notes'],
    ['a text beside a number as texts', '10', 9, 'handbook', 'notes'],
    ['lists as they are written', ['b'], ['a', 'z'], 'notes', 'handbook'],
    ['truth as texts', true, false, 'notes', 'handbook'],
  ] as const)('[ME7] %s', (_, notes, handbook, most, least) => {
    const value = { notes, handbook };
    expect(winner('max', notes, handbook)).toEqual(['field', most, value[most]]);
    expect(winner('min', notes, handbook)).toEqual(['field', least, value[least]]);
  });

  it.each(['max', 'min'] as const)('[ME7] an empty value loses under %s', (policy) => {
    for (const value of ['a', 'z', 0, -1]) {
      expect(winner(policy, null, value)).toEqual(['field', 'handbook', value]);
      expect(winner(policy, value, null)).toEqual(['field', 'notes', value]);
    }
  });
});

describe('sets', () => {
  const tags = fieldOf('a', { type: 'set', conflict: 'union' });

  it('[ME6] come out in one order, and a single value is a set of one', () => {
    const merged = mergeField(tags, { base: 'm', notes: ['m', 'z', 'b'], handbook: ['m', 'c', 'a'] });
    expect(merged).toMatchObject({ kind: 'settled', value: ['a', 'b', 'c', 'm', 'z'], conflict: null });
    expect(mergeField(tags, { base: 'm', notes: ['b'], handbook: ['m', 'c'] })).toMatchObject({
      value: ['b', 'c'],
    });
  });
});

describe('a record’s merge', () => {
  const mapping = mappingOf([fieldOf('a'), fieldOf('b', { conflict: 'notes-wins' })]);
  const merge = (
    base: Record<string, FieldValue>,
    notes: Record<string, FieldValue>,
    handbook: Record<string, FieldValue>,
    frozen: readonly string[] = [],
  ) => mergeRecord(mapping, base, notes, handbook, new Set(frozen));

  it('[BA1] agrees on nothing that has no base, whatever comes of the field', () => {
    for (const [notes, handbook, frozen] of [
      [{ a: 'n' }, {}, []],
      [{ a: 'n' }, { a: 'h' }, []],
      [{ b: 'n' }, { b: 'h' }, []],
      [{ a: 'n' }, { a: 'h' }, ['a']],
      [{ a: 'n' }, {}, ['a']],
      [{ a: 'n' }, { a: null }, ['a']],
    ] as const)
      expect(Object.keys(merge({}, notes, handbook, frozen).agreed)).toEqual([]);
  });

  it('[ME2] an agreement closes what was open, and only that', () => {
    expect(merge({ a: 'x' }, { a: 'y' }, { a: 'y' }).closes).toEqual([]);
    expect(merge({ a: 'x' }, { a: 'y' }, { a: 'y' }, ['a']).closes).toEqual(['a']);
  });

  it('[ME5] an open conflict is brought up to date whole, and its base stays', () => {
    const { conflicts, agreed } = merge({ a: 'x' }, { a: 'x' }, { a: 'h' }, ['a']);
    expect(conflicts).toEqual([
      { kind: 'field', field: 'a', base: 'x', notes: 'x', handbook: 'h', policy: 'manual', winner: null },
    ]);
    expect(agreed).toEqual({ a: 'x' });
  });

  it('[MC2] what left the mapping is emptied once', () => {
    expect(merge({}, {}, { gone: 'left over' }).toHandbook).toEqual({ gone: null });
    expect(merge({}, {}, { gone: null }).toHandbook).toEqual({});
  });
});
