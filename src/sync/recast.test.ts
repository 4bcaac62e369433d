import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldType, Mapping } from './mapping.ts';
import { plan } from './plan.ts';
import { recastSides } from './recast.ts';
import { fieldOf, mappingOf } from './testing/sample-mapping.ts';
import type { FieldValue } from './values.ts';

const mapping = (type: FieldType): Mapping => mappingOf([fieldOf('code'), fieldOf('x', { type })]);

describe('a field whose type changed', () => {
  it.each<[FieldType, FieldValue, FieldValue]>([
    ['number', '5', 5],
    ['text', 5, '5'],
    ['set', 'a', ['a']],
    ['list', 'a', ['a']],
    ['text', ['a'], 'a'],
    ['text', 'a\r\nb', 'a\nb'],
  ])('[MC4] %s: %j is said as %j on both sides', (type, old, now) => {
    const sides = recastSides(mapping(type), { x: old }, { x: old });
    expect(sides).toEqual({ base: { x: now }, handbook: { x: now } });
  });

  it('[MC4] that cannot be said any more is no base and empty; a member’s edit stays for a merge', () => {
    expect(recastSides(mapping('number'), { x: 'năm' }, { x: 'năm' })).toEqual({
      base: {},
      handbook: { x: null },
    });
    expect(recastSides(mapping('number'), { x: 'năm' }, { x: 'sáu' })).toEqual({
      base: {},
      handbook: { x: 'sáu' },
    });
  });

  it('[MC4] settles in one round without a conflict and without a write to Notes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -999, max: 999 }), (value) => {
        const decided = plan({
          mapping: mapping('number'),
          pair: {
            status: 'live',
            base: { code: 'k', x: String(value) },
            baseMapping: '1',
            bornIn: 'notes',
            unid: 'A',
          },
          notes: { kind: 'note', token: { kind: 'oid', value: '1' }, fields: { code: 'k', x: value } },
          handbook: { kind: 'record', version: 1, hidden: false, fields: { code: 'k', x: String(value) } },
          intents: [],
          frozen: new Set(),
          key: 'free',
        });
        expect([decided.rule, decided.notes, decided.conflicts, decided.base['x']]).toEqual([
          'MC4',
          null,
          [],
          value,
        ]);
        expect(decided.handbook).toMatchObject({ kind: 'put', set: { x: value } });
      }),
    );
  });
});
