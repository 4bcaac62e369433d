import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../../src/sync/note.ts';
import { decodeEntry } from './decode.ts';
import { encodeItems } from './encode.ts';

const UNID = '0123456789ABCDEF0123456789ABCDEF';
const stamp = (data: string) => ({ type: 'datetime', data });
const entry = (items: Record<string, unknown>) => ({
  '@unid': UNID.toLowerCase(),
  '@created': stamp('2026-01-01T00:00:00Z'),
  '@modified': stamp('2026-01-02T00:00:00.5Z'),
  ...items,
});
const itemOf = (value: unknown): unknown => {
  const reading = decodeEntry(entry({ Form: 'F', Probe: value }), ['Form', 'Probe']);
  return reading.kind === 'note' ? reading.items['Probe'] : reading;
};

describe('decodeEntry', () => {
  it('gives stamps, token and UNID in our spelling', () => {
    expect(decodeEntry(entry({ Form: 'F' }), ['Form'])).toEqual({
      kind: 'note',
      unid: UNID,
      created: '2026-01-01T00:00:00.00Z',
      modified: '2026-01-02T00:00:00.50Z',
      token: { kind: 'modified', value: '2026-01-02T00:00:00.50Z' },
      items: { Form: { type: 'text', values: ['F'] } },
    });
  });

  it('finds items whatever casing the server answers', () => {
    const reading = decodeEntry(entry({ FORM: 'F', hoten: 'A' }), ['Form', 'HoTen']);
    expect(reading.kind === 'note' && Object.keys(reading.items)).toEqual(['Form', 'HoTen']);
  });

  it.each([
    ['shorthand text', 'a', { type: 'text', values: ['a'] }],
    ['shorthand number', 1.5, { type: 'number', values: [1.5] }],
    ['shorthand list', ['a', 'b'], { type: 'text', values: ['a', 'b'], list: true }],
    [
      'shorthand list of dates',
      [stamp('2026-01-01'), stamp('2026-01-02')],
      { type: 'datetime', values: ['2026-01-01', '2026-01-02'], list: true },
    ],
    ['canonical scalar', { type: 'number', data: 3 }, { type: 'number', values: [3] }],
    [
      'canonical list of one with flags',
      { type: 'text', data: ['CN=A'], names: true, readers: true, nonsummary: false },
      { type: 'text', values: ['CN=A'], list: true, names: true, readers: true },
    ],
    ['an emptied date', stamp(''), { type: 'datetime', values: [] }],
  ])('reads %s', (_what, value, expected) => {
    expect(itemOf(value)).toEqual(expected);
  });

  it.each([
    ['mixed list', ['a', 1]],
    ['unknown type', { type: 'richtext', data: 'x' }],
    ['data of another type', { type: 'number', data: 'x' }],
    ['range of dates', { type: 'datetime', data: [['2026-01-01', '2026-01-02']] }],
    ['boolean', true],
  ])('a %s makes the one note failed', (_what, value) => {
    expect(itemOf(value)).toMatchObject({ kind: 'failed', unid: UNID, code: 'protocol' });
  });

  it('metadata without any item is unreadable; items without Form are a note that lost it', () => {
    expect(decodeEntry(entry({}), ['Form', 'Title'])).toEqual({ kind: 'unreadable', unid: UNID });
    const formless = decodeEntry(entry({ Title: 'x' }), ['Form', 'Title']);
    expect(formless).toMatchObject({ kind: 'note', items: { Title: { values: ['x'] } } });
  });

  it.each([
    [{ code: 'ERR_NOT_FOUND', message: 'Document not found in database' }, 'missing', undefined],
    [{ code: 'ERR_FORBIDDEN', message: 'no' }, 'failed', 'not-authorized'],
    [{ code: 'ERR_INTERNAL_ERROR', message: 'no' }, 'failed', 'busy'],
    ['a text', 'failed', 'busy'],
  ])('an entry with @error %j is %s', (error, kind, code) => {
    const reading = decodeEntry({ '@unid': UNID, '@error': error }, ['Form']);
    expect(reading).toMatchObject({ kind, unid: UNID, ...(code === undefined ? {} : { code }) });
  });

  it('never throws, whatever the entry', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true }),
        fc.anything(),
        (any, form) => {
          expect(['failed', 'missing']).toContain(decodeEntry(any, ['Form']).kind);
          expect(['failed', 'note', 'unreadable']).toContain(
            decodeEntry(entry({ Form: form }), ['Form']).kind,
          );
        },
      ),
    );
  });

  it('never shows an item value in a message', () => {
    const reading = decodeEntry(entry({ Form: 'F', Ten: { type: 'text', data: { secret: 'Nguyen' } } }), [
      'Form',
      'Ten',
    ]);
    expect(reading.kind).toBe('failed');
    expect(JSON.stringify(reading)).not.toContain('Nguyen');
  });
});

describe('encode, then decode', () => {
  const values = fc.oneof(
    fc.record({
      type: fc.constant('text' as const),
      values: fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }),
    }),
    fc.record({
      type: fc.constant('number' as const),
      values: fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }),
    }),
    fc.record({
      type: fc.constant('datetime' as const),
      values: fc.array(fc.constantFrom('2026-01-01', '07:30:00', '2026-01-01T00:00:00.07Z'), {
        minLength: 1,
      }),
    }),
  );
  const flag = fc.constantFrom(
    {},
    { names: true },
    { names: true, readers: true },
    { names: true, authors: true },
  );

  it('gives the item back, over the wire', () => {
    fc.assert(
      fc.property(values, flag, fc.boolean(), (bare, flags, list) => {
        const item: Item = { ...bare, ...flags, ...(list || bare.values.length > 1 ? { list: true } : {}) };
        const wire: unknown = JSON.parse(JSON.stringify(encodeItems({ Probe: item })['Probe']));
        expect(JSON.stringify(itemOf(wire))).toBe(JSON.stringify(normal(item)));
      }),
    );
  });

  it('refuses values that their type does not allow', () => {
    for (const item of [
      { type: 'number', values: [Number.NaN] },
      { type: 'number', values: ['1'] },
      { type: 'datetime', values: ['yesterday'] },
      { type: 'text', values: [1] },
    ] as const)
      expect(() => encodeItems({ Probe: item })).toThrow(/Probe/);
  });

  it('an item without values is cleared as Notes clears it', () => {
    expect(encodeItems({ Probe: { type: 'number', values: [] } })).toEqual({
      Probe: { type: 'text', data: '' },
    });
  });
});

/** Key order of a decoded item. */
function normal({ type, values, list, names, readers, authors }: Item): Record<string, unknown> {
  return { type, values, list, names, readers, authors };
}
