import * as fc from 'fast-check';
import type { NotesDateTime, StoredItem, StoredNote, StoredValue } from '../../embedded/stored-note.ts';
import { flagNames } from '../read-item.ts';
import { writeElement, type XmlElement } from '../xml-tree.ts';

/** Any UTF-16, with what XML does not allow and what it needs escaped more often than by chance. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 4 }),
      fc.constantFrom(
        '\n',
        '\r',
        '\r\n',
        '\t',
        ' ',
        '&',
        '<',
        '>',
        ']]>',
        "'",
        '"',
        '\u0000',
        '\u0085',
        '\u2028',
      ),
      fc.constantFrom('\uD83D', '\uDE00', '\uFFFE', '\uFFFF', '\uFEFF', 'Nguyễn', 'e\u0301', '\u001F'),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

const legalText = anyText.map((text) =>
  text.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ''),
);

const bytes = fc.uint8Array({ maxLength: 200 });
const instant = fc.integer({ min: 0, max: 25e9 }).map((ticks) => ticks * 100);

const two = (max: number, min = 0): fc.Arbitrary<string> =>
  fc.integer({ min, max }).map((number) => String(number).padStart(2, '0'));

const dateTime: fc.Arbitrary<NotesDateTime> = fc
  .record({
    date: fc.option(fc.tuple(fc.integer({ min: 1, max: 9999 }), two(12, 1), two(31, 1))),
    time: fc.option(fc.tuple(two(23), two(59), two(59), two(99))),
    zone: fc.option(fc.tuple(fc.constantFrom('+', '-'), two(14), fc.constantFrom('00', '30', '45'))),
    dst: fc.boolean(),
  })
  .map(({ date, time, zone, dst }) => ({
    date: date && [String(date[0]).padStart(4, '0'), date[1], date[2]].join('-'),
    time: time && `${time[0]}:${time[1]}:${time[2]}.${time[3]}`,
    zone: time && zone && zone.join(''),
    dst,
  }));

const xmlName = fc.constantFrom('par', 'run', 'font', 'novelty', 'text', 'break');

const xml: fc.Arbitrary<XmlElement> = fc.letrec<{ element: XmlElement }>((tie) => ({
  element: fc
    .record({
      name: xmlName,
      attributes: fc.dictionary(fc.constantFrom('def', 'size', 'x'), legalText, { noNullPrototype: true }),
      children: fc.array(fc.oneof({ maxDepth: 4 }, legalText, tie('element')), { maxLength: 3 }),
    })
    .map((element) => ({ ...element, children: element.children.filter((child) => child !== '') })),
})).element;

const asRoot = (name: string): fc.Arbitrary<Uint8Array> =>
  xml.map((element) => new TextEncoder().encode(writeElement({ ...element, name })));

/** A list, or exactly one value. */
function values<T>(one: fc.Arbitrary<T>): fc.Arbitrary<{ values: T[]; list: boolean }> {
  return fc.oneof(
    fc.record({ values: fc.tuple(one), list: fc.constant(false) }),
    fc.record({ values: fc.array(one, { maxLength: 4 }), list: fc.constant(true) }),
  );
}

const number = fc.double().filter((value) => !Number.isNaN(value));

const value: fc.Arbitrary<StoredValue> = fc.oneof(
  values(anyText).map((all): StoredValue => ({ type: 'text', ...all })),
  values(number).map((all): StoredValue => ({ type: 'number', ...all })),
  values(dateTime).map((all): StoredValue => ({ type: 'datetime', ranges: [], ...all })),
  fc
    .record({
      values: fc.array(dateTime, { maxLength: 2 }),
      ranges: fc.array(fc.tuple(dateTime, dateTime), { maxLength: 2 }),
    })
    .map((all): StoredValue => ({ type: 'datetime', list: true, ...all })),
  asRoot('richtext').map((all): StoredValue => ({ type: 'richtext', format: 'dxl', bytes: all })),
  bytes.map((all): StoredValue => ({ type: 'richtext', format: 'cd', bytes: all })),
  fc
    .record({
      name: legalText,
      created: fc.option(dateTime),
      modified: fc.option(dateTime),
      bytes,
      attributes: fc.dictionary(fc.constantFrom('hosttype', 'compression', 'flags'), legalText, {
        noNullPrototype: true,
      }),
    })
    .map((file): StoredValue => ({ type: 'file', file })),
  fc
    .record({ source: anyText, compiled: fc.boolean() })
    .map((formula): StoredValue => ({ type: 'formula', ...formula })),
  fc
    .record({
      element: fc.constantFrom('rawitemdata', 'itemdata'),
      typeHex: fc.constantFrom('4', 'e', '19', ''),
      bytes,
    })
    .map((raw): StoredValue => ({ type: 'raw', ...raw })),
  fc
    .constantFrom('novelty', 'mime', 'textproperties', 'wassignedby')
    .chain((element) =>
      asRoot(element).map((all): StoredValue => ({ type: 'raw', element, typeHex: '', bytes: all })),
    ),
);

const itemName = fc.oneof(
  fc.constantFrom(
    'Form',
    '$UpdatedBy',
    '$Revisions',
    '$Name',
    '$FILE',
    'Body',
    '$DXL_mime',
    '$DXL_attributes',
  ),
  legalText,
);

const item: fc.Arbitrary<StoredItem> = fc.record({
  name: itemName,
  value,
  flags: fc.subarray([...flagNames]).map((set) => Object.fromEntries(set.map((flag) => [flag, true]))),
});

/** Items that DXL prints outside `<item>`, and look-alikes of them. */
const special: fc.Arbitrary<StoredItem> = fc
  .record({
    name: fc.constantFrom('Form', '$UpdatedBy', '$Name', '$DXL_attributes'),
    text: fc.oneof(
      anyText,
      fc.constantFrom('$profile_001a_', '$profile_001a_b', 'key=x', 'truncated=true', 'form=y', 'parent=z'),
    ),
    list: fc.boolean(),
    summary: fc.boolean(),
    names: fc.boolean(),
  })
  .map(({ name, text, list, summary, names }) => ({
    name,
    value: { type: 'text', values: [text], list },
    flags: { ...(summary && { summary }), ...(names && { names }) },
  }));

const unid = fc.stringMatching(/^[0-9A-F]{32}$/);

/** Notes with anything in them that a database can hold. */
export const storedNote: fc.Arbitrary<StoredNote> = fc.record({
  unid,
  noteId: fc.integer({ min: 0x8f6, max: 0x7fffffff }),
  sequence: fc.integer({ min: 1, max: 65_535 }),
  sequenceTime: instant,
  created: instant,
  modifiedInFile: instant,
  addedToFile: instant,
  parent: fc.option(unid),
  conflict: fc.boolean(),
  items: fc.array(fc.oneof(item, special), { maxLength: 6 }),
});
