import { describe, expect, test } from 'vitest';
import { dateTimeItem, fileItem, namesItem, richTextItem, textItem } from '../engine/item-builders.ts';
import { dateTimeOf } from '../engine/notes-date-time.ts';
import { temporaryProton, type TemporaryProton } from './testing/temporary-proton.ts';
import { rejection } from './testing/rejection.ts';

const CONTINUE = { onErrorOptions: 'ON_ERROR_CONTINUE' };
const START_STAMP = { type: 'datetime', data: '2026-03-02T01:02:03.45Z' };

async function readOne(p: TemporaryProton, unid: string, itemNames?: readonly string[], more: object = {}) {
  const names = itemNames === undefined ? {} : { itemNames };
  const { documents } = await p.database.bulkReadDocumentsByUnid({ unids: [unid], ...names, ...more });
  return documents?.[0] ?? {};
}

describe('what an entry shows', () => {
  test('without item names only UNID, created and modified; never a sequence', async () => {
    using p = await temporaryProton();
    const unid = p.lan.create({ Form: 'Member' });
    expect(await readOne(p, unid)).toEqual({
      '@unid': unid,
      '@created': START_STAMP,
      '@modified': START_STAMP,
    });
  });

  test('items in the casing that was asked for, absent ones not at all', async () => {
    using p = await temporaryProton();
    const unid = p.lan.create({ Form: 'Member', FullName: 'Lê Thị Mai' });
    const entry = await readOne(p, unid, ['FORM', 'fullName', 'Nothing', '@unid']);
    expect(Object.keys(entry)).toEqual(['@unid', '@created', '@modified', 'FORM', 'fullName']);
    expect(entry).toMatchObject({ FORM: 'Member', fullName: 'Lê Thị Mai' });
  });

  test('shorthand values: texts, numbers, lists, datetimes as objects in hundredths, flags lost', async () => {
    using p = await temporaryProton();
    const unid = p.lan.create({
      Text: 'a',
      Number: 1.5,
      Texts: ['a', 'b'],
      Numbers: [1, 2],
      When: dateTimeItem('When', { date: '2018-07-30', time: '22:37:34.07', zone: '+0700', dst: false }),
      Day: dateTimeItem('Day', { date: '1999-04-19', time: null, zone: null, dst: false }),
      Empty: dateTimeItem('Empty', { date: null, time: null, zone: null, dst: false }),
      Who: namesItem('Who', ['CN=Lan/O=Party', 'CN=Mai/O=Party'], 'authors'),
    });
    const names = ['Text', 'Number', 'Texts', 'Numbers', 'When', 'Day', 'Empty', 'Who'];
    expect(await readOne(p, unid, names)).toMatchObject({
      Text: 'a',
      Number: 1.5,
      Texts: ['a', 'b'],
      Numbers: [1, 2],
      When: { type: 'datetime', data: '2018-07-30T15:37:34.07Z' },
      Day: { type: 'datetime', data: '1999-04-19' },
      Empty: { type: 'datetime', data: '' },
      Who: ['CN=Lan/O=Party', 'CN=Mai/O=Party'],
    });
  });

  test('canonical values carry type and flags', async () => {
    using p = await temporaryProton({ quirks: { canonicalFormat: 'supported' } });
    const unid = p.lan.create({
      Who: namesItem('Who', ['CN=Lan/O=Party', 'CN=Bridge/O=Party'], 'readers'),
      Long: textItem('Long', 'x', { summary: false }),
    });
    expect(await readOne(p, unid, ['Who', 'Long'], { canonicalFormat: true })).toMatchObject({
      Who: {
        type: 'text',
        data: ['CN=Lan/O=Party', 'CN=Bridge/O=Party'],
        names: true,
        readers: true,
      },
      Long: { type: 'text', data: 'x', nonsummary: true },
    });
  });

  test('a list of one reads as a scalar, or not', async () => {
    using scalar = await temporaryProton();
    using array = await temporaryProton({ quirks: { oneElementList: 'array' } });
    expect(await readOne(scalar, scalar.lan.create({ Tags: ['a'] }), ['Tags'])).toMatchObject({ Tags: 'a' });
    expect(await readOne(array, array.lan.create({ Tags: ['a'] }), ['Tags'])).toMatchObject({ Tags: ['a'] });
  });

  test('rich text and files never come as items; attachments only as names and sizes', async () => {
    using p = await temporaryProton();
    const file = fileItem('đơn.pdf', new Uint8Array(1234), dateTimeOf(0));
    const { unid } = p.domino.database.create([richTextItem('Body', new Uint8Array(10)), file]);
    const entry = await readOne(p, unid, ['Body', '$FILE'], { readAttachmentSummaries: true });
    expect(Object.keys(entry)).toEqual(['@unid', '@created', '@modified', '@attachments']);
    expect(entry['@attachments']).toEqual([
      {
        fileName: 'đơn.pdf',
        fileSize: 1234,
        modified: { type: 'datetime', data: '1970-01-01T00:00:00.00Z' },
      },
    ]);
  });

  test('a list that mixes dates and instants fails its document', async () => {
    using p = await temporaryProton({ quirks: { errorEntries: 'with-code' } });
    const mixed = dateTimeItem('When', [
      { date: '1999-04-19', time: null, zone: null, dst: false },
      dateTimeOf(0),
    ]);
    const unid = p.lan.create({ When: mixed });
    expect(await readOne(p, unid, ['When'])).toMatchObject({
      '@unid': unid,
      '@error': { code: 'ERR_INTERNAL_ERROR' },
    });
  });

  test('@modified is the global time or the time in this file', async () => {
    using global = await temporaryProton();
    using inFile = await temporaryProton({ quirks: { modifiedIs: 'inFile' } });
    for (const p of [global, inFile]) {
      const unid = p.lan.create({ Form: 'Member' });
      p.domino.domino.clock.step(-60_000);
      p.lan.edit(unid, { Form: 'Member2' });
      const { '@modified': modified } = await readOne(p, unid);
      expect(modified).toEqual({
        type: 'datetime',
        data: p === global ? '2026-03-02T01:02:03.46Z' : '2026-03-02T01:01:03.45Z',
      });
    }
  });

  test('repeated items come only when asked for', async () => {
    using p = await temporaryProton();
    const { unid } = p.domino.database.create([textItem('X', 'a'), textItem('x', 'b')]);
    expect(await readOne(p, unid, ['X'])).toMatchObject({ X: 'a' });
    expect(await readOne(p, unid, ['X'], { duplicateItems: true })).toMatchObject({
      X: [
        { type: 'text', data: 'a' },
        { type: 'text', data: 'b' },
      ],
    });
  });
});

describe('by UNID', () => {
  test('what is missing fails its entry; the default aborts the rest', async () => {
    using p = await temporaryProton({ quirks: { errorEntries: 'with-code' } });
    const unid = p.lan.create({ Form: 'Member' });
    const unids = ['0'.repeat(32), unid];
    expect(await p.database.bulkReadDocumentsByUnid({ unids, ...CONTINUE })).toMatchObject({
      errors: 1,
      documents: [{ '@unid': unids[0], '@error': { code: 'ERR_NOT_FOUND' } }, { '@unid': unid }],
    });
    const aborted = await p.database.bulkReadDocumentsByUnid({ unids });
    expect(aborted.documents).toHaveLength(1);
    expect(aborted).not.toHaveProperty('documentRange');
  });

  test('what is hidden looks deleted, or is an entry without items', async () => {
    using harsh = await temporaryProton({ quirks: { errorEntries: 'with-code' } });
    using bare = await temporaryProton({ quirks: { unreadableByUnid: 'bare-entry' } });
    const hidden = async (p: TemporaryProton) => {
      const unid = p.lan.create({ Form: 'Member' });
      p.lan.setReaders(unid, ['CN=Lan/O=Party']);
      return readOne(p, unid, ['Form']);
    };
    expect(await hidden(harsh)).toMatchObject({ '@error': { code: 'ERR_NOT_FOUND' } });
    expect(Object.keys(await hidden(bare))).toEqual(['@unid', '@created', '@modified']);
    const missing = await readOne(bare, '0'.repeat(32));
    expect(Object.keys(missing['@error'] as object)).toEqual(['message']);
  });
});

describe('by query', () => {
  async function filled(count: number, quirks = {}) {
    const p = await temporaryProton({ quirks });
    for (let index = 0; index < count; index++) p.lan.create({ Form: 'Member', Number: index });
    return p;
  }
  const all = { query: "Form = 'Member'" };

  test('[DQ10] gives 100 unless told otherwise, at most 200, in another order every time', async () => {
    using p = await filled(230);
    const first = await p.database.bulkReadDocuments(all);
    expect(first).toMatchObject({ errors: 0, documentRange: { start: 0, count: 100, total: 230 } });
    const second = await p.database.bulkReadDocuments(all);
    const order = (answer: typeof first) => answer.documents?.map((entry) => entry['@unid']).join(' ');
    expect(order(second)).not.toBe(order(first));
    const rest = await p.database.bulkReadDocuments({ ...all, start: 200, count: 200 });
    expect(rest).toMatchObject({ documentRange: { start: 200, count: 30, total: 230 } });
    expect(rest.documents).toHaveLength(30);
    await expect(p.database.bulkReadDocuments({ ...all, count: 201 })).rejects.toMatchObject(
      rejection('ERR_BAD_REQUEST', /maximum is 200/u),
    );
  });

  test('[DQ10] pages are no snapshot: joining them misses and repeats notes', async () => {
    using p = await filled(150);
    const pages = [0, 50, 100].map(async (start) =>
      p.database.bulkReadDocuments({ ...all, start, count: 50 }),
    );
    const seen = (await Promise.all(pages)).flatMap(({ documents = [] }) => documents);
    expect(seen).toHaveLength(150);
    expect(new Set(seen.map((entry) => entry['@unid'])).size).toBeLessThan(150);
  });

  test('[DQ10] what was written since the last call is in the answer', async () => {
    using p = await filled(3);
    const total = async () => (await p.database.bulkReadDocuments(all)).documentRange?.total;
    expect(await total()).toBe(3);
    const unid = p.lan.create({ Form: 'Member' });
    expect(await total()).toBe(4);
    p.lan.edit(unid, { Form: 'Task' });
    expect(await total()).toBe(3);
  });

  test('a match that is hidden is metadata without items, or absent', async () => {
    using shown = await filled(1);
    using absent = await filled(1, { unreadableInQuery: 'absent' });
    for (const p of [shown, absent]) {
      p.lan.setReaders(p.lan.create({ Form: 'Member' }), ['CN=Lan/O=Party']);
      const { documents = [], documentRange } = await p.database.bulkReadDocuments({
        ...all,
        itemNames: ['Form'],
      });
      const bare = documents.filter((entry) => !('Form' in entry));
      expect(bare).toHaveLength(p === shown ? 1 : 0);
      expect(documentRange?.total).toBe(p === shown ? 2 : 1);
    }
  });

  test('an answer without documents has no list of them', async () => {
    using harsh = await filled(1);
    using kind = await filled(1, { noDocuments: 'empty-array' });
    const query = "Form = 'Nothing'";
    expect(await harsh.database.bulkReadDocuments({ query })).toEqual({
      documentRange: { start: 0, count: 0, total: 0 },
      errors: 0,
    });
    expect(await kind.database.bulkReadDocuments({ query })).toMatchObject({ documents: [] });
  });

  test('@all on an empty database is rejected, or empty', async () => {
    using harsh = await filled(0);
    using kind = await filled(0, { allOnEmptyDatabase: 'empty' });
    await expect(harsh.database.bulkReadDocuments({ query: '@all' })).rejects.toMatchObject(
      rejection('ERR_INTERNAL_ERROR', /^No documents have been modified since/u),
    );
    expect(await kind.database.bulkReadDocuments({ query: '@all' })).toMatchObject({ errors: 0 });
  });

  test('[DQ11] wrong queries and scan limits are errors, never empty answers', async () => {
    using p = await filled(5);
    await expect(p.database.bulkReadDocuments({ query: "Form='x'" })).rejects.toMatchObject(
      rejection('ERR_BAD_REQUEST'),
    );
    const queryLimits = { maxDocumentsScanned: 4 };
    await expect(p.database.bulkReadDocuments({ ...all, queryLimits })).rejects.toMatchObject(
      rejection('ERR_INTERNAL_ERROR', /documents scanned exceeded/u),
    );
    const text = await p.database.explainQuery(all);
    expect(text).toMatch(/Query Processed:[^]*ScannedDocs 5[^]*FoundDocs 5/u);
  });
});

test('the request log tells which items were asked of which notes, and by whom', async () => {
  using p = await temporaryProton();
  const [open, other] = [p.lan.create({ Form: 'Member' }), p.lan.create({ Form: 'Task' })];
  await p.database.bulkReadDocuments({ query: "Form = 'Member'", itemNames: ['Form', 'Phone'] });
  await p.database.bulkReadDocumentsByUnid({ unids: [other], itemNames: ['Form'] });
  const document = await p.database.useDocument({ unid: open });
  await document.read({ itemNames: ['Email'] });
  const { requests } = p.domino.domino;
  expect([...requests.itemsAskedOf(open)].sort()).toEqual(['email', 'form', 'phone']);
  expect([...requests.itemsAskedOf(other)]).toEqual(['form']);
  expect(requests.entries()[0]).toMatchObject({
    method: 'bulkReadDocuments',
    filePath: 'members.nsf',
    identity: 'CN=Bridge/O=Party',
    query: "Form = 'Member'",
    answered: [open],
  });
});
