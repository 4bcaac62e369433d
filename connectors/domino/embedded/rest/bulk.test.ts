import { describe, expect, test } from 'vitest';
import { textValues } from '../engine/item-lookup.ts';
import { createMember, storedItems } from './testing/member-documents.ts';
import { temporaryRest } from './testing/temporary-rest.ts';

const NEVER = 'A'.repeat(32);

describe('many documents', () => {
  test('[RF3] a bulk read mixes documents and errors, in the order asked for', async () => {
    await using rest = await temporaryRest();
    const { unid } = (await createMember(rest))['@meta'];
    const answer = await rest.ask<object[]>('POST', '/bulk/unid', { body: { unids: [NEVER, unid] } });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject([
      {
        status: 404,
        message: `No document you can access found for ${NEVER}`,
        errorId: 1029,
        details: NEVER,
      },
      { '@meta': { unid }, Form: 'DangVien', HoTen: 'Nguyễn Văn Ánh' },
    ]);
  });

  test('[RF3] older servers gave flat metadata without a revision', async () => {
    await using rest = await temporaryRest({ quirks: { bulkMetaShape: 'flat' } });
    const { unid } = (await createMember(rest))['@meta'];
    const { body } = await rest.ask<Record<string, unknown>[]>('POST', '/bulk/unid', {
      body: { unids: [unid] },
    });
    expect(body[0]).toMatchObject({ '@unid': unid, '@etag': expect.stringMatching(/^W\/" [0-9a-f]+"$/u) });
    expect(JSON.stringify(body)).not.toContain('revision');
  });

  test('[RF8] an ETag has whole seconds; a deleted document is absent, or said not to exist; nothing tells of a deletion', async () => {
    await using rest = await temporaryRest();
    const { unid } = (await createMember(rest))['@meta'];
    const gone = rest.lan.create({ Form: 'Member' });
    rest.lan.delete(gone);
    const ask = async (other: typeof rest) =>
      (await other.ask('POST', '/bulk/etag', { body: { unids: [unid, gone] } })).body;
    const seconds = Math.floor((rest.domino.database.read(unid)?.sequenceTime ?? 0) / 1000);
    expect(await ask(rest)).toEqual({ [unid]: `W/" ${seconds.toString(16)}"` });
    rest.domino.time += 10;
    rest.lan.edit(unid, { HoTen: 'b' });
    expect(await ask(rest)).toEqual({ [unid]: `W/" ${seconds.toString(16)}"` });

    await using other = await temporaryRest({
      quirks: { bulkEtagShape: 'object', bulkEtagGone: 'exists-false' },
    });
    const there = (await createMember(other))['@meta'].unid;
    const { body } = await other.ask('POST', '/bulk/etag', { body: { unids: [there, gone] } });
    expect(body).toMatchObject({ [there]: { exists: true }, [gone]: { exists: false } });
  });

  test('[RF3] bulk create, update by query and delete: 200, and each entry its own fate', async () => {
    await using rest = await temporaryRest({ schema: { requireRevisionToUpdate: false } });
    const documents = [{ Form: 'Member', HoTen: 'a' }, { Form: 'Unknown' }, { Form: 'Member', HoTen: 'b' }];
    const created = await rest.ask<{ '@meta'?: { unid: string }; status?: number }[]>(
      'POST',
      '/bulk/create',
      {
        body: { documents },
      },
    );
    expect(created.body.map(({ status }) => status)).toEqual([undefined, 400, undefined]);
    const unids = created.body.flatMap(({ '@meta': meta }) => meta?.unid ?? []);
    const updated = await rest.ask('PATCH', '/bulk/update', {
      body: { query: "Form = 'Member'", replaceItems: { HoTen: 'c' }, returnUpdatedDocument: true },
    });
    expect(updated.body).toMatchObject([{ HoTen: 'c' }, { HoTen: 'c' }]);
    const refused = await rest.ask('POST', '/bulk/delete', { body: { unids } });
    expect(refused.body).toMatchObject([{ status: 403 }, { status: 403 }]);
    const deleted = await rest.ask('POST', '/bulk/delete', {
      body: { unids: [...unids, NEVER], mode: 'xoa' },
    });
    expect(deleted.body).toMatchObject([
      { statusText: 'OK', status: 200, message: `Document ${unids[0]} deleted`, unid: unids[0] },
      { statusText: 'OK', status: 200 },
      { status: 404, errorId: 1029 },
    ]);
  });

  test('[RF2] where a revision is required, an update by query, which cannot send one, changes nothing', async () => {
    await using rest = await temporaryRest();
    const { unid } = (await createMember(rest))['@meta'];
    const body = { query: "Form = 'Member'", replaceItems: { HoTen: 'c' } };
    expect((await rest.ask('PATCH', '/bulk/update', { body })).body).toMatchObject([{ status: 400 }]);
    expect(textValues(storedItems(rest, unid), 'HoTen')).toEqual(['Nguyễn Văn Ánh']);
  });

  test('[RF11] DQL shows documents of forms with a mode dql only, in no order, paged by start and count', async () => {
    await using rest = await temporaryRest();
    const unids = Array.from({ length: 12 }, (_, at) =>
      rest.lan.create({ Form: 'Member', HoTen: String(at) }),
    );
    rest.lan.create({ Form: 'Task', TieuDe: 'x' });
    const ask = async (query: Record<string, string>) =>
      (
        await rest.ask<{ '@meta': { unid: string } }[]>('POST', '/query', { query, body: { query: '@all' } })
      ).body.map(({ '@meta': meta }) => meta.unid);
    const [one, other] = [await ask({}), await ask({})];
    expect([...one].sort()).toEqual([...unids].sort());
    expect(one).not.toEqual(other);
    expect(await ask({ start: '10', count: '5' })).toHaveLength(2);
    const inDefault = await rest.ask<object[]>('POST', '/query', {
      body: { query: '@all', mode: 'default' },
    });
    expect(inDefault.body).toHaveLength(13);
    const byUrl = await rest.ask<object[]>('POST', '/query', {
      query: { mode: 'default' },
      body: { query: '@all' },
    });
    expect(byUrl.body).toHaveLength(12);
  });

  test('[RF11] variables, forms with aliases, limits and wrong queries', async () => {
    await using rest = await temporaryRest();
    rest.lan.create({ Form: 'Member', HoTen: 'a' });
    rest.lan.create({ Form: 'DangVien', HoTen: 'b' });
    const ask = (body: object, query = {}) => rest.ask<object[]>('POST', '/query', { query, body });
    expect((await ask({ query: 'HoTen = ?Ten', variables: { Ten: 'a' } })).body).toHaveLength(1);
    expect((await ask({ query: '@all', forms: ['Member'] })).body).toHaveLength(1);
    expect((await ask({ query: '@all', forms: ['Member'], includeFormAlias: true })).body).toHaveLength(2);
    expect((await ask({ query: "HoTen = 'a'", maxScanDocs: 1 })).status).toBe(500);
    expect((await ask({ query: 'HoTen ==' })).status).toBe(400);
    expect((await ask({ query: '@all', other: 1 })).status).toBe(400);
    expect((await ask({ query: 'HoTen ==' }, { action: 'parse' })).status).toBe(400);
    expect((await ask({ query: '@all' }, { action: 'parse' })).body).toEqual([
      { parseResult: 'Successful parse' },
    ]);
    expect(JSON.stringify((await ask({ query: "HoTen = 'a'" }, { action: 'explain' })).body)).toContain(
      'FoundDocs 1',
    );
  });

  test('[RF11] the schema can forbid queries, by a flag and by a formula', async () => {
    for (const schema of [
      { dqlAccess: false },
      { dqlFormula: { formula: '@IsMember("[Admin]"; @UserRoles)' } },
    ]) {
      await using rest = await temporaryRest({ schema });
      expect((await rest.ask('POST', '/query', { body: { query: '@all' } })).status).toBe(403);
    }
  });

  test('[RF18] queryformula is of newer servers: changed in this file since a time, by formula, and never a deletion', async () => {
    await using older = await temporaryRest();
    expect((await older.ask('POST', '/queryformula', { body: { query: '@All' } })).status).toBe(404);
    await using rest = await temporaryRest({ quirks: { queryFormula: 'present' } });
    const [early, gone] = [
      rest.lan.create({ Form: 'Member', HoTen: 'a' }),
      rest.lan.create({ Form: 'Member' }),
    ];
    rest.domino.time += 60_000;
    const since = new Date(rest.domino.time).toISOString();
    const late = rest.lan.create({ Form: 'Member', HoTen: 'b' });
    rest.lan.delete(gone);
    const ask = async (body: object) =>
      (await rest.ask<{ '@meta': { unid: string } }[]>('POST', '/queryformula', { body })).body.map(
        ({ '@meta': meta }) => meta.unid,
      );
    expect(await ask({ query: 'Form = "Member"', since })).toEqual([late]);
    expect(await ask({ query: 'HoTen = "a"' })).toEqual([early]);
    rest.domino.time += 30_000;
    expect(await ask({ query: '@All', sinceSecondsAgo: 40 })).toEqual([late]);
    const refused = await rest.ask('POST', '/queryformula', { body: { query: '@DbLookup("";"";"";"";"")' } });
    expect(refused.body).toMatchObject({ status: 400, details: 'the function @dblookup is not modelled' });
  });

  test('[RF15] what is asked for stands in the request log: of each document the fields of its form and mode', async () => {
    await using rest = await temporaryRest();
    const unid = rest.lan.create({ Form: 'Member', HoTen: 'a', PhatHanh: 'co' });
    const task = rest.lan.create({ Form: 'Task', TieuDe: 'a' });
    await rest.ask('POST', '/bulk/unid', { body: { unids: [unid, task], mode: 'cong' } });
    await rest.ask('POST', '/bulk/unid', { body: { unids: [task], mode: 'default' } });
    const { requests } = rest.domino.domino;
    expect([...requests.itemsAskedOf(unid)]).toEqual(['form', 'hoten']);
    expect([...requests.itemsAskedOf(task)]).toEqual(['form', 'tieude']);
    expect(requests.entries().map(({ method }) => method)).toContain('bulkGetDocumentsByUnid');
  });
});
