import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { asLocal, testApp, type TestApp } from './testing/test-app.ts';

let opened: TestApp[] = [];
afterEach(async () => {
  await Promise.all(opened.map(({ app }) => app.close()));
  opened = [];
});
function open(changes: Parameters<typeof testApp>[0] = {}): TestApp {
  const made = testApp(changes);
  opened.push(made);
  return made;
}

const MUTATIONS = '/api/handbook/v1/mutations';

describe('bad requests get a problem with a stable code', () => {
  const json = { 'content-type': 'application/json' };
  it.each([
    ['bad-json', 400, json, '{"clientId":'],
    ['bad-json', 400, json, ''],
    ['bad-json', 400, json, '{"clientId":"c","__proto__":{"role":"operator"}}'],
    ['bad-json', 400, json, '{"clientId":"c","constructor":{"prototype":{}}}'],
    ['bad-encoding', 400, json, Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d])],
    ['unsupported-media-type', 415, { 'content-type': 'text/plain' }, 'hello'],
    ['unsupported-media-type', 415, { 'content-type': 'application/xml' }, '<a/>'],
    ['too-large', 413, json, JSON.stringify({ clientId: 'x'.repeat(1024 * 1024) })],
    ['validation', 400, json, '[]'],
    ['validation', 400, json, 'null'],
    ['validation', 400, json, '{"clientId":"c","mutations":[],"extra":1}'],
  ])('%s (%i)', async (code, status, headers, payload) => {
    const { app, as } = open();
    const answer = await app.inject({
      method: 'POST',
      url: MUTATIONS,
      headers: { ...(await as('app')), ...headers },
      payload,
    });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ code, status, requestId: answer.headers['x-request-id'] });
    expect(answer.body).not.toContain('    at ');
  });

  it.each(['9007199254740993', '1e400', '-1e400', '12345678901234567890'])(
    'refuses the number %s',
    async (n) => {
      const { app, as, members } = open();
      const mutation = `{"mutationId":"m","kind":"create","entity":"assignment","recordId":"r","baseVersion":0,"fields":{"progress":${n}}}`;
      const answer = await app.inject({
        method: 'POST',
        url: MUTATIONS,
        headers: { ...(await as('app')), ...json },
        payload: `{"clientId":"c","mutations":[${mutation}]}`,
      });
      expect(answer.json()).toMatchObject({ code: 'validation' });
      expect(members.mutations).toEqual([]);
    },
  );

  it.each(['a\\u0000b', '\\ud800'])('refuses the text %s', async (broken) => {
    const { app, as, members } = open();
    const mutation = `{"mutationId":"m","kind":"create","entity":"assignment","recordId":"r","baseVersion":0,"fields":{"progress":"${broken}"}}`;
    const answer = await app.inject({
      method: 'POST',
      url: MUTATIONS,
      headers: { ...(await as('app')), ...json },
      payload: `{"clientId":"c","mutations":[${mutation}]}`,
    });
    expect(answer.json()).toMatchObject({ code: 'validation' });
    expect(members.mutations).toEqual([]);
  });

  it.each([
    ['/api/handbook/v1/records/member?limit=0', 'validation'],
    ['/api/handbook/v1/records/member?limit=1e99', 'validation'],
    ['/api/handbook/v1/records/member?limit=1&limit=2', 'validation'],
    ['/api/handbook/v1/records/member?limti=2', 'validation'],
    ['/api/handbook/v1/records/member?after=%00', 'validation'],
    ['/api/handbook/v1/records/%ff', 'bad-url'],
    ['/api/handbook/v1/changes?since=nonsense', 'bad-cursor'],
    [`/api/handbook/v1/changes?since=${Buffer.from('["a","\\u0000"]').toString('base64url')}`, 'bad-cursor'],
    [`/api/handbook/v1/records/member/${'x'.repeat(600)}`, 'bad-url'],
    ['/api/handbook/v1/nothing', 'not-found'],
    ['/api/handbook/v1/records/unheard-of', 'not-found'],
  ])('GET %s: %s', async (url, code) => {
    const { app, as } = open();
    const answer = await app.inject({ url, headers: await as('app') });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
    expect(answer.json()).toMatchObject({ code });
  });

  it('says which part is wrong, without repeating what was sent', async () => {
    const { app, as } = open();
    const answer = await app.inject({
      method: 'POST',
      url: MUTATIONS,
      headers: await as('app'),
      payload: { clientId: 'bad id 099123456789', 'khoá 099123456789': 1, mutations: [{ kind: 'burn' }] },
    });
    expect(answer.json().errors.map(({ path }: { path: string }) => path)).toContain('body/mutations/0/kind');
    expect(answer.body).not.toContain('099123456789');
    expect(answer.body).not.toContain('burn');
  });

  it('answers 405 with Allow where the address takes other methods', async () => {
    const { app } = open();
    const answer = await app.inject({ method: 'PUT', url: '/api/session?x=1' });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers.allow).toBe('DELETE, GET, HEAD, POST');
    expect(answer.json()).toMatchObject({ code: 'method-not-allowed' });
    const patched = await app.inject({ method: 'PATCH', url: '/api/handbook/v1/records/member/1' });
    expect(patched.headers.allow).toBe('GET, HEAD');
  });
});

describe('health', () => {
  it('is live without anything and ready when all parts are', async () => {
    const { app, state } = open();
    expect((await app.inject('/health/live')).json()).toEqual({ status: 'ok' });
    state.readiness = [{ name: 'postgres', ok: true, detail: '' }];
    expect((await app.inject('/health/ready')).json()).toEqual({ status: 'ready' });
  });

  it('names what fails, and only names', async () => {
    const { app, state } = open();
    state.readiness = [
      { name: 'postgres', ok: false, detail: 'connect ECONNREFUSED 10.1.2.3' },
      { name: 'queues', ok: true, detail: '' },
    ];
    const answer = await app.inject('/health/ready');
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ code: 'not-ready', failing: ['postgres'] });
    expect(answer.body).not.toContain('10.1.2.3');
  });

  it('answers a failing check with a problem, not with its error', async () => {
    const { app } = open({ readiness: () => Promise.reject(new Error('password=hunter2')) });
    const answer = await app.inject('/health/ready');
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toMatchObject({ code: 'internal' });
    expect(answer.body).not.toContain('hunter2');
  });
});

describe('pages', () => {
  it('shows a page that loads nothing and runs nothing', async () => {
    const { app } = open();
    const answer = await app.inject('/');
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.body).toMatch(/^<!doctype html>/);
    expect(answer.body).toContain('Sổ tay đảng viên');
    expect(answer.body).toContain('href="/docs"');
    expect(answer.body).not.toMatch(/<script|https?:\/\/|<img|<link/);
    const style = /<style>(.*)<\/style>/s.exec(answer.body)?.[1] ?? '';
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(style))).toString('base64');
    expect(answer.headers['content-security-policy']).toContain(`style-src 'sha256-${digest}'`);
  });

  it('sends safe headers', async () => {
    const { app } = open();
    const { headers } = await app.inject('/health/live');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none';frame-ancestors 'none';base-uri 'none';form-action 'none'",
    });
  });

  it('serves the API page', async () => {
    const { app } = open();
    const page = await app.inject('/docs/');
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
    expect((await app.inject('/docs/static/swagger-ui.css')).statusCode).toBe(200);
    expect((await app.inject('/docs/json')).json().openapi).toBe('3.1.0');
  });
});

it('limits how often one address may ask, also for what is not there', async () => {
  const { app } = open({ limits: { perMinute: 3, logInsPerMinute: 2 } });
  const statuses: number[] = [];
  for (const url of ['/nothing', '/health/live', '/nothing', '/nothing', '/health/live']) {
    statuses.push((await app.inject(url)).statusCode);
  }
  expect(statuses).toEqual([404, 200, 404, 429, 429]);
  const last = await app.inject('/health/live');
  expect(last.json()).toMatchObject({ code: 'rate-limited' });
  expect(last.headers['retry-after']).toBeDefined();
});

it('answers what is not HTTP and hangs up', async () => {
  const { app } = open();
  const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
  const socket = connect(Number(port), '127.0.0.1').end('NOT HTTP AT ALL\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
});

it('does not start with a local token that can be guessed', () => {
  expect(() => testApp({ localToken: 'short' })).toThrow(/local token/);
});

describe('the log', () => {
  it('holds routes and codes, never what was asked or answered', async () => {
    const { app, as, members, logLines } = open({
      liveNote: () => Promise.reject(new Error('value Nguyễn-Bí-Mật-5')),
    });
    members.put('member', 'secret-id-1', 'key-bí-mật-2', { memberCode: 'key-bí-mật-2' });
    const headers = await as('app');
    await app.inject({ url: '/api/handbook/v1/records/member/secret-id-1?x=secret-query-3', headers });
    await app.inject({ url: '/api/handbook/v1/records/member?key=secret-query-3', headers });
    await app.inject({ url: '/secret-path-4' });
    await app.inject({ url: '/%ff-secret-path-4' });
    await app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { zone: 'inside', name: 'secret-name-6', password: 'secret-password-7' },
    });
    await app.inject({ url: `/api/ops/v1/links/members/notes/${'A'.repeat(32)}`, headers: asLocal });
    const operation = '/api/ops/v1/operations/approve';
    await app.inject({
      method: 'POST',
      url: operation,
      headers: asLocal,
      payload: { preview: 'secret-preview-8', mode: 'break' },
    });
    app.log.info({ req: { headers, url: '/secret-path-4' }, headers, err: new Error('secret-9') }, 'by hand');

    const log = logLines.join('');
    expect(log).toContain('"route":"/api/handbook/v1/records/:entity/:id"');
    expect(log).toContain('"route":"/api/ops/v1/links/:link/notes/:unid"');
    expect(log).toContain('"operation":"approve"');
    expect(log).toContain('at liveNote');
    expect(log).not.toMatch(/secret|bí-mật|Bí-Mật/i);
    expect(log).not.toContain(headers.authorization.slice(10));
    expect(log).not.toContain('local-token');
    expect(log).not.toContain('127.0.0.1');
  });
});

it('limits how often one account may ask, from whatever address', async () => {
  const { app, as } = open({ limits: { perMinute: 5, perAccountPerMinute: 2 } });
  const [member, officer, service] = [await as('member'), await as('officer'), await as('app')];
  let address = 0;
  const ask = async (headers: object) => {
    address += 1;
    const remoteAddress = `10.0.0.${address}`;
    return app.inject({ url: '/api/handbook/v1/entities', headers: { ...headers }, remoteAddress });
  };
  const times = async (count: number, headers: object) => {
    const statuses: number[] = [];
    while (statuses.length < count) statuses.push((await ask(headers)).statusCode);
    return statuses;
  };
  expect(await times(3, member)).toEqual([200, 200, 429]);
  expect(await times(2, officer)).toEqual([200, 200]);
  expect(await times(6, service)).toEqual([200, 200, 200, 200, 200, 429]);
  const last = await ask(member);
  expect(last.json()).toMatchObject({ code: 'rate-limited' });
  expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
});
