import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Slice } from '../port.ts';
import { itemQuery, quoted, sliceQuery, unchangedQuery } from './query.ts';

const slice = (bounds: Partial<Slice>): Slice => ({
  by: 'modifiedInThisFile',
  forms: ['DangVien'],
  from: null,
  to: null,
  ...bounds,
});

describe('sliceQuery', () => {
  it('names forms, lower bound and open upper bound', () => {
    const bounds = { forms: ['A', "B'C"], from: '2026-01-01T00:00:00Z', to: '2026-01-01T00:00:01Z' };
    expect(sliceQuery(slice(bounds))).toBe(
      "Form in ('A', 'B''C') and @ModifiedInThisFile >= @dt('2026-01-01T00:00:00Z') and @ModifiedInThisFile < @dt('2026-01-01T00:00:01Z')",
    );
  });

  it('asks by creation', () => {
    expect(sliceQuery(slice({ by: 'created', from: '2026-01-01T00:00:00Z' }))).toBe(
      "Form in ('DangVien') and @Created >= @dt('2026-01-01T00:00:00Z')",
    );
  });

  it.each(['2026-01-01', '2026-01-01T00:00:00.5Z', '2026-13-01T00:00:00Z', "2026-01-01T00:00:00Z') or @all"])(
    'refuses the bound "%s"',
    (from) => {
      expect(() => sliceQuery(slice({ from }))).toThrow(/whole second/);
    },
  );

  it('refuses a query without forms, and one that Domino would not take', () => {
    expect(() => sliceQuery(slice({ forms: [] }))).toThrow(/no form/);
    expect(() => sliceQuery(slice({ forms: ['x'.repeat(70_000)] }))).toThrow(/64 KB/);
  });
});

describe('quoting', () => {
  it('leaves no quote that could end the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const literal = quoted(value);
        const inside = literal.slice(1, -1);
        expect(literal.startsWith("'") && literal.endsWith("'")).toBe(true);
        expect(inside.replaceAll("''", '')).not.toContain("'");
        expect(inside.replaceAll("''", "'")).toBe(value);
      }),
    );
  });

  it('refuses an item name that is not one', () => {
    for (const name of ['', 'A = 1 or B', "A'", 'A)', '1A', '@all'])
      expect(() => itemQuery('F', name, 'x')).toThrow(/item/i);
    expect(itemQuery('F', '$Conflict', "O'Hara")).toBe("Form in ('F') and $Conflict = 'O''Hara'");
  });

  it('refuses to guard with a malformed UNID or stamp', () => {
    const unid = '0123456789ABCDEF0123456789ABCDEF';
    expect(unchangedQuery(unid, '2026-01-01T00:00:00.07Z')).toBe(
      `@DocumentUniqueID = '${unid}' and @ModifiedInThisFile <= @dt('2026-01-01T00:00:00.07Z')`,
    );
    expect(() => unchangedQuery('x', '2026-01-01T00:00:00.07Z')).toThrow(/malformed/);
    expect(() => unchangedQuery(unid, 'yesterday')).toThrow(/malformed/);
  });
});
