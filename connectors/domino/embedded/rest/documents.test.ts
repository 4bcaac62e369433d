import { describe, expect, test } from 'vitest';
import { namesItem, textItem } from '../engine/item-builders.ts';
import { findItem, textValues } from '../engine/item-lookup.ts';
import { createMember, type MemberDocument, storedItems } from './testing/member-documents.ts';
import { temporaryRest } from './testing/temporary-rest.ts';

describe('one document', () => {
  test('[RF1] create, read, patch, put: 200, Form as its last alias, revision from the originator ID', async () => {
    await using rest = await temporaryRest();
    const created = await createMember(rest);
    const { unid, revision } = created['@meta'];
    expect(created['Form']).toBe('DangVien');
    expect(textValues(storedItems(rest, unid), 'Form')).toEqual(['Member']);
    expect(revision).toMatch(/^00000001[0-9A-F]{16}$/u);
    rest.domino.time += 1500;
    const patched = await rest.ask<MemberDocument>('PATCH', `/document/${unid}`, {
      query: { revision },
      body: { Diem: 1.5, KyNang: ['a', 'b'] },
    });
    expect(patched.status, patched.text).toBe(200);
    expect(patched.body).toMatchObject({ HoTen: 'Nguyễn Văn Ánh', Diem: 1.5, KyNang: ['a', 'b'] });
    expect(patched.body['@meta'].revision).toMatch(/^00000002/u);
    const put = await rest.ask<MemberDocument>('PUT', `/document/${unid}`, {
      query: { revision: patched.body['@meta'].revision },
      body: { Form: 'DangVien', HoTen: 'Trần Thị Bưởi' },
    });
    expect(put.body['KyNang']).toBeUndefined();
    expect(findItem(storedItems(rest, unid), 'Diem')).toBeUndefined();
    expect(textValues(storedItems(rest, unid), 'Form')).toEqual(['Member']);
    const emptied = await rest.ask<MemberDocument>('PATCH', `/document/${unid}`, {
      query: { revision: put.body['@meta'].revision },
      body: { HoTen: null },
    });
    expect(emptied.body['HoTen']).toBeUndefined();
  });
  test('[RF2] a stale or missing revision is refused and nothing is written, where the schema requires it', async () => {
    await using rest = await temporaryRest();
    const { '@meta': meta } = await createMember(rest);
    await rest.ask('PATCH', `/document/${meta.unid}`, {
      query: { revision: meta.revision },
      body: { Diem: 1 },
    });
    const stale = await rest.ask('PATCH', `/document/${meta.unid}`, {
      query: { revision: meta.revision },
      body: { Diem: 2 },
    });
    expect(stale.status).toBe(403);
    const without = await rest.ask('PUT', `/document/${meta.unid}`, { body: { Form: 'Member', Diem: 3 } });
    expect(without.status).toBe(400);
    expect(rest.domino.database.read(meta.unid)?.sequence).toBe(2);
  });

  test.each([400, 403, 406, 409, 412] as const)(
    '[RF2] the status of a stale revision is a switch: %i',
    async (status) => {
      await using rest = await temporaryRest({ quirks: { conflictStatus: status } });
      const { unid } = (await createMember(rest))['@meta'];
      const stale = await rest.ask('PATCH', `/document/${unid}`, {
        query: { revision: '0'.repeat(24) },
        body: {},
      });
      expect(stale.status).toBe(status);
      expect(stale.body).toMatchObject({ status, errorId: 0 });
    },
  );

  test('[RF2] without requireRevisionToUpdate a revision is looked at only where the switch says so', async () => {
    for (const [unneededRevision, status] of [
      ['ignored', 200],
      ['checked', 403],
    ] as const) {
      await using rest = await temporaryRest({
        schema: { requireRevisionToUpdate: false },
        quirks: { unneededRevision },
      });
      const { unid } = (await createMember(rest))['@meta'];
      const path = `/document/${unid}`;
      const stale = await rest.ask('PATCH', path, { query: { revision: '0'.repeat(24) }, body: { Diem: 2 } });
      expect(stale.status).toBe(status);
      expect((await rest.ask('PATCH', path, { body: { Diem: 3 } })).status).toBe(200);
    }
  });

  test('[RF4] unknown fields, mistyped values and read-only fields are dropped without a word', async () => {
    await using rest = await temporaryRest();
    const answer = await createMember(rest, {
      La: 'x',
      HoTen: 7,
      Diem: '7',
      ChiDoc: 'x',
      ChiGhi: 'y',
      NgaySinh: 'hôm qua',
    });
    expect(Object.keys(answer).filter((key) => !key.startsWith('@'))).toEqual(['Form', '$FILES']);
    const stored = storedItems(rest, answer['@meta'].unid).map(({ name }) => name);
    expect(stored).toEqual(['Form', 'ChiGhi', '$UpdatedBy']);
  });

  test('[RF4] the switches refuse them instead', async () => {
    await using rest = await temporaryRest({
      quirks: { unknownFields: 'refused', mistypedValues: 'refused' },
    });
    for (const body of [{ La: 'x' }, { HoTen: 7 }]) {
      expect((await rest.ask('POST', '/document', { body: { Form: 'Member', ...body } })).status).toBe(400);
    }
    expect(rest.domino.database.count()).toBe(0);
  });

  test('[RF5] values in the forms of the schema: float32, whole numbers, booleans, dates with their zone', async () => {
    await using rest = await temporaryRest();
    const answer = await createMember(rest, {
      Diem: 3209185.63,
      Tien: 3209185.63,
      SoNam: 12,
      DangHoatDong: true,
      NgaySinh: '1980-05-19',
      CapNhat: '2023-08-07T13:57:30.20+08:00',
    });
    expect(answer).toMatchObject({
      Diem: 3209185.63,
      Tien: 3209185.8,
      SoNam: 12,
      DangHoatDong: true,
      NgaySinh: '1980-05-19',
      CapNhat: '2023-08-07T13:57:30.2+08:00',
    });
  });

  test('[RF5] of a list in a field declared single only the first value shows, and a patch of another field may lose the rest', async () => {
    for (const [patchOfHiddenValues, left] of [
      ['cut', ['a']],
      ['kept', ['a', 'b']],
    ] as const) {
      await using rest = await temporaryRest({
        quirks: { patchOfHiddenValues },
        schema: { requireRevisionToUpdate: false },
      });
      const unid = rest.lan.create({ Form: 'Member', ChiCoMot: ['a', 'b'] });
      const read = await rest.ask('GET', `/document/${unid}`);
      expect(read.body['ChiCoMot']).toBe('a');
      await rest.ask('PATCH', `/document/${unid}`, { body: { HoTen: 'x' } });
      expect(textValues(storedItems(rest, unid), 'ChiCoMot')).toEqual(left);
    }
  });

  test('[RF6] a mode shows its own fields, to whom and of what its formula says; its other formulas guard writing and deleting', async () => {
    await using rest = await temporaryRest({ schema: { requireRevisionToUpdate: false } });
    const open = rest.lan.create({ Form: 'Member', HoTen: 'a', Diem: 5, PhatHanh: 'co' });
    const closed = rest.lan.create({ Form: 'Member', HoTen: 'b', PhatHanh: 'khong' });
    const query = { mode: 'cong', meta: 'false' };
    expect((await rest.ask('GET', `/document/${open}`, { query })).body).toEqual({
      Form: 'DangVien',
      HoTen: 'a',
    });
    expect((await rest.ask('GET', `/document/${closed}`, { query })).status).toBe(404);
    expect(
      (await rest.ask('PATCH', `/document/${open}`, { query: { mode: 'cong' }, body: { HoTen: 'c' } }))
        .status,
    ).toBe(403);
    expect((await rest.ask('DELETE', `/document/${open}`)).status).toBe(403);
    expect((await rest.ask('DELETE', `/document/${open}`, { query: { mode: 'xoa' } })).body).toEqual({
      status: 'OK',
      statusCode: 200,
      message: 'deletion complete',
      unid: open,
    });
    expect(rest.domino.database.read(open)).toBeNull();
  });

  test('[RF7] what Readers hide is not there: the same answer as for a deleted note, in every way in', async () => {
    await using rest = await temporaryRest();
    const hidden = rest.lan.create({
      Form: 'Member',
      HoTen: 'a',
      DocReaders: namesItem('DocReaders', ['CN=Lan/O=Party'], 'readers'),
    });
    const never = 'A'.repeat(32);
    for (const path of [
      '/document/',
      '/docmeta/',
      '/documentmodes/',
      '/attachmentnames/',
      '/richtext/html/',
    ]) {
      const [one, other] = [
        await rest.ask('GET', `${path}${hidden}`),
        await rest.ask('GET', `${path}${never}`),
      ];
      expect(one.text.replaceAll(hidden, never)).toBe(other.text);
      expect(one.status).toBe(404);
    }
    const body = { query: "HoTen = 'a'" };
    expect((await rest.ask('POST', '/query', { body })).body).toEqual([]);
    const revealed = [
      await rest.ask('GET', '/lists/ByName'),
      await rest.ask('GET', '/lists/ByName', { query: { documents: 'true' } }),
      await rest.ask('GET', `/lists/${encodeURIComponent('Theo chi bộ')}`),
      await rest.ask('POST', '/bulk/etag', { body: { unids: [hidden] } }),
    ];
    expect(revealed.map(({ body }) => body)).toEqual([[], [], [], {}]);
    expect((await rest.ask('PATCH', `/document/${hidden}`, { body: { HoTen: 'b' } })).status).toBe(404);
    expect((await rest.ask('DELETE', `/document/${hidden}`, { query: { mode: 'xoa' } })).status).toBe(404);
    expect([...rest.domino.domino.requests.itemsAskedOf(hidden)]).toEqual(['form']);
  });

  test('[RF7] a switch tells hidden documents by 403, others stay 404', async () => {
    await using rest = await temporaryRest({ quirks: { unreadableDocument: 403 } });
    const hidden = rest.lan.create({ Form: 'Member', R: namesItem('R', ['CN=Lan/O=Party'], 'readers') });
    expect((await rest.ask('GET', `/document/${hidden}`)).status).toBe(403);
    expect((await rest.ask('GET', `/document/${'A'.repeat(32)}`)).status).toBe(404);
  });

  test('[RF6] a note without Form, or of a form that the schema does not know, is not there', async () => {
    await using rest = await temporaryRest();
    for (const items of [{ HoTen: 'a' }, { Form: 'Other', HoTen: 'a' }]) {
      const unid = rest.lan.create(items);
      expect((await rest.ask('GET', `/document/${unid}`)).body).toEqual({
        status: 404,
        message: `No document you can access found for ${unid}`,
        errorId: 1029,
        details: unid,
      });
    }
  });

  test('[RF4] a Readers item that is written through a plain text field restricts nobody any more', async () => {
    const schema = {
      requireRevisionToUpdate: false,
      forms: [{ formName: 'Member', formModes: [{ modeName: 'default', fields: [{ name: 'NguoiDoc' }] }] }],
    };
    await using rest = await temporaryRest({ schema });
    const unid = rest.lan.create({
      Form: 'Member',
      NguoiDoc: namesItem('NguoiDoc', ['[Bridge]'], 'readers'),
    });
    await rest.ask('PATCH', `/document/${unid}`, { body: { NguoiDoc: '[Bridge]' } });
    expect(findItem(storedItems(rest, unid), 'NguoiDoc')).toEqual(textItem('NguoiDoc', '[Bridge]'));
  });
});
