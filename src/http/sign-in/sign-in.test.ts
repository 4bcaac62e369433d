import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SESSION_MS } from '../../../connectors/accounts/port.ts';
import type { AppDeps } from '../app-deps.ts';
import { PASSWORD, testApp, type TestApp } from '../testing/test-app.ts';
import { Browser } from './testing/browser.ts';

let t: TestApp;
const open: TestApp[] = [];
const start = (changes: Partial<AppDeps> = {}): TestApp => {
  const one = testApp(changes);
  open.push(one);
  return one;
};
beforeEach(async () => {
  t = start();
  await t.accounts.inside.create({ name: 'an', role: 'operator', password: PASSWORD });
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.app.close();
});

const LINKS = '/api/ops/v1/links';
const COUNT = '/api/ops/v1/operations/count-to';
const asAn = { zone: 'inside', name: 'an', password: PASSWORD };

describe('signing in with a browser', () => {
  it('opens a session that the operations API takes by cookie, and ends it', async () => {
    const browser = new Browser(t.app);
    const entered = await browser.signIn(asAn);
    expect([entered.statusCode, entered.headers['location']]).toEqual([303, '/console']);
    expect((await browser.get(LINKS)).statusCode).toBe(200);
    const { account, csrfToken } = (await browser.get('/api/session')).json();
    expect(account).toMatchObject({ name: 'an', role: 'operator', zone: 'inside' });
    const done = await browser.postJson(COUNT, {}, { 'x-csrf-token': csrfToken });
    expect(done.statusCode).toBe(200);
    const cookie = browser.cookie('bridge-session');

    const page = await browser.get('/sign-in?lang=en');
    expect(page.body).toContain('Account: <strong>an</strong>');
    const left = await browser.submit('/sign-out', page.body, {});
    expect([left.statusCode, left.headers['location']]).toEqual([303, '/sign-in?lang=en&out=1']);
    expect(browser.cookie('bridge-session')).toBeUndefined();
    const replayed = await t.app.inject({ url: LINKS, cookies: { 'bridge-session': String(cookie) } });
    expect(replayed.statusCode).toBe(401);
  });

  it('ends with the session: by time, from elsewhere, by a new password', async () => {
    const [first, second] = [new Browser(t.app), new Browser(t.app)];
    await first.signIn(asAn);
    await second.signIn(asAn);
    await second.submit('/sign-out', (await second.get('/sign-in')).body, { everywhere: 'yes' });
    expect((await first.get(LINKS)).statusCode).toBe(401);
    await first.signIn(asAn);
    t.state.now += SESSION_MS;
    expect((await first.get(LINKS)).statusCode).toBe(401);
  });

  it('does not reuse a session that was there before', async () => {
    const browser = new Browser(t.app);
    await browser.signIn(asAn);
    const before = String(browser.cookie('bridge-session'));
    const form = (await new Browser(t.app).get('/sign-in')).body;
    expect(form).toContain('name="password"');
    await browser.signIn(asAn);
    expect(browser.cookie('bridge-session')).not.toBe(before);
    expect((await t.app.inject({ url: LINKS, cookies: { 'bridge-session': before } })).statusCode).toBe(401);
  });

  it('answers a wrong password as it answers an unknown name, and repeats only the name, as text', async () => {
    const wrong = await new Browser(t.app).signIn({ ...asAn, password: 'not it' });
    const unknown = await new Browser(t.app).signIn({ ...asAn, name: 'nobody' });
    expect([wrong.statusCode, unknown.statusCode]).toEqual([401, 401]);
    const plain = (body: string) =>
      body.replace(/name="(_csrf|name)" value="[^"]*"/g, '').replaceAll(/nobody|an/g, '');
    expect(plain(unknown.body)).toBe(plain(wrong.body));
    const hostile = await new Browser(t.app).signIn({ ...asAn, name: '"><script>alert(1)</script>' });
    expect(hostile.body).not.toContain('<script');
    expect(hostile.body).toContain('&quot;&gt;&lt;script&gt;');
    for (const answer of [wrong, hostile]) expect(answer.body).not.toContain(PASSWORD);
  });

  it('is limited like log-ins, in words for people', async () => {
    const few = start({ limits: { logInsPerMinute: 1 } });
    const browser = new Browser(few.app);
    await browser.signIn(asAn);
    const refused = await browser.signIn(asAn);
    expect([refused.statusCode, refused.headers['content-type']]).toEqual([429, 'text/html; charset=utf-8']);
    expect(refused.body).toContain('Quá nhiều yêu cầu');
  });

  it('speaks Vietnamese unless the browser likes English better', async () => {
    const page = async (accept: string) =>
      (await t.app.inject({ url: '/sign-in', headers: { 'accept-language': accept } })).body;
    expect(await page('fr-FR,fr;q=0.9')).toContain('<html lang="vi">');
    expect(await page('en-GB,en;q=0.9,vi;q=0.8')).toContain('<html lang="en">');
    expect(await page('vi-VN,vi;q=0.9,en;q=0.8')).toContain('Đăng nhập');
  });
});

describe('cookies of the sign-in', () => {
  const attributes = (of: TestApp, name: string) =>
    new Browser(of.app).signIn(asAn).then((answer) => answer.cookies.find((cookie) => cookie.name === name));

  it('are out of reach of scripts and other sites', async () => {
    const cookie = await attributes(t, 'bridge-session');
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    expect(cookie).not.toHaveProperty('domain');
  });

  it('are bound to this host and to TLS where the server is reached by https', async () => {
    const behind = start({ web: { publicUrl: 'https://sotay.example.vn', trustedProxies: [] } });
    await behind.accounts.inside.create({ name: 'an', role: 'operator', password: PASSWORD });
    const cookie = await attributes(behind, '__Host-bridge-session');
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', secure: true });
    const browser = new Browser(behind.app);
    await browser.signIn(asAn);
    const session = String(browser.cookie('__Host-bridge-session'));
    const plain = await behind.app.inject({ url: LINKS, cookies: { 'bridge-session': session } });
    expect(plain.statusCode).toBe(401);
  });
});

describe('another site', () => {
  it.each([
    ['no token', {}],
    ['an empty token', { 'x-csrf-token': '' }],
    ['a made-up token', { 'x-csrf-token': 'AAAAAAAA-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
  ])('changes nothing by cookie with %s', async (_, headers) => {
    const browser = new Browser(t.app);
    await browser.signIn(asAn);
    const answer = await browser.postJson(COUNT, {}, headers);
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'csrf']);
    const out = await t.app.inject({
      method: 'DELETE',
      url: '/api/session',
      cookies: { 'bridge-session': String(browser.cookie('bridge-session')) },
      headers,
    });
    expect(out.statusCode).toBe(403);
    expect((await browser.get(LINKS)).statusCode).toBe(200);
  });

  it('changes nothing with the token of another session, nor when the browser says that it is another site', async () => {
    const [mine, theirs] = [new Browser(t.app), new Browser(t.app)];
    await mine.signIn(asAn);
    await theirs.signIn(asAn);
    const token = (await theirs.get('/api/session')).json().csrfToken;
    expect((await mine.postJson(COUNT, {}, { 'x-csrf-token': token })).statusCode).toBe(403);
    for (const site of ['cross-site', 'same-site']) {
      const headers = { 'x-csrf-token': token, 'sec-fetch-site': site };
      expect((await theirs.postJson(COUNT, {}, headers)).statusCode).toBe(403);
    }
    const headers = { 'x-csrf-token': token, 'sec-fetch-site': 'same-origin' };
    expect((await theirs.postJson(COUNT, {}, headers)).statusCode).toBe(200);
  });

  it('signs nobody in or out: the forms need their own page', async () => {
    const answer = await new Browser(t.app).submit('/sign-in', '', { ...asAn, _csrf: 'made-up' });
    expect(answer.statusCode).toBe(403);
    expect(answer.cookies.map(({ name }) => name)).not.toContain('bridge-session');
    const other = (await new Browser(t.app).get('/sign-in')).body;
    const victim = new Browser(t.app);
    await victim.get('/sign-in');
    expect((await victim.submit('/sign-in', other, asAn)).statusCode).toBe(403);
    await victim.signIn(asAn);
    expect((await victim.submit('/sign-out', other, {})).statusCode).toBe(403);
    expect((await victim.get(LINKS)).statusCode).toBe(200);
  });

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/x/../..//evil.example',
    'javascript:alert(1)',
  ])('is no place to go to after signing in: %s', async (to) => {
    const answer = await new Browser(t.app).signIn({ ...asAn, to });
    expect([answer.statusCode, answer.headers['location']]).toEqual([303, '/console']);
  });

  it('is not where a path on this server leads', async () => {
    const answer = await new Browser(t.app).signIn({ ...asAn, to: '/docs?a=b#c' });
    expect(answer.headers['location']).toBe('/docs?a=b#c');
  });
});

describe('a bearer token', () => {
  it('needs no CSRF token, and stands above a cookie', async () => {
    const browser = new Browser(t.app);
    await browser.signIn(asAn);
    const bearer = await t.as('auditor');
    const answer = await browser.postJson(COUNT, {}, bearer);
    expect(answer.statusCode).toBe(200);
    expect((await browser.get('/api/session', bearer)).json()).toMatchObject({
      account: { role: 'auditor' },
      csrfToken: null,
    });
    expect((await browser.get(LINKS, { authorization: 'Bearer in_not-a-token-at-all' })).statusCode).toBe(
      401,
    );
  });
});
