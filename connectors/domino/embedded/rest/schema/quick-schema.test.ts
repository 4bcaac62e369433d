import { expect, test } from 'vitest';
import { dateTimeItem, namesItem } from '../../engine/item-builders.ts';
import { dateTimeOf } from '../../engine/notes-date-time.ts';
import { temporaryRest } from '../testing/temporary-rest.ts';
import { quickSchema } from './quick-schema.ts';

test('[RF5] a schema made from notes loses nothing: lists where any note has one, double numbers, dates by their kind', async () => {
  await using plain = await temporaryRest();
  plain.lan.create({ Form: 'Sổ "A"', Ten: 'a', So: 3209185.63 });
  plain.lan.create({
    Form: 'Sổ "A"',
    Ten: ['a', 'b'],
    Ngay: dateTimeItem('Ngay', { date: '2026-03-02', time: null, zone: null, dst: false }),
    Luc: dateTimeItem('Luc', dateTimeOf(plain.domino.time)),
    DocReaders: namesItem('DocReaders', ['*/O=Party'], 'readers'),
  });
  const options = {
    schemaName: 'members',
    requireRevisionToUpdate: false,
    additionalModes: ['dql'],
    allowDeletion: false,
  };
  await using rest = await temporaryRest({ schema: quickSchema(plain.domino.database, options) });
  rest.domino.database.import(plain.domino.database.notes());
  const { body } = await rest.ask<object[]>('POST', '/query', { body: { query: '@all', mode: 'default' } });
  expect(body).toHaveLength(2);
  expect(body).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ Ten: ['a'], So: 3209185.63 }),
      expect.objectContaining({
        Ten: ['a', 'b'],
        Ngay: '2026-03-02',
        Luc: '2026-03-02T01:02:03.45Z',
        DocReaders: ['*/O=Party'],
      }),
    ]),
  );
  const view = await rest.ask<object[]>('GET', `/lists/${encodeURIComponent('Sổ "A"')}`);
  expect(view.body).toHaveLength(2);
});
