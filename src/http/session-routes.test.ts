import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IssuerUnreachable } from '../../connectors/oidc/port.ts';
import { SESSION_MS } from '../../connectors/accounts/port.ts';
import { asLocal, LOCAL_TOKEN, PASSWORD, testApp, type TestApp } from './testing/test-app.ts';

let t: TestApp;
beforeEach(() => {
  t = testApp();
});
afterEach(() => t.app.close());

const LINKS = '/api/ops/v1/links';
const ENTITIES = '/api/handbook/v1/entities';
const logIn = (zone: string, name: string, password: string) =>
  t.app.inject({ method: 'POST', url: '/api/session', payload: { zone, name, password } });
const statusOf = async (url: string, headers: Record<string, string>, remoteAddress = '127.0.0.1') =>
  (await t.app.inject({ url, headers, remoteAddress })).statusCode;

describe('session', () => {
  it('opens, works, and ends by logging out', async () => {
    await t.accounts.inside.create({ name: 'an', role: 'auditor', password: PASSWORD });
    const opened = await logIn('inside', 'an', PASSWORD);
    expect(opened.statusCode).toBe(201);
    expect(opened.json()).toMatchObject({ account: { name: 'an', role: 'auditor', zone: 'inside' } });
    const headers = { authorization: `Bearer ${opened.json().token}` };
    expect(await statusOf(LINKS, headers)).toBe(200);
    const ended = await t.app.inject({ method: 'DELETE', url: '/api/session', headers });
    expect(ended.statusCode).toBe(204);
    expect(ended.body).toBe('');
    expect(await statusOf(LINKS, headers)).toBe(401);
  });

  it('expires', async () => {
    const headers = await t.as('auditor');
    t.state.now += SESSION_MS;
    const answer = await t.app.inject({ url: LINKS, headers });
    expect(answer.json()).toMatchObject({ code: 'unauthenticated' });
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it('answers a wrong password as it answers an unknown name', async () => {
    await t.accounts.outside.create({ name: 'binh', role: 'app', password: PASSWORD });
    const wrong = await logIn('outside', 'binh', 'not it');
    const unknown = await logIn('outside', 'nobody', 'not it');
    const otherZone = await logIn('inside', 'binh', PASSWORD);
    for (const answer of [wrong, unknown, otherZone]) {
      expect(answer.statusCode).toBe(401);
      expect({ ...answer.json(), requestId: '' }).toEqual({ ...wrong.json(), requestId: '' });
    }
  });

  it('limits log-ins', async () => {
    const few = testApp({ limits: { logInsPerMinute: 2 } });
    const statuses: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      const payload = { zone: 'inside', name: 'x', password: 'y' };
      statuses.push((await few.app.inject({ method: 'POST', url: '/api/session', payload })).statusCode);
    }
    await few.app.close();
    expect(statuses).toEqual([401, 401, 429]);
  });
});

describe('who may call what', () => {
  it('keeps the zones apart', async () => {
    expect(await statusOf(ENTITIES, await t.as('operator'))).toBe(403);
    expect(await statusOf(ENTITIES, asLocal)).toBe(403);
    expect(await statusOf(LINKS, await t.as('app'))).toBe(403);
    expect(await statusOf(ENTITIES, await t.as('member'))).toBe(200);
  });

  it('does not take a token of one zone for the other', async () => {
    const { authorization } = await t.as('operator');
    const swapped = { authorization: authorization.replace('in_', 'out_') };
    expect(await statusOf(LINKS, swapped)).toBe(401);
    expect(await statusOf(ENTITIES, swapped)).toBe(401);
  });

  it.each([
    '',
    'Bearer',
    'Bearer x',
    'Basic YTpi',
    `Bearer ${LOCAL_TOKEN}x`,
    `bearer  ${LOCAL_TOKEN}`,
    `Bearer in_${'a'.repeat(43)}`,
  ])('refuses %j', async (authorization) => {
    expect(await statusOf(LINKS, { authorization })).toBe(401);
  });

  it('takes the local token from this machine only', async () => {
    expect(await statusOf(LINKS, asLocal)).toBe(200);
    expect(await statusOf(LINKS, asLocal, '::1')).toBe(200);
    expect(await statusOf(LINKS, asLocal, '::ffff:127.0.0.1')).toBe(200);
    expect(await statusOf(LINKS, asLocal, '10.0.0.7')).toBe(401);
    expect(await statusOf(LINKS, { ...asLocal, 'x-forwarded-for': '127.0.0.1' }, '10.0.0.7')).toBe(401);
  });

  it('logs the local operator out of nothing', async () => {
    const answer = await t.app.inject({ method: 'DELETE', url: '/api/session', headers: asLocal });
    expect(answer.statusCode).toBe(204);
    expect(await statusOf(LINKS, asLocal)).toBe(200);
  });
});

describe('tokens of an issuer', () => {
  const token = `${'h'.repeat(20)}.${'p'.repeat(20)}.${'s'.repeat(20)}`;
  const ask = (app: TestApp['app'], url: string) =>
    app.inject({ url, headers: { authorization: `Bearer ${token}` } });

  it('stand for the handbook account of that name and for no operator', async () => {
    const t = testApp({ issuer: { verify: async (given) => (given === token ? 'lan' : null) } });
    await t.accounts.inside.create({ name: 'lan', role: 'operator', password: PASSWORD });
    expect((await ask(t.app, '/api/handbook/v1/entities')).statusCode).toBe(401);
    await t.accounts.outside.create({ name: 'lan', role: 'app', password: PASSWORD });
    expect((await ask(t.app, '/api/handbook/v1/entities')).statusCode).toBe(200);
    expect((await ask(t.app, '/api/ops/v1/operations')).statusCode).toBe(403);
    const out = await t.app.inject({
      method: 'DELETE',
      url: '/api/session',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(out.statusCode).toBe(204);
    await t.app.close();
  });

  it('are asked for later while the issuer cannot be reached, and are nothing without one', async () => {
    const down = testApp({ issuer: { verify: () => Promise.reject(new IssuerUnreachable('keys')) } });
    const answer = await ask(down.app, '/api/handbook/v1/entities');
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'unavailable']);
    const without = testApp();
    expect((await ask(without.app, '/api/handbook/v1/entities')).statusCode).toBe(401);
    await Promise.all([down.app.close(), without.app.close()]);
  });
});
