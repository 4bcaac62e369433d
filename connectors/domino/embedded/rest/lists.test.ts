import { describe, expect, test } from 'vitest';
import { namesItem } from '../engine/item-builders.ts';
import { temporaryRest } from './testing/temporary-rest.ts';

const VIEW = `/lists/${encodeURIComponent('Theo tên')}`;
const CATEGORIES = `/lists/${encodeURIComponent('Theo chi bộ')}`;

describe('lists', () => {
  test('[RF10] views of the schema only; 1000 entries unless count says otherwise, silently', async () => {
    await using rest = await temporaryRest();
    const documents = Array.from({ length: 1003 }, (_, at) => ({
      Form: 'Member',
      HoTen: String(at).padStart(4, '0'),
    }));
    for (const items of documents) rest.lan.create(items);
    const first = await rest.ask<{ HoTen: string }[]>('GET', VIEW);
    expect(first.headers['x-totalcount']).toBe('1003');
    expect(first.body).toHaveLength(1000);
    expect((await rest.ask<object[]>('GET', VIEW, { query: { count: '-1' } })).body).toHaveLength(1003);
    const next = await rest.ask<{ HoTen: string; '@index': string }[]>('GET', VIEW, {
      query: { start: '1000' },
    });
    expect(next.body.map(({ HoTen }) => HoTen)).toEqual(['1000', '1001', '1002']);
    expect(next.body[0]?.['@index']).toBe('1001');
    expect((await rest.ask('GET', '/lists/Khac')).status).toBe(404);
    expect((await rest.ask('GET', '/lists', { query: { columns: 'true' } })).body).toMatchObject([
      {
        title: 'Theo tên',
        aliases: ['ByName'],
        isFolder: false,
        columns: [{ name: 'HoTen', sorted: true }, {}, {}],
      },
      {},
    ]);
  });

  test('[RF10] the total counts what Readers hide, and pages shrink by it', async () => {
    for (const [totalCount, total] of [
      ['all', '3'],
      ['readable', '2'],
    ] as const) {
      await using rest = await temporaryRest({ quirks: { totalCount } });
      rest.lan.create({ Form: 'Member', HoTen: 'a', R: namesItem('R', ['CN=Lan/O=Party'], 'readers') });
      for (const HoTen of ['b', 'c']) rest.lan.create({ Form: 'Member', HoTen });
      const page = await rest.ask<object[]>('GET', VIEW, { query: { count: '2' } });
      expect(page.headers['x-totalcount']).toBe(total);
      expect(page.body).toMatchObject([{ HoTen: 'b' }]);
      expect((await rest.ask<object[]>('GET', VIEW, { query: { start: '2' } })).body).toMatchObject([
        { HoTen: 'c' },
      ]);
    }
  });

  test('[RF10] one object a line, or all in one', async () => {
    for (const [arrays, lines] of [
      ['one-per-line', 4],
      ['compact', 1],
    ] as const) {
      await using rest = await temporaryRest({ quirks: { arrays } });
      for (const HoTen of ['a', 'b']) rest.lan.create({ Form: 'Member', HoTen });
      const { text, headers } = await rest.ask('GET', VIEW);
      expect(text.trimEnd().split('\n')).toHaveLength(lines);
      expect(headers['content-length']).toBeUndefined();
    }
  });

  test('[RF10] keys, ranges, order, documents instead of entries', async () => {
    await using rest = await temporaryRest();
    const unids = ['An', 'Bình', 'Chi', 'Chinh'].map((HoTen) => {
      rest.domino.time += 1000;
      return rest.lan.create({ Form: 'Member', HoTen });
    });
    const names = async (query: Record<string, string | string[]>) =>
      (await rest.ask<{ HoTen: string }[]>('GET', VIEW, { query })).body.map(({ HoTen }) => HoTen);
    expect(await names({ key: 'chi' })).toEqual(['Chi']);
    expect(await names({ key: 'chi', keyAllowPartial: 'true' })).toEqual(['Chi', 'Chinh']);
    expect(await names({ startKey: 'B', untilKey: 'Chi' })).toEqual(['Bình', 'Chi']);
    expect(await names({ direction: 'desc', count: '1' })).toEqual(['Chinh']);
    expect(await names({ column: 'LastModified', direction: 'desc', count: '2' })).toEqual(['Chinh', 'Chi']);
    const [first] = (await rest.ask<object[]>('GET', VIEW, { query: { documents: 'true', count: '1' } }))
      .body;
    expect(first).toMatchObject({ '@meta': { unid: unids[0] }, Form: 'DangVien', HoTen: 'An' });
    const [entry] = (await rest.ask<object[]>('GET', VIEW, { query: { metaAdditional: 'true', count: '1' } }))
      .body;
    expect(Object.keys(entry ?? {})).toEqual([
      '@unid',
      '@noteid',
      '@index',
      '@form',
      'HoTen',
      'LastModified',
    ]);
    expect([...rest.domino.domino.requests.itemsAskedOf(unids[1] ?? '')]).toEqual(['hoten', 'diem']);
  });

  test('[RF10] categories are rows without a UNID; none shows whose documents are all hidden; a key may be cut short there', async () => {
    await using rest = await temporaryRest();
    rest.lan.create({ Form: 'Member', HoTen: 'a', ChiCoMot: 'X' });
    rest.lan.create({
      Form: 'Member',
      HoTen: 'b',
      ChiCoMot: 'Y',
      R: namesItem('R', ['CN=Lan/O=Party'], 'readers'),
    });
    const rows = (await rest.ask<object[]>('GET', CATEGORIES)).body;
    expect(rows).toMatchObject([
      { '@index': '1', ChiCoMot: 'X' },
      { '@index': '1.1', HoTen: 'a' },
    ]);
    expect(Object.keys(rows[0] ?? {})).not.toContain('@unid');
    expect((await rest.ask('GET', CATEGORIES, { query: { scope: 'categories' } })).body).toHaveLength(1);
    for (let at = 0; at < 510; at++) rest.lan.create({ Form: 'Member', ChiCoMot: 'Z' });
    expect((await rest.ask('GET', CATEGORIES, { query: { key: 'Z' } })).body).toHaveLength(500);
    expect((await rest.ask('GET', CATEGORIES, { query: { key: 'Z', scope: 'all' } })).body).toHaveLength(511);
  });
});
