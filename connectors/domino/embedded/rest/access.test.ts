import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createMember } from './testing/member-documents.ts';
import { BRIDGE, PASSWORD, temporaryRest } from './testing/temporary-rest.ts';

const login = (password = PASSWORD) => ({
  method: 'POST' as const,
  url: '/api/v1/auth',
  payload: { username: 'Bridge', password },
});

describe('tokens and scopes', () => {
  test("[RF9] a token says when it expires, and is worthless then; the time is the server's", async () => {
    await using rest = await temporaryRest({ tokenSeconds: 60 });
    const { body } = await rest.plain<{ expSeconds: number; claims: { sub: string } }>(login());
    expect(body).toMatchObject({
      expSeconds: 60,
      leeway: 5,
      claims: { sub: BRIDGE.name, scope: 'MAIL $DATA', aud: 'Domino' },
    });
    expect((await rest.ask('GET', '/userinfo')).status).toBe(200);
    rest.domino.time += 66_000;
    expect((await rest.ask('GET', '/userinfo')).status).toBe(401);
  });

  test('[RF9] a restart makes every token worthless', async () => {
    await using rest = await temporaryRest();
    expect((await rest.ask('GET', '/userinfo')).status).toBe(200);
    rest.face.restart();
    expect((await rest.ask('GET', '/userinfo')).status).toBe(401);
    expect((await rest.plain(login())).status).toBe(200);
  });

  test('[RF9] five bad logins lock the user out for an hour, with the same answer', async () => {
    await using rest = await temporaryRest();
    for (let attempt = 0; attempt < 5; attempt++) {
      const bad = await rest.plain(login('wrong'));
      expect(bad.body).toEqual({
        status: 401,
        message: 'Invalid credentials or account locked',
        errorId: 1008,
      });
    }
    expect((await rest.plain(login())).body).toMatchObject({ errorId: 1008 });
    rest.domino.time += 3_600_001;
    expect((await rest.plain(login())).status).toBe(200);
  });

  test('[RF9] a forged token opens nothing', async () => {
    await using rest = await temporaryRest();
    const token = await rest.login();
    const [header = '', payload = '', signature = ''] = token.split('.');
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    const other = Buffer.from(JSON.stringify({ sub: 'CN=Admin/O=Party', aud: 'Domino', exp: 9e9 })).toString(
      'base64url',
    );
    for (const forged of [
      `${none}.${payload}.`,
      `${header}.${other}.${signature}`,
      'x',
      `${header}.${payload}.AA`,
    ]) {
      const headers = { authorization: `Bearer ${forged}` };
      expect((await rest.plain({ method: 'GET', url: '/api/v1/userinfo', headers })).status).toBe(401);
    }
  });

  test('[RF9] OAuth: a refresh token gives an access token within the scopes of its application', async () => {
    await using rest = await temporaryRest({
      applications: [
        { clientId: 'app', clientSecret: 's3', scope: '$DATA members', refreshTokens: { r1: BRIDGE.name } },
      ],
    });
    const ask = async (form: Record<string, string>) =>
      rest.plain<{ access_token?: string; error?: string }>({
        method: 'POST',
        url: '/oauth/token',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(form).toString(),
      });
    const form = {
      grant_type: 'refresh_token',
      refresh_token: 'r1',
      client_id: 'app',
      client_secret: 's3',
      scope: 'members',
    };
    const { body } = await ask(form);
    const url = '/api/v1/scope?dataSource=members';
    const used = await rest.plain({
      method: 'GET',
      url,
      headers: { authorization: `Bearer ${body.access_token}` },
    });
    expect(used.status).toBe(200);
    expect((await ask({ ...form, client_secret: 'x' })).body.error).toBe('invalid_client');
    expect((await ask({ ...form, refresh_token: 'x' })).body.error).toBe('invalid_grant');
    expect((await ask({ ...form, scope: 'members $SETUP' })).body.error).toBe('invalid_scope');
    expect((await ask({ ...form, grant_type: 'client_credentials' })).body.error).toBe(
      'unsupported_grant_type',
    );
  });

  test('[RF9] tokens of another provider: taken when it is trusted, for the name that HCL looks for, and no other', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    await using rest = await temporaryRest({
      providers: [{ issuer: 'https://idp.example', publicKey: pem }],
    });
    const now = Math.floor(rest.domino.time / 1000);
    const good = {
      iss: 'https://idp.example',
      aud: 'Domino',
      iat: now,
      exp: now + 60,
      scope: '$DATA',
      sub: 'x',
      CN: BRIDGE.name,
    };
    const status = async (claims: object, alg = 'RS256'): Promise<number> => {
      const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      const signed = `${part({ alg })}.${part(claims)}`;
      const signature = sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url');
      const headers = { authorization: `Bearer ${signed}.${signature}` };
      return (await rest.plain({ method: 'GET', url: '/api/v1/scope?dataSource=members', headers })).status;
    };
    expect(await status(good)).toBe(200);
    expect(await status({ ...good, scope: 'khac' })).toBe(403);
    const refused = [
      { ...good, iss: 'https://other.example' },
      { ...good, aud: 'account' },
      { ...good, exp: now - 60 },
      { ...good, CN: undefined },
      { ...good, CN: 'CN=Nobody/O=Party' },
      { ...good, scope: undefined },
    ];
    for (const claims of refused) expect(await status(claims)).toBe(401);
    expect(await status(good, 'HS256')).toBe(401);
  });

  test('[RF17] scopes limit: an unknown one is 404, one outside the token 403, a closed one wants its own name', async () => {
    await using rest = await temporaryRest({ schema: { openAccess: false } });
    expect((await rest.ask('GET', '/scope')).status).toBe(403);
    expect((await rest.ask('GET', '/scope', { query: { dataSource: 'khac' } })).body).toMatchObject({
      errorId: 1112,
      status: 404,
    });
    const own = await rest.login('members');
    const headers = { authorization: `Bearer ${own}` };
    expect(
      (await rest.plain({ method: 'GET', url: '/api/v1/scope?dataSource=members', headers })).status,
    ).toBe(200);
  });

  test('[RF17] the scope caps the caller: a Manager comes in as a Reader and writes nothing', async () => {
    await using rest = await temporaryRest({
      scope: { maximumAccessLevel: 'Reader' },
      identity: { ...BRIDGE, access: 'manager' },
    });
    const unid = rest.lan.create({ Form: 'Member', HoTen: 'a' });
    expect((await rest.ask('GET', '/scope/access')).body).toMatchObject({
      Level: 'READER',
      Roles: ['[Bridge]'],
    });
    expect((await rest.ask('GET', `/document/${unid}`)).body).toMatchObject({ '@meta': { editable: false } });
    expect((await rest.ask('PATCH', `/document/${unid}`, { body: { HoTen: 'b' } })).status).toBe(403);
    expect((await rest.ask('POST', '/document', { body: { Form: 'Member' } })).status).toBe(403);
  });

  test('[RF16] a request with an Origin that is not listed is refused, unless the server is older', async () => {
    const headers = { origin: 'https://ai-do.example' };
    await using rest = await temporaryRest({ origins: [/^https:\/\/so-tay\.example$/u] });
    expect((await rest.plain({ ...login(), headers })).status).toBe(403);
    expect((await rest.plain({ ...login(), headers: { origin: 'https://so-tay.example' } })).status).toBe(
      200,
    );
    await using older = await temporaryRest({ quirks: { unlistedOrigin: 'served' } });
    expect((await older.plain({ ...login(), headers })).status).toBe(200);
  });

  test('[RF16] another method on a known path is an empty 204 on older servers, and 404 on newer ones', async () => {
    for (const unsupportedMethod of [204, 404] as const) {
      await using rest = await temporaryRest({ quirks: { unsupportedMethod } });
      const { unid } = (await createMember(rest))['@meta'];
      expect((await rest.ask('POST', `/document/${unid}`, { body: {} })).status).toBe(unsupportedMethod);
      expect((await rest.ask('GET', '/nothing')).body).toMatchObject({ status: 404, errorId: 0 });
    }
  });

  test('[RF16] health has credentials of its own, and is not there without', async () => {
    const request = { method: 'GET' as const, url: '/health' };
    await using none = await temporaryRest();
    expect((await none.plain(request)).status).toBe(404);
    await using rest = await temporaryRest({ health: { username: 'h', password: 'p' } });
    expect((await rest.plain(request)).status).toBe(401);
    const authorization = `Basic ${Buffer.from('h:p').toString('base64')}`;
    expect((await rest.plain({ ...request, headers: { authorization } })).body).toMatchObject({
      status: 'UP',
    });
  });
});

describe('the ACL of the file', () => {
  test('[RF17] gives level, roles and rights; the scope caps them', async () => {
    await using rest = await temporaryRest({ schema: { requireRevisionToUpdate: false } });
    const { unid } = (await createMember(rest))['@meta'];
    const setLevel = (level: string, deletes: boolean): void => {
      rest.domino.database.setAcl({
        entries: [
          { name: 'CN=Admin/O=Party', level: 'manager' },
          { name: '-Default-', level: 'none' },
          { name: BRIDGE.name, level, deletes, creates: false, roles: ['Bridge'] },
        ],
        roles: ['Bridge'],
      });
    };
    const statuses = async () => [
      (await rest.ask('GET', `/document/${unid}`)).status,
      (await rest.ask('PATCH', `/document/${unid}`, { body: { Diem: 1 } })).status,
      (await rest.ask('POST', '/document', { body: { Form: 'Member' } })).status,
      (await rest.ask('DELETE', `/document/${unid}`, { query: { mode: 'xoa' } })).status,
    ];
    setLevel('none', true);
    expect(await statuses()).toEqual([403, 403, 403, 403]);
    setLevel('reader', true);
    expect(await statuses()).toEqual([200, 403, 403, 403]);
    setLevel('author', true);
    expect(await statuses()).toEqual([200, 403, 403, 403]);
    setLevel('editor', false);
    expect(await statuses()).toEqual([200, 200, 200, 403]);
    expect((await rest.ask('GET', '/scope/access')).body).toMatchObject({
      Flags: ['NODELETE'],
      Roles: ['[Bridge]'],
    });
    setLevel('manager', true);
    expect((await rest.ask('GET', '/scope/access')).body).toMatchObject({ Level: 'EDITOR' });
    expect(await statuses()).toEqual([200, 200, 200, 200]);
  });

  test('[RF8] a softly deleted document is not there, and nothing says that it was', async () => {
    await using rest = await temporaryRest({ quirks: { queryFormula: 'present' } });
    const { unid } = (await createMember(rest))['@meta'];
    rest.domino.database.changeSettings({ softDeleteHours: 48 });
    expect((await rest.ask('DELETE', `/document/${unid}`, { query: { mode: 'xoa' } })).status).toBe(200);
    expect((await rest.ask('GET', `/document/${unid}`)).body).toMatchObject({ status: 404, errorId: 1029 });
    const answers = [
      await rest.ask('POST', '/query', { body: { query: '@all' } }),
      await rest.ask('POST', '/queryformula', { body: { query: '@All' } }),
      await rest.ask('GET', '/lists/ByName'),
    ];
    expect(answers.map(({ body }) => body)).toEqual([[], [], []]);
    expect((await rest.ask('POST', '/bulk/etag', { body: { unids: [unid] } })).body).toEqual({});
  });
});
