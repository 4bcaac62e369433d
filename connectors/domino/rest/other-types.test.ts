import { afterEach, describe, expect, it } from 'vitest';
import { dateTimeItem, numberItem, textItem } from '../embedded/engine/item-builders.ts';
import { withItems } from '../embedded/engine/item-lookup.ts';
import { dateTimeOf } from '../embedded/engine/notes-date-time.ts';
import type { StoredItem } from '../embedded/stored-note.ts';
import type { ExpectedForm, ExpectedItem } from './findings.ts';
import { schemaFor } from './schema-for.ts';
import { openEmbeddedRest, type RestSubject } from './testing/embedded-rest.ts';
import { isTypeMode } from './type-modes.ts';

const item = (name: string, value: ExpectedItem['value'], header = false): ExpectedItem => ({
  name,
  value,
  list: false,
  names: false,
  long: false,
  header,
  written: true,
});

const EXPECTED: readonly ExpectedForm[] = [
  {
    form: 'Ho so',
    items: [
      item('DoMat', 'text', true),
      item('Ten', 'text'),
      item('Diem', 'number'),
      item('Ngay', 'date'),
      item('Luc', 'instant'),
    ],
    creates: true,
    deletes: false,
  },
];
const ITEMS = ['Form', 'DoMat', 'Ten', 'Diem', 'Ngay', 'Luc'];
const INSTANT = Date.parse('2026-01-15T08:00:00.370Z');
const DATE = { date: '2026-01-15', time: null, zone: null, dst: false };

let subject: RestSubject;
afterEach(() => subject.close());

async function open(schema: object = schemaFor(EXPECTED, { name: 'scratch' })): Promise<RestSubject> {
  subject = await openEmbeddedRest({ schema, database: { expected: EXPECTED } });
  return subject;
}

const create = (...items: StoredItem[]): string =>
  subject.stored.create([textItem('Form', 'Ho so'), textItem('DoMat', 'Thuong'), ...items]).unid;

async function read(unid: string, names = ITEMS): Promise<unknown> {
  const [reading] = await subject.database.readNotes([unid], names);
  if (reading?.kind !== 'note') return reading;
  const { Form: _form, DoMat: _level, ...items } = reading.items;
  return Object.fromEntries(
    Object.entries(items).map(([name, { type, values }]) => [name, [type, ...values]]),
  );
}

describe('an item of another type than the declared one', () => {
  it.each<[string, StoredItem, readonly unknown[]]>([
    ['text for a number', textItem('Diem', 'mười'), ['text', 'mười']],
    ['text for a date', textItem('Ngay', 'hôm qua'), ['text', 'hôm qua']],
    ['text for an instant', textItem('Luc', ['a', 'b']), ['text', 'a', 'b']],
    ['a number for text', numberItem('Ten', 7), ['number', 7]],
    ['a number for a date', numberItem('Ngay', 20260115), ['number', 20260115]],
    ['a date for text', dateTimeItem('Ten', DATE), ['datetime', '2026-01-15']],
    ['an instant for a number', dateTimeItem('Diem', dateTimeOf(INSTANT)), ['datetime', '2026-01-15']],
    ['a date for an instant', dateTimeItem('Luc', DATE), ['datetime', '2026-01-15']],
  ])('is seen with the type that it has: %s', async (_, stored, expected) => {
    await open();
    expect(await read(create(stored))).toEqual({ [stored.name]: expected });
  });

  it('is not looked for where nothing is missing, nor before the release of a note is known', async () => {
    await open();
    const whole = create(
      textItem('Ten', 'Lan'),
      numberItem('Diem', 1),
      dateTimeItem('Ngay', DATE),
      dateTimeItem('Luc', dateTimeOf(INSTANT)),
    );
    const before = subject.domino.requests.entries().length;
    expect(Object.keys((await read(whole)) as object)).toEqual(['Ten', 'Diem', 'Ngay', 'Luc']);
    expect(subject.domino.requests.entries().length - before).toBe(1);
    await read(create(), ['Form', 'DoMat']);
    expect(subject.domino.requests.entries().length - before).toBe(2);
  });

  it('of a note that changes while it is read belongs to no reading', async () => {
    await open();
    const unid = create(textItem('Diem', 'mười'));
    // Somebody saves between the two halves.
    let saved = false;
    const end = subject.domino.requests.subscribe(() => {
      if (saved) return;
      saved = true;
      subject.stored.save(unid, (items) => withItems(items, [numberItem('Diem', 10)]));
    });
    expect(await read(unid)).toMatchObject({ kind: 'failed', code: 'busy' });
    end();
    expect(await read(unid)).toEqual({ Diem: ['number', 10] });
  });

  it('cannot be told where the schema lacks the modes: nothing is written until that is mended or accepted', async () => {
    const schema = schemaFor(EXPECTED, { name: 'scratch' });
    const forms = schema.forms.map((form) => ({
      ...form,
      formModes: form.formModes.filter(({ modeName }) => !isTypeMode(modeName)),
    }));
    await open({ ...schema, forms });
    expect(await subject.database.probe()).toMatchObject({
      writable: false,
      findings: expect.arrayContaining([
        expect.objectContaining({
          id: 'Ho so:types',
          severity: 'loses',
          change: expect.stringContaining('bridgetext'),
        }),
      ]),
    });
    expect(await read(create(textItem('Diem', 'mười')))).toEqual({});
    await subject.close();
    await open();
    expect(await subject.database.probe()).toMatchObject({ writable: true });
  });
});
