import { describe, expect, test } from 'vitest';
import { findItem, textValues } from '../engine/item-lookup.ts';
import { temporaryRest, type TemporaryRest } from './testing/temporary-rest.ts';

interface Doc {
  readonly '@meta': {
    readonly unid: string;
    readonly revision: string;
    readonly editable: boolean;
    readonly lastmodified: string;
  };
  readonly [field: string]: unknown;
}

const create = async (
  rest: TemporaryRest,
  body: object = { Form: 'Member', HoTen: 'Nguyễn Văn Ánh' },
): Promise<Doc> => {
  const answer = await rest.ask<Doc>('POST', '/document', { body });
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
};

const items = (rest: TemporaryRest, unid: string) => rest.domino.database.read(unid)?.items ?? [];

describe('one document', () => {
  test('[RF1] create, read, patch, put: 200, Form as its last alias, revision from the originator ID', async () => {
    await using rest = await temporaryRest();
    const created = await create(rest);
    const { unid, revision } = created['@meta'];
    expect(created['Form']).toBe('DangVien');
    expect(textValues(items(rest, unid), 'Form')).toEqual(['Member']);
    expect(revision).toMatch(/^00000001[0-9A-F]{16}$/u);
    rest.domino.time += 1500;
    const patched = await rest.ask<Doc>('PATCH', `/document/${unid}`, {
      query: { revision },
      body: { Diem: 1.5, KyNang: ['a', 'b'] },
    });
    expect(patched.status, patched.text).toBe(200);
    expect(patched.body).toMatchObject({ HoTen: 'Nguyễn Văn Ánh', Diem: 1.5, KyNang: ['a', 'b'] });
    expect(patched.body['@meta'].revision).toMatch(/^00000002/u);
    const put = await rest.ask<Doc>('PUT', `/document/${unid}`, {
      query: { revision: patched.body['@meta'].revision },
      body: { Form: 'DangVien', HoTen: 'Trần Thị Bưởi' },
    });
    expect(put.body['KyNang']).toBeUndefined();
    expect(findItem(items(rest, unid), 'Diem')).toBeUndefined();
    expect(textValues(items(rest, unid), 'Form')).toEqual(['Member']);
    const emptied = await rest.ask<Doc>('PATCH', `/document/${unid}`, {
      query: { revision: put.body['@meta'].revision },
      body: { HoTen: null },
    });
    expect(emptied.body['HoTen']).toBeUndefined();
  });
});
