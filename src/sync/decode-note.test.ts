import { describe, expect, it } from 'vitest';
import { type DecodeCode, decodeNote } from './decode-note.ts';
import type { FieldMapping, FieldType } from './mapping.ts';
import type { Item } from './note.ts';
import type { FieldValue } from './values.ts';

function field(type: FieldType, more: Partial<FieldMapping> = {}): FieldMapping {
  return {
    item: 'X',
    field: 'x',
    type,
    direction: 'both',
    writer: 'both',
    conflict: 'manual',
    clear: 'delete',
    nonsummary: false,
    check: {},
    truth: { yes: '1', no: '0' },
    ...more,
  };
}
const decode = (of: FieldMapping, item?: Item, key = 'id') =>
  decodeNote({ key, fields: [of] }, item ? { X: item } : {});
const text = (...values: string[]): Item => ({ type: 'text', values });
const number = (...values: number[]): Item => ({ type: 'number', values });
const datetime = (...values: string[]): Item => ({ type: 'datetime', values });

describe('decodeNote', () => {
  it.each<[FieldType, Item, FieldValue]>([
    ['text', text('Nguyê\u0303n'), 'Nguyễn'],
    ['text', { ...text('a'), list: true }, 'a'],
    ['text', number(12.5), '12.5'],
    ['text', text(' '), ' '],
    ['number', number(-0), 0],
    ['number', text(' 12 '), 12],
    ['number', text('-0,5'), -0.5],
    ['number', text('12.25'), 12.25],
    ['boolean', text('1'), true],
    ['boolean', number(0), false],
    ['date', datetime('1960-02-03'), '1960-02-03'],
    ['date', text('3/2/1960'), '1960-02-03'],
    ['partialDate', datetime('1960-02-03'), '1960-02-03'],
    ['partialDate', text('02/1960'), '1960-02'],
    ['partialDate', number(1960), '1960'],
    ['instant', datetime('2026-01-01T00:00:00.07Z'), '2026-01-01T00:00:00.07Z'],
    ['instant', text('2026-01-01T07:00:00+07:00'), '2026-01-01T00:00:00.00Z'],
    ['list', text('a'), ['a']],
    ['list', text('b', 'a'), ['b', 'a']],
    ['list', number(1, 2), ['1', '2']],
    ['set', text('b', 'a', 'b'), ['a', 'b']],
    ['names', { ...text('CN=B/O=X', 'CN=A/O=X'), names: true }, ['CN=B/O=X', 'CN=A/O=X']],
    ['reference', text('01.001'), '01.001'],
  ])('reads a %s from %j', (type, item, value) => {
    expect(decode(field(type), item)).toEqual({ fields: { x: value }, problems: [] });
  });

  it.each<[string, Item | undefined]>([
    ['missing item', undefined],
    ['empty text', text('')],
    ['no value', { type: 'datetime', values: [] }],
  ])('takes a %s as empty, whatever the type', (_, item) => {
    for (const type of [
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
    ] as const) {
      expect(decode(field(type), item)).toEqual({ fields: { x: null }, problems: [] });
    }
  });

  it.each<[FieldType, Partial<FieldMapping>, Item | undefined, DecodeCode]>([
    ['text', { check: { required: true } }, undefined, 'required'],
    ['text', {}, text('a', 'b'), 'several-values'],
    ['text', {}, datetime('1960-02-03'), 'wrong-type'],
    ['text', { check: { pattern: '^\\d{12}$' } }, number(99000000001), 'number-for-identifier'],
    ['text', { check: { pattern: '^\\d{12}$' } }, text('99000000001'), 'pattern'],
    ['reference', {}, number(1), 'number-for-identifier'],
    ['list', { check: { pattern: '^\\d{8}$' } }, number(1), 'number-for-identifier'],
    ['number', {}, text('1.000'), 'not-a-number'],
    ['number', {}, text('1e3'), 'not-a-number'],
    ['number', {}, text('mười'), 'not-a-number'],
    ['number', {}, number(1, 2), 'several-values'],
    ['number', {}, number(Number.NaN), 'wrong-type'],
    ['number', {}, datetime('1960-02-03'), 'wrong-type'],
    ['number', { check: { max: 100 } }, number(101), 'out-of-range'],
    ['boolean', {}, text('yes'), 'not-true-or-false'],
    ['date', {}, datetime('1960-02-02T17:00:00.00Z'), 'date-with-time'],
    ['date', {}, datetime('T17:00:00'), 'date-with-time'],
    ['date', {}, text('1960'), 'not-a-date'],
    ['date', {}, text('31/02/1960'), 'not-a-date'],
    ['date', {}, number(1960), 'not-a-date'],
    ['partialDate', {}, text('không rõ'), 'not-a-date'],
    ['partialDate', {}, datetime('1960-02-02T17:00:00.00Z'), 'date-with-time'],
    ['instant', {}, datetime('1960-02-03'), 'not-an-instant'],
    ['instant', {}, number(0), 'wrong-type'],
    ['set', {}, datetime('1960-02-03'), 'wrong-type'],
    ['text', { check: { oneOf: ['Nam', 'Nữ'] } }, text('nam'), 'not-in-list'],
  ])('refuses for %s %j the item %j: %s', (type, more, item, code) => {
    const { fields, problems } = decode(field(type, more), item);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(fields).toEqual({});
  });

  it('[AP3] refuses Readers and Authors items that the mapping would write, and reads those that it only pulls', () => {
    for (const flag of ['readers', 'authors'] as const) {
      const item: Item = { type: 'text', values: ['CN=A/O=M'], names: true, [flag]: true };
      for (const direction of ['both', 'push'] as const)
        expect(decode(field('names', { direction }), item).problems).toMatchObject([{ code: 'access-item' }]);
      expect(decode(field('names', { direction: 'pull' }), item).problems).toEqual([]);
    }
  });

  it('[AP3] takes names of a kind that the server does not show for Readers, and other texts for texts', () => {
    const names: Item = { type: 'text', values: ['CN=A/O=M', '[Can bo]'], list: true };
    for (const type of ['names', 'list', 'set'] as const) {
      expect(decode(field(type, { direction: 'both' }), names).problems).toMatchObject([
        { code: 'access-item' },
      ]);
      expect(decode(field(type, { direction: 'pull' }), names).problems).toEqual([]);
    }
    expect(decode(field('names', { direction: 'both' }), { ...names, names: true }).problems).toEqual([]);
    const words: Item = { type: 'text', values: ['Hoc tap', 'CNC'], list: true };
    expect(decode(field('list', { direction: 'both' }), words).problems).toEqual([]);
  });

  it('takes the key as an identifier even without a pattern', () => {
    expect(decode(field('text'), number(1), 'x').problems).toMatchObject([{ code: 'number-for-identifier' }]);
  });

  it('never puts a value into a message', () => {
    const secret = 'bi-mat-0990';
    const forms: [FieldMapping, Item][] = [
      [field('text', { check: { pattern: '^x$', maxLength: 1, oneOf: ['x'] } }), text(secret)],
      [field('number'), text(secret)],
      [field('date'), text(secret)],
      [field('instant'), text(secret)],
      [field('boolean'), text(secret)],
      [field('text'), text(secret, secret)],
    ];
    for (const [of, item] of forms) {
      const { problems } = decode(of, item);
      expect(problems.length).toBeGreaterThan(0);
      expect(JSON.stringify(problems)).not.toContain(secret);
    }
  });

  it('goes on after a problem and leaves rich text and attachments to the pass', () => {
    const fields = [
      field('date'),
      field('text', { item: 'Y', field: 'y' }),
      field('richText', { item: 'NoiDung', field: 'body' }),
      field('attachments', { item: '$FILE', field: 'files' }),
    ];
    const decoded = decodeNote(
      { key: 'id', fields },
      { X: text('?'), Y: text('kept'), NoiDung: text('plain') },
    );
    expect(decoded.fields).toEqual({ y: 'kept' });
    expect(decoded.problems).toMatchObject([{ field: 'x', item: 'X', code: 'not-a-date' }]);
  });
});
