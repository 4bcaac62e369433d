import { describe, expect, test } from 'vitest';
import type { InjectOptions } from 'fastify';
import { BRIDGE, temporaryRest, type TemporaryRest } from './testing/temporary-rest.ts';

const DESIGNER = { ...BRIDGE, access: 'designer' } as const;

async function setup(rest: TemporaryRest, scope = '$DATA $SETUP') {
  const headers = { authorization: `Bearer ${await rest.login(scope)}` };
  return async <T = Record<string, unknown>>(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    options: Partial<InjectOptions> = {},
  ) => rest.plain<T>({ method, url: `/api/setup-v1${path}`, headers, ...options });
}

const forms = [{ formName: 'Member', formModes: [{ modeName: 'default', fields: [{ name: 'HoTen' }] }] }];

describe('schemas and scopes by the setup API', () => {
  test('[RF21] a designer stores a schema, maps a scope to it, changes it, and takes both away', async () => {
    await using rest = await temporaryRest({ identity: DESIGNER });
    const ask = await setup(rest);
    const query = { nsfPath: 'members.nsf', configName: 'moi' };
    const stored = await ask('POST', '/schema', { query, payload: { forms } });
    expect(stored.body).toMatchObject({
      schemaName: 'moi',
      nsfPath: 'members.nsf',
      requireRevisionToUpdate: false,
    });
    const payload = {
      apiName: 'moi',
      nsfPath: 'members.nsf',
      schemaName: 'moi',
      maximumAccessLevel: 'Reader',
    };
    expect((await ask('POST', '/admin/scope', { payload })).body).toMatchObject({
      ...payload,
      isActive: true,
    });
    const unid = rest.lan.create({ Form: 'Member', HoTen: 'An', Diem: 1 });
    const read = async () =>
      (await rest.ask('GET', `/document/${unid}`, { query: { dataSource: 'moi', meta: 'false' } })).body;
    expect(await read()).toEqual({ Form: 'Member', HoTen: 'An' });
    const fields = [{ name: 'Diem', type: 'number' }];
    await ask('POST', '/schema', {
      query,
      payload: { forms: [{ formName: 'Member', formModes: [{ modeName: 'default', fields }] }] },
    });
    expect(await read()).toEqual({ Form: 'Member', Diem: 1 });
    const scopes = await ask<{ apiName: string }[]>('GET', '/admin/scopes');
    expect(scopes.body.map(({ apiName }) => apiName)).toEqual(['members', 'moi']);
    expect((await ask('GET', '/schemas', { query: { nsfPath: 'members.nsf' } })).body).toMatchObject([
      { apiName: 'members' },
      { apiName: 'moi' },
    ]);
    await ask('DELETE', '/admin/scope', { query: { scopeName: 'moi' } });
    expect(await read()).toMatchObject({ status: 404, errorId: 1112 });
    expect((await ask('DELETE', '/schema', { query })).status).toBe(200);
    expect((await ask('GET', '/schema', { query })).body).toMatchObject({ status: 404, errorId: 1037 });
    expect((await ask('DELETE', '/admin/cache')).body).toMatchObject({ message: 'cache reset' });
  });

  test('[RF21] quick configuration makes both from the notes; deleting is off unless it is asked for', async () => {
    await using rest = await temporaryRest({ identity: DESIGNER });
    const ask = await setup(rest);
    const unid = rest.lan.create({ Form: 'Sách', Ten: ['a', 'b'] });
    for (const [allowDeletion, status] of [
      [false, 403],
      [true, 200],
    ] as const) {
      const payload = { nsfPath: 'members.nsf', scopeName: 'nhanh', allowDeletion };
      expect((await ask('POST', '/admin/quickconfig', { payload })).body).toMatchObject({ apiName: 'nhanh' });
      const query = { dataSource: 'nhanh', meta: 'false' };
      expect((await rest.ask('GET', `/document/${unid}`, { query })).body).toEqual({
        Form: 'Sách',
        Ten: ['a', 'b'],
      });
      expect((await rest.ask('DELETE', `/document/${unid}`, { query })).status).toBe(status);
    }
  });

  test('[RF21] without $SETUP, without Designer access, or with what is not modelled: refused', async () => {
    await using rest = await temporaryRest({ identity: DESIGNER });
    const query = { nsfPath: 'members.nsf', configName: 'moi' };
    expect((await (await setup(rest, '$DATA'))('GET', '/schema', { query })).status).toBe(403);
    const ask = await setup(rest);
    const dqlFormula = { formula: '@DbColumn("")' };
    const refused = await ask('POST', '/schema', { query, payload: { forms, dqlFormula } });
    expect(refused.body).toMatchObject({ status: 400, details: expect.stringContaining('@dbcolumn') });
    await using editor = await temporaryRest();
    const asEditor = await setup(editor);
    expect((await asEditor('POST', '/schema', { query, payload: { forms } })).body).toMatchObject({
      status: 403,
      errorId: 1033,
    });
  });
});
