import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ItemFlags, NotesDateTime, StoredItem, StoredValue } from '../stored-note.ts';
import { decodeBare, decodeFull, encodeItems } from './item-codec.ts';
import { temporaryDomino } from './testing/temporary-domino.ts';
import { compileQuery } from '../dql/query.ts';
import { textItem } from './item-builders.ts';

const dateTimes: fc.Arbitrary<NotesDateTime> = fc.record({
  date: fc.option(fc.constantFrom('2024-05-06', '1899-12-31')),
  time: fc.option(fc.constantFrom('07:08:09.10', '23:59:59.99')),
  zone: fc.option(fc.constantFrom('+0700', '-0330')),
  dst: fc.boolean(),
});
const list = fc.boolean();
const values: fc.Arbitrary<StoredValue> = fc.oneof(
  fc.record({
    type: fc.constant('text' as const),
    values: fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 }),
    list,
  }),
  // JSON knows no negative zero, and neither does a number item.
  fc.record({
    type: fc.constant('number' as const),
    values: fc.array(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => one + 0),
      { maxLength: 3 },
    ),
    list,
  }),
  fc.record({
    type: fc.constant('datetime' as const),
    values: fc.array(dateTimes, { maxLength: 2 }),
    ranges: fc.array(fc.tuple(dateTimes, dateTimes), { maxLength: 2 }),
    list,
  }),
  fc.record({ type: fc.constant('formula' as const), source: fc.string(), compiled: fc.boolean() }),
  fc.record({
    type: fc.constant('richtext' as const),
    format: fc.constantFrom('dxl' as const, 'cd' as const),
    bytes: fc.uint8Array({ maxLength: 8 }),
  }),
);
const flag = fc.constantFrom(
  'summary',
  'names',
  'readers',
  'authors',
  'sign',
  'seal',
  'sealed',
  'protected',
  'placeholder',
  'unchanged',
);
const flags: fc.Arbitrary<ItemFlags> = fc
  .array(fc.tuple(flag, fc.boolean()), { maxLength: 4 })
  .map((set) => Object.fromEntries(set) as ItemFlags);
const items: fc.Arbitrary<StoredItem[]> = fc.array(
  fc.record({ name: fc.string({ minLength: 1 }), value: values, flags }),
  { maxLength: 6 },
);

describe('the form of items in the file', () => {
  test('gives back every item as it was, flags that are written out as not set included', () => {
    fc.assert(
      fc.property(items, (given) => {
        const kept: Uint8Array[] = [];
        const json = encodeItems(given, (bytes) => ({ id: kept.push(bytes) - 1, size: bytes.byteLength }));
        expect(decodeFull(json, ({ id }) => kept[id] as Uint8Array)).toEqual(given);
        expect(decodeBare(json).map(({ name }) => name)).toEqual(given.map(({ name }) => name));
      }),
    );
  });

  test('reads what older files hold: items written out', () => {
    const item = { name: 'A', value: { type: 'text', values: ['x'], list: false }, flags: { summary: true } };
    expect(decodeBare(JSON.stringify([item]))).toEqual([item]);
  });
});

test('a query on nothing but forms and times finds what looking at the items finds, also forms of an unusual kind', () => {
  using domino = temporaryDomino();
  const { database } = domino;
  database.create([textItem('Form', 'Đơn')]);
  database.create([textItem('form', 'don')]);
  database.create([{ ...textItem('Form', 'don'), flags: {} }]);
  database.create([textItem('Form', ['x', 'DON'])]);
  database.create([textItem('Form', 'x'), textItem('FORM', 'don')]);
  database.create([textItem('Form', '')]);
  database.create([textItem('Other', 'don')]);
  const count = (query: string): number => database.query(compileQuery(query)).matches.length;
  expect(count("Form = 'ĐON'")).toBe(4);
  expect(count("Form = 'don' and (@all or Absent = 1)")).toBe(4);
  expect(count("Form in ('x', 'don')")).toBe(4);
  expect(count("Form = ''")).toBe(1);
  expect(count("@all and not Form = 'don'")).toBe(3);
  expect(count("Form = 'don' and @Created > @dt('2030-01-01T00:00:00Z')")).toBe(0);
});
