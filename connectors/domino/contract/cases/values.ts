import assert from 'node:assert/strict';
import type { Item } from '../../../../src/sync/note.ts';
import { DominoError } from '../../port.ts';
import { type ContractCase, type Scene, note, text } from '../contract-case.ts';
import { readNote, valuesOf } from '../reading.ts';

const NFC = 'Đảng viên Nguyễn Thị Ánh Tuyết'.normalize('NFC');

/** One field of a form holds one type of value: a way in that goes by a schema knows no others. */
function fieldFor({ type, values, list, nonsummary }: Item): keyof typeof OLDER {
  const [first] = values;
  if (type === 'text') return nonsummary === true ? 'Long' : list === true ? 'Texts' : 'Text';
  if (type === 'number') return list === true ? 'Numbers' : 'Number';
  const kind = /^\d{4}-\d{2}-\d{2}$/.test(String(first)) ? 'Day' : 'Instant';
  return list === true ? `${kind}s` : kind;
}

/** What each kind of field held before. */
const OLDER = {
  Text: 'old',
  Texts: 'old',
  Long: 'old',
  Number: 41,
  Numbers: 41,
  Day: '2000-01-01',
  Days: '2000-01-01',
  Instant: '2000-01-01T00:00:00.00Z',
  Instants: '2000-01-01T00:00:00.00Z',
} as const;

/** Writes an item twice, with the note and over an older value, and expects it back as it was. */
async function keeps(scene: Scene, item: Item): Promise<void> {
  const [probe, late] = [`Probe${fieldFor(item)}`, `Late${fieldFor(item)}`];
  const unid = await scene.create(
    note({ [probe]: item, [late]: { ...item, values: [OLDER[fieldFor(item)]] } }),
  );
  await scene.database.replaceItems(unid, { [late]: item }, null);
  const reading = await readNote(scene.database, unid, [probe, late]);
  for (const name of [probe, late]) {
    const read = reading.items[name];
    assert.ok(read !== undefined, `${name} is there`);
    assert.equal(read.type, item.type);
    // Compared by code unit: a normalisation on the way would be a change by nobody.
    assert.deepEqual(read.values, item.values);
  }
}

async function keepsEach(scene: Scene, items: readonly Item[]): Promise<void> {
  for (const item of items) await keeps(scene, item);
}

export const valueCases: readonly ContractCase[] = [
  {
    name: 'texts stay exactly as they are: Vietnamese composed and decomposed, quotes, line breaks, spaces',
    run: async (scene) =>
      keepsEach(
        scene,
        [
          NFC,
          NFC.normalize('NFD'),
          `'single' "double" \\back\\ O''Brien`,
          'first line\nsecond line\n\nfourth',
          '  spaces  around  ',
          'tab\there; semicolon, comma: colon',
          '<b>&amp;</b> %20 {"a":1} ${x} @dt(\'2020\')',
          '0',
          'true',
          '2026-01-31',
        ].map((value) => text(value)),
      ),
  },
  {
    name: 'a text of 40 KB kept outside the summary comes back whole',
    run: async (scene) => {
      const sentence = `${NFC}; `;
      const long = sentence.repeat(Math.ceil(40_960 / Buffer.byteLength(sentence)));
      assert.ok(Buffer.byteLength(long) >= 40_960);
      await keeps(scene, text(long, { nonsummary: true }));
    },
  },
  {
    name: 'lists keep their order, repetitions and empty entries',
    run: async (scene) =>
      keepsEach(scene, [
        text(['b', 'a', 'b', '', NFC.normalize('NFD')]),
        { type: 'number', values: [3, 1, 2, 1], list: true },
        text(['the only one']),
      ]),
  },
  {
    name: 'numbers are doubles',
    run: async (scene) =>
      keepsEach(
        scene,
        [0, -1, 0.1, 1 / 3, 123_456_789_012, -1.5e-7, 9_007_199_254_740_991].map((value) => ({
          type: 'number',
          values: [value],
        })),
      ),
  },
  {
    name: 'instants keep their hundredths; dates stay dates',
    run: async (scene) =>
      keepsEach(
        scene,
        ['2026-01-31T23:59:59.07Z', '1999-12-31T17:00:00.00Z', '1930-02-03', '2024-02-29'].map((value) => ({
          type: 'datetime',
          values: [value],
        })),
      ),
  },
  {
    name: 'a time of day without a date stays one, or is refused and nothing is written',
    run: async (scene) => {
      const unid = await scene.create(note({ ProbeText: text('kept') }));
      const time: Item = { type: 'datetime', values: ['07:30:00'] };
      const failure = await scene.database
        .replaceItems(unid, { ProbeInstant: time, ProbeText: text('new') }, null)
        .then(
          () => null,
          (cause: unknown) => cause,
        );
      const { items } = await readNote(scene.database, unid, ['ProbeInstant', 'ProbeText']);
      if (failure === null) return assert.deepEqual(items['ProbeInstant']?.values, ['07:30:00']);
      assert.ok(failure instanceof DominoError, 'a DominoError is expected');
      assert.equal(failure.code, 'rejected', failure.message);
      assert.deepEqual([items['ProbeInstant'], items['ProbeText']?.values], [undefined, ['kept']]);
    },
  },
  {
    name: 'lists of dates and of instants keep their order',
    run: async (scene) =>
      keepsEach(scene, [
        { type: 'datetime', values: ['2024-03-01', '2023-01-01'], list: true },
        { type: 'datetime', values: ['2024-03-01T10:00:00.00Z', '2023-01-01T00:00:00.50Z'], list: true },
      ]),
  },
  {
    name: 'an emptied item reads as empty: absent, no value, or one empty text',
    run: async (scene) => {
      const unid = await scene.create(note({ Blank: text(''), None: { type: 'text', values: [] } }));
      const reading = await readNote(scene.database, unid, ['Blank', 'None']);
      for (const name of ['Blank', 'None'])
        assert.ok(
          valuesOf(reading, name).every((value) => value === ''),
          `${name} is empty`,
        );
    },
  },
  {
    name: 'names, readers, authors and summary flags reach the note',
    lacks: ({ person }) => (person.readItems === null ? 'nobody here can see the stored flags' : null),
    run: async (scene) => {
      const names = 'CN=Tran Van Binh/O=Party';
      const unid = await scene.create(
        note({
          Plain: text('plain'),
          Person: text([names], { names: true }),
          Editors: text([names], { names: true, authors: true }),
          DocReaders: text(['*'], { names: true, readers: true }),
          Long: text('long', { nonsummary: true }),
        }),
      );
      const stored = (await scene.person.readItems?.(unid)) ?? {};
      const flagsOf = (name: string) => {
        const { names: isNames, readers, authors, nonsummary } = stored[name] ?? {};
        return [isNames, readers, authors, nonsummary].map((flag) => flag === true);
      };
      assert.deepEqual(flagsOf('Plain'), [false, false, false, false]);
      assert.deepEqual(flagsOf('Person'), [true, false, false, false]);
      assert.deepEqual(flagsOf('Editors'), [true, false, true, false]);
      assert.deepEqual(flagsOf('DocReaders'), [true, true, false, false]);
      assert.equal(flagsOf('Long')[3], true);
    },
  },
];
