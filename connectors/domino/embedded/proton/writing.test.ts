import { describe, expect, test } from 'vitest';
import { findItem, textValues } from '../engine/item-lookup.ts';
import { fileItem, namesItem, richTextItem } from '../engine/item-builders.ts';
import { dateTimeOf } from '../engine/notes-date-time.ts';
import { BRIDGE, temporaryProton, type TemporaryProton } from './testing/temporary-proton.ts';
import { rejection } from './testing/rejection.ts';

const CONTINUE = { onErrorOptions: 'ON_ERROR_CONTINUE' };
const itemsOf = (p: TemporaryProton, unid: string) => p.domino.database.read(unid)?.items ?? [];
const valueOf = (p: TemporaryProton, unid: string, name: string) => findItem(itemsOf(p, unid), name);

describe('creating', () => {
  test('stores canonical and shorthand items with their flags, under the name of the bridge', async () => {
    using p = await temporaryProton();
    const unid = await p.database.createDocument({
      document: {
        Form: 'Member',
        Age: 41,
        Tags: { type: 'text', data: ['a'] },
        Who: { type: 'text', data: 'CN=Lan/O=Party', names: true, authors: true },
        Long: { type: 'text', data: 'x'.repeat(40_000), nonsummary: true },
        When: { type: 'datetime', data: '2018-07-30T22:37:34.079+07:00' },
        Day: { type: 'datetime', data: '1999-04-19' },
        Clock: { type: 'datetime', data: '07:30:00' },
      },
    });
    expect(unid).toMatch(/^[0-9A-F]{32}$/u);
    expect(valueOf(p, unid, 'Tags')?.value).toEqual({ type: 'text', values: ['a'], list: true });
    expect(valueOf(p, unid, 'Who')?.flags).toEqual({ summary: true, names: true, authors: true });
    expect(valueOf(p, unid, 'Long')?.flags).toEqual({});
    const moment = { zone: null, dst: false };
    expect(valueOf(p, unid, 'When')?.value).toMatchObject({
      values: [{ date: '2018-07-30', time: '15:37:34.07', zone: '+0000' }],
    });
    expect(valueOf(p, unid, 'Day')?.value).toMatchObject({
      values: [{ ...moment, date: '1999-04-19', time: null }],
    });
    expect(valueOf(p, unid, 'Clock')?.value).toMatchObject({
      values: [{ ...moment, date: null, time: '07:30:00.00' }],
    });
    expect(textValues(itemsOf(p, unid), '$UpdatedBy')).toEqual([BRIDGE.name]);
  });

  test('system properties are ignored: nobody chooses a UNID', async () => {
    using p = await temporaryProton();
    const unid = await p.database.createDocument({
      document: { '@unid': 'A'.repeat(32), '@created': { type: 'datetime', data: 'x' }, Form: 'Member' },
    });
    expect(unid).not.toBe('A'.repeat(32));
    expect(itemsOf(p, unid).map(({ name }) => name)).toEqual(['Form', '$UpdatedBy']);
  });

  test.each([
    ['a boolean', true],
    ['null', null],
    ['a Date', new Date(0)],
    ['bytes', Buffer.from('x')],
    ['a plain list', ['a', 'b']],
    ['an unknown type', { type: 'richtext', data: 'x' }],
    ['an unknown property', { type: 'text', data: 'x', summary: true }],
    ['a number as text', { type: 'text', data: 1 }],
    ['a list of two types', { type: 'text', data: ['a', 1] }],
    ['a date that does not exist', { type: 'datetime', data: '2026-02-30' }],
    ['a local time', { type: 'datetime', data: '2026-02-03T01:02:03' }],
    ['dates of two kinds', { type: 'datetime', data: ['2026-02-03', '2026-02-03T01:02:03Z'] }],
    ['not a number', Number.NaN],
    ['a function', () => 'x'],
  ])('refuses %s in the client', async (_, value) => {
    using p = await temporaryProton();
    p.faults.add({ kind: 'down', when: {} });
    await expect(p.database.createDocument({ document: { Form: 'Member', X: value } })).rejects.toMatchObject(
      rejection('ERR_BAD_REQUEST', /Cannot convert document/u),
    );
    expect(p.domino.database.count()).toBe(0);
  });

  test('plain lists, where the quirk takes them', async () => {
    using p = await temporaryProton({ quirks: { arrayShorthand: 'accept' } });
    const unid = await p.database.createDocument({ document: { Tags: ['a', 'b'], Numbers: [1, 2] } });
    expect(valueOf(p, unid, 'Numbers')?.value).toEqual({ type: 'number', values: [1, 2], list: true });
  });

  test('repeated items must be canonical', async () => {
    using p = await temporaryProton();
    const x = { type: 'text', data: 'x' };
    const create = async (document: object) => p.database.createDocument({ document, duplicateItems: true });
    await expect(create({ X: 'shorthand' })).rejects.toMatchObject(rejection('ERR_BAD_REQUEST'));
    expect(itemsOf(p, await create({ X: [x, x] })).filter(({ name }) => name === 'X')).toHaveLength(2);
  });

  test('a document over a limit fails alone', async () => {
    using p = await temporaryProton({ quirks: { errorEntries: 'with-code' } });
    const documents = [{ Form: 'x'.repeat(40_000) }, { Form: 'Member' }];
    const answer = await p.database.bulkCreateDocuments({ documents, ...CONTINUE });
    expect(answer).toMatchObject({
      errors: 1,
      documents: [
        { '@error': { code: 'ERR_BAD_REQUEST', message: /32K/u } },
        { '@unid': expect.any(String) },
      ],
    });
    expect(p.domino.database.count()).toBe(1);
  });

  test('arguments changed after the call change nothing', async () => {
    using p = await temporaryProton();
    const document = { Form: 'Member', Tags: { type: 'text', data: ['a', 'b'] } };
    const created = p.database.createDocument({ document });
    document.Form = 'Changed';
    document.Tags.data.push('c');
    const unid = await created;
    expect(textValues(itemsOf(p, unid), 'Form')).toEqual(['Member']);
    expect(textValues(itemsOf(p, unid), 'Tags')).toEqual(['a', 'b']);
  });

  test('frozen arguments are fine, and the answer belongs to the caller', async () => {
    using p = await temporaryProton();
    const unid = p.lan.create({ Form: 'Member', Tags: ['a', 'b'] });
    const options = Object.freeze({ unids: Object.freeze([unid]), itemNames: Object.freeze(['Tags']) });
    const { documents = [] } = await p.database.bulkReadDocumentsByUnid(options);
    const tags: unknown = documents[0]?.['Tags'];
    expect(tags).toEqual(['a', 'b']);
    (tags as string[]).push('c');
    const again = await p.database.bulkReadDocumentsByUnid(options);
    expect(again.documents?.[0]).toMatchObject({ Tags: ['a', 'b'] });
  });
});

describe('replacing items', () => {
  test('leaves the others alone, keeps the stored name, loses flags that are not written again', async () => {
    using p = await temporaryProton();
    const unid = p.lan.create({
      Form: 'Member',
      Name: 'a',
      Who: namesItem('Who', 'CN=Lan/O=Party', 'authors'),
    });
    const document = await p.database.useDocument({ unid });
    await document.replaceItems({ replaceItems: { NAME: 'b', who: 'CN=Mai/O=Party', New: 'c' } });
    expect(itemsOf(p, unid).map(({ name }) => name)).toEqual([
      'Form',
      'Name',
      'Who',
      '$UpdatedBy',
      'New',
      '$Revisions',
    ]);
    expect(valueOf(p, unid, 'Who')?.flags).toEqual({ summary: true });
  });

  test('the last writer wins, without a word', async () => {
    using p = await temporaryProton();
    const unid = p.lan.create({ Form: 'Member', Name: 'a' });
    const document = await p.database.useDocument({ unid });
    await document.read({ itemNames: ['Name'] });
    p.lan.edit(unid, { Name: 'from Notes' });
    await document.replaceItems({ replaceItems: { Name: 'from the bridge' } });
    expect(textValues(itemsOf(p, unid), 'Name')).toEqual(['from the bridge']);
    expect(p.domino.database.read(unid)?.sequence).toBe(3);
  });

  test('each by its UNID, with common items', async () => {
    using p = await temporaryProton();
    const [a, b] = [p.lan.create({ Name: 'a' }), p.lan.create({ Name: 'b' })];
    const answer = await p.database.bulkReplaceItemsByUnid({
      replaceItemsByUnid: [
        { '@unid': a, Name: 'A' },
        { '@unid': '0'.repeat(32), Name: 'X' },
        { '@unid': b, Name: 'B' },
      ],
      replaceItems: { Common: 'c' },
      ...CONTINUE,
    });
    expect(answer).toMatchObject({
      errors: 1,
      documents: [{ '@unid': a }, { '@error': {} }, { '@unid': b }],
    });
    expect(textValues(itemsOf(p, b), 'Name')).toEqual(['B']);
    expect(textValues(itemsOf(p, a), 'Common')).toEqual(['c']);
  });

  test('by query: a save between search and write is overwritten, unless the quirk forbids it', async () => {
    using racy = await temporaryProton();
    using atomic = await temporaryProton({ quirks: { queryThenWrite: 'atomic' } });
    for (const p of [racy, atomic]) {
      const unid = p.lan.create({ Form: 'Member', Name: 'a', Rev: 1 });
      const options = {
        query: `@DocumentUniqueID = '${unid}' and Rev = 1`,
        replaceItems: { Name: 'bridge' },
      };
      const writing = p.database.bulkReplaceItems(options);
      // The search runs in the first turn; in the racy case the write in the one after.
      await new Promise(setImmediate);
      p.lan.edit(unid, { Name: 'Notes', Rev: 2 });
      expect(await writing).toMatchObject({ documentRange: { total: 1 } });
      expect(textValues(itemsOf(p, unid), 'Name')).toEqual([p === racy ? 'bridge' : 'Notes']);
    }
  });

  test('a whole document gives way but for what Domino keeps itself', async () => {
    using p = await temporaryProton();
    const { unid } = p.domino.database.create([richTextItem('Body', new Uint8Array(3))], { by: 'Lan' });
    await p.database.bulkReplaceDocumentsByUnid({ documents: [{ '@unid': unid, Form: 'New' }] });
    expect(itemsOf(p, unid).map(({ name }) => name)).toEqual(['Form', '$UpdatedBy', '$Revisions']);
  });
});

describe('deleting', () => {
  test('leaves a stub that this face does not show; later calls on the document reject', async () => {
    using p = await temporaryProton();
    const unid = p.lan.create({ Form: 'Member' });
    const document = await p.database.useDocument({ unid });
    await document.delete();
    expect(p.domino.database.stubs()).toMatchObject([{ unid, sequence: 2 }]);
    await expect(document.read({})).rejects.toMatchObject(rejection('ERR_NOT_FOUND'));
    await expect(document.delete()).rejects.toMatchObject(rejection('ERR_NOT_FOUND'));
    await expect(document.replaceItems({ replaceItems: { Form: 'x' } })).rejects.toMatchObject(
      rejection('ERR_NOT_FOUND'),
    );
  });

  test('by query, a page at a time', async () => {
    using p = await temporaryProton();
    for (let index = 0; index < 130; index++) p.lan.create({ Form: 'Member' });
    const answer = await p.database.bulkDeleteDocuments({ query: "Form = 'Member'" });
    expect(answer).toMatchObject({ documentRange: { count: 100, total: 130 } });
    expect(p.domino.database.count()).toBe(30);
  });

  test('items and attachments', async () => {
    using p = await temporaryProton();
    const files = ['a', 'b'].map((name) => fileItem(name, new Uint8Array(2), dateTimeOf(0)));
    const { unid } = p.domino.database.create([namesItem('X', 'x'), ...files]);
    await p.database.bulkDeleteItemsByUnid({ unids: [unid], itemNames: ['x'] });
    await p.database.bulkDeleteAttachmentsByUnid({ unids: [unid], fileNames: ['a'] });
    expect(itemsOf(p, unid).flatMap(({ value }) => (value.type === 'file' ? [value.file.name] : []))).toEqual(
      ['b'],
    );
    expect(valueOf(p, unid, 'X')).toBeUndefined();
  });
});

describe('upsert', () => {
  test('creates, then writes, and refuses two matches', async () => {
    using p = await temporaryProton();
    const upsert = async (Name: string) =>
      p.database.upsertDocument({ query: "Key = 'k'", document: { Key: 'k', Name } });
    const created = (await upsert('a')).getUnid();
    expect((await upsert('b')).getUnid()).toBe(created);
    expect(textValues(itemsOf(p, created), 'Name')).toEqual(['b']);
    p.lan.create({ Key: 'K' });
    await expect(upsert('c')).rejects.toMatchObject(rejection('ERR_NOT_UNIQUE_SEARCH'));
  });
});

describe('rights', () => {
  test('what is hidden cannot be written; readers write nothing; authors only their own', async () => {
    using p = await temporaryProton({ identity: { ...BRIDGE, access: 'author', deletes: false } });
    const own = await p.database.createDocument({
      document: { A: { type: 'text', data: '[Bridge]', names: true, authors: true } },
    });
    const other = p.lan.create({ Form: 'Member' });
    const write = async (unid: string) =>
      (await p.database.useDocument({ unid })).replaceItems({ replaceItems: { X: 'x' } });
    await write(own);
    await expect(write(other)).rejects.toMatchObject(rejection('ERR_NOT_AUTHORIZED'));
    await expect((await p.database.useDocument({ unid: own })).delete()).rejects.toMatchObject(
      rejection('ERR_NOT_AUTHORIZED'),
    );
    p.lan.setReaders(other, ['CN=Lan/O=Party']);
    await expect(write(other)).rejects.toMatchObject(rejection('ERR_NOT_FOUND'));
  });
});
