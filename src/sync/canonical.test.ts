import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalValue, sameValue } from './canonical.ts';
import type { FieldType } from './mapping.ts';
import type { FieldValue } from './values.ts';

const types: readonly FieldType[] = [
  'text',
  'number',
  'boolean',
  'date',
  'partialDate',
  'instant',
  'list',
  'set',
  'names',
  'reference',
];

describe('canonicalValue', () => {
  it.each([undefined, null, '', [''], []])('takes %j as empty for every type', (value) => {
    for (const type of types) expect(canonicalValue(type, value)).toBeNull();
  });

  it('composes Vietnamese letters and keeps every blank', () => {
    expect(canonicalValue('text', '  Nguyê\u0303n Thi\u0323 Hoà  ')).toBe('  Nguyễn Thị Hoà  ');
  });

  it('does not unify tone placement: that would rewrite a name', () => {
    expect(sameValue(canonicalValue('text', 'hoà'), canonicalValue('text', 'hòa'))).toBe(false);
  });

  it.each([
    ['a\r\nb\rc\nd', 'a\nb\nc\nd'],
    ['a\0b', 'a\nb'],
  ])('gives line ends one form: %j', (raw, canonical) => {
    expect(canonicalValue('text', raw)).toBe(canonical);
    expect(canonicalValue('list', [raw, 'x'])).toEqual([canonical, 'x']);
  });

  it('sorts and dedupes sets, drops their blanks, and keeps the order of lists and names', () => {
    expect(canonicalValue('set', ['b', '', 'a', 'b'])).toEqual(['a', 'b']);
    expect(canonicalValue('set', ['e\u0302', 'ê'])).toEqual(['ê']);
    expect(canonicalValue('set', ['', ''])).toBeNull();
    expect(canonicalValue('list', ['b', '', 'a', 'b'])).toEqual(['b', '', 'a', 'b']);
    expect(canonicalValue('names', ['CN=B/O=X', '', 'CN=A/O=X'])).toEqual(['CN=B/O=X', 'CN=A/O=X']);
  });

  it('has no negative zero', () => {
    expect(Object.is(canonicalValue('number', -0), 0)).toBe(true);
  });

  it.each([
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.00Z'],
    ['2026-01-01T06:59:59.129+07:00', '2025-12-31T23:59:59.12Z'],
    ['2026-01-01T00:00:00.9Z', '2026-01-01T00:00:00.90Z'],
    ['2026-02-30T00:00:00Z', '2026-02-30T00:00:00Z'],
    ['not a time', 'not a time'],
    ['2026-01-01', '2026-01-01'],
  ])('normalises the instant %s', (raw, canonical) => {
    expect(canonicalValue('instant', raw)).toBe(canonical);
  });

  it('orders attachments, because their order means nothing', () => {
    const a = { name: 'a.pdf', sha256: 'f'.repeat(64), size: 1 };
    const b = { name: 'b.pdf', sha256: '0'.repeat(64), size: 2 };
    expect(canonicalValue('attachments', [b, a])).toEqual([a, b]);
  });

  it('is idempotent', () => {
    const scalar = fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.boolean());
    const value: fc.Arbitrary<FieldValue> = fc.oneof(scalar, fc.array(scalar), fc.constant(null));
    fc.assert(
      fc.property(fc.constantFrom(...types), value, (type, raw) => {
        const once = canonicalValue(type, raw);
        expect(canonicalValue(type, once)).toEqual(once);
      }),
    );
  });

  it('makes instants that order as text orders them', () => {
    const at = fc.date({ min: new Date('0001-01-02'), max: new Date('9998-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(at, at, (a, b) => {
        const [x, y] = [
          canonicalValue('instant', a.toISOString()),
          canonicalValue('instant', b.toISOString()),
        ];
        expect((x as string) < (y as string)).toBe(
          Math.floor(a.getTime() / 10) < Math.floor(b.getTime() / 10),
        );
      }),
    );
  });
});

describe('sameValue', () => {
  const blob = { name: 'a.pdf', sha256: 'f'.repeat(64), size: 1 };

  it('compares blobs by name and digest', () => {
    expect(sameValue(blob, { ...blob, size: 2 })).toBe(true);
    expect(sameValue(blob, { ...blob, name: 'b.pdf' })).toBe(false);
    expect(sameValue([blob], [{ ...blob, sha256: '0'.repeat(64) }])).toBe(false);
  });

  it.each<[FieldValue, FieldValue]>([
    [null, 'a'],
    [null, ['a']],
    ['a', ['a']],
    [['a'], ['a', 'b']],
    [
      ['a', 'b'],
      ['b', 'a'],
    ],
    ['1', 1],
    [false, null],
    [0, null],
    [blob, null],
    [blob, 'a.pdf'],
  ])('tells %j from %j', (a, b) => {
    expect(sameValue(a, b)).toBe(false);
    expect(sameValue(b, a)).toBe(false);
  });

  it.each<FieldValue>([null, 'a', 0, false, ['a', 'b'], blob, [blob]])(
    'finds %j equal to its copy',
    (value) => {
      expect(sameValue(value, structuredClone(value))).toBe(true);
    },
  );
});
