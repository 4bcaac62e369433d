import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalValue } from './canonical.ts';
import { decodeNote } from './decode-note.ts';
import { encodeFields } from './encode-fields.ts';
import type { FieldMapping, FieldType, Mapping } from './mapping.ts';
import type { Item } from './note.ts';
import type { FieldValue } from './values.ts';

function mappingOf(...fields: Partial<FieldMapping>[]): Mapping {
  return {
    form: 'F',
    entity: 'e',
    version: '1.1',
    title: { vi: 'f', en: 'f' },
    key: 'id',
    gate: {
      denied: false,
      classification: { item: 'DoMat', open: ['Thuong'] },
      release: { item: 'ChoPhepChuyen', marks: ['1'] },
    },
    creates: 'both',
    handbookDelete: 'refuse',
    editAgainstDelete: 'keep-edit',
    acceptRace: false,
    fields: fields.map((more) => ({
      item: 'X',
      field: 'x',
      type: 'text',
      direction: 'both',
      writer: 'both',
      conflict: 'manual',
      clear: 'delete',
      nonsummary: false,
      check: {},
      ...more,
    })),
  };
}

const texts = fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 });
const day = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
const written: Readonly<Record<Exclude<FieldType, 'richText' | 'attachments'>, fc.Arbitrary<FieldValue>>> = {
  text: fc.string({ unit: 'grapheme' }),
  reference: fc.string({ unit: 'grapheme' }),
  number: fc.double({ noNaN: true, noDefaultInfinity: true }),
  boolean: fc.boolean(),
  date: day.map((at) => at.toISOString().slice(0, 10)),
  partialDate: fc
    .tuple(day, fc.constantFrom(4, 7, 10))
    .map(([at, length]) => at.toISOString().slice(0, length)),
  instant: day.map((at) => at.toISOString()),
  list: texts,
  set: texts,
  names: texts,
};

describe('encodeFields', () => {
  it.each(Object.keys(written) as (keyof typeof written)[])('decodes back to the same %s', (type) => {
    const value = fc.option(written[type]).map((raw) => canonicalValue(type, raw));
    const more = fc.record({
      clear: fc.constantFrom('empty', 'delete'),
      nonsummary: fc.boolean(),
      truth: fc.constantFrom({ yes: '1', no: '0' }, { yes: 1, no: 0 }, { yes: 'Có', no: 'Không' }),
    }) satisfies fc.Arbitrary<Partial<FieldMapping>>;
    fc.assert(
      fc.property(value, more, (x, options) => {
        const mapping = mappingOf({ type, ...options });
        const items: Record<string, Item> = {};
        for (const [name, item] of Object.entries(encodeFields(mapping, { x }))) if (item) items[name] = item;
        expect(decodeNote(mapping, items)).toEqual({ fields: { x }, problems: [] });
      }),
    );
  });

  it.each<[Partial<FieldMapping>, FieldValue, Item | null]>([
    [{ clear: 'delete' }, null, null],
    [{ clear: 'empty' }, null, { type: 'text', values: [''] }],
    [{ clear: 'empty', type: 'number' }, null, { type: 'text', values: [''] }],
    [{ nonsummary: true }, 'dài', { type: 'text', values: ['dài'], nonsummary: true }],
    [{ type: 'list' }, ['a'], { type: 'text', values: ['a'], list: true }],
    [{ type: 'names' }, ['CN=A/O=X'], { type: 'text', values: ['CN=A/O=X'], list: true, names: true }],
    [{ type: 'boolean', truth: { yes: 1, no: 0 } }, false, { type: 'number', values: [0] }],
    [{ type: 'date' }, '2026-02-03', { type: 'datetime', values: ['2026-02-03'] }],
    [{ type: 'partialDate' }, '1960-02', { type: 'text', values: ['02/1960'] }],
    [{ type: 'partialDate' }, '1960-02-03', { type: 'text', values: ['03/02/1960'] }],
    [
      { type: 'instant' },
      '2026-02-03T00:00:00.00Z',
      { type: 'datetime', values: ['2026-02-03T00:00:00.00Z'] },
    ],
  ])('writes %j of %j as %j', (more, value, item) => {
    expect(encodeFields(mappingOf(more), { x: value })).toEqual({ X: item });
  });

  it('writes only what is given', () => {
    expect(encodeFields(mappingOf({}, { item: 'Y', field: 'y' }), { y: 'b' })).toEqual({
      Y: { type: 'text', values: ['b'] },
    });
  });

  it.each<[string, Partial<FieldMapping>, Record<string, FieldValue>, RegExp]>([
    ['an unmapped field', {}, { other: 'a' }, /does not map it/],
    ['an item that Notes owns', { direction: 'pull' }, { x: 'a' }, /direction is pull/],
    ['the level', { item: 'DOMAT' }, { x: 'Thuong' }, /belongs to the gate/],
    ['the release mark', { item: 'ChoPhepChuyen' }, { x: null }, /belongs to the gate/],
    ['the form', { item: 'Form' }, { x: 'a' }, /belongs to the gate/],
    ['an item of Domino', { item: '$Readers' }, { x: 'a' }, /belong to Domino/],
    [
      'rich text',
      { type: 'richText' },
      { x: { name: '', sha256: 'a'.repeat(64), size: 1 } },
      /never written/,
    ],
    ['another type', { type: 'number' }, { x: '1' }, /not of type number/],
    ['a list for one text', {}, { x: ['a'] }, /not of type text/],
    ['one text for a list', { type: 'set' }, { x: 'a' }, /not of type set/],
  ])('refuses to write %s', (_, more, changed, message) => {
    expect(() => encodeFields(mappingOf(more), changed)).toThrow(message);
  });
});
