import { afterEach, describe, expect, it } from 'vitest';
import { quietWatch } from '../testing/fake-watch.ts';
import { journalRow } from '../testing/fake-store.ts';
import { testApp, type TestApp } from '../testing/test-app.ts';

let t: TestApp;
afterEach(() => t.app.close());
const get = async (url: string, role: 'auditor' | 'member' = 'auditor') =>
  t.app.inject({ url, headers: await t.as(role) });

const ROUTES = [
  '/me',
  '/overview',
  '/series',
  '/documents',
  '/document-search?q=x',
  '/documents/p',
  '/journal',
  '/journal-export',
  '/previews',
  '/previews/p',
  '/links/l/detail',
];

describe('what the console reads', () => {
  it('is for accounts of the inside zone', async () => {
    t = testApp();
    for (const route of ROUTES) {
      expect((await t.app.inject({ url: `/api/ops/v1${route}` })).statusCode, route).toBe(401);
      expect((await get(`/api/ops/v1${route}`, 'member')).statusCode, route).toBe(403);
      expect([200, 404], route).toContain((await get(`/api/ops/v1${route}`)).statusCode);
    }
    expect((await t.app.inject({ url: '/console/bull' })).statusCode).toBe(401);
    expect((await get('/console/bull', 'member')).statusCode).toBe(403);
  });

  it('goes out as CSV that no spreadsheet runs', async () => {
    const row = { ...journalRow('l', 7), reason: '=cmd("x"), "y"', by: '+84', fields: ['a', 'b'] };
    t = testApp({ watch: { ...quietWatch, searchJournal: async () => [row] } });
    const answer = await get('/api/ops/v1/journal-export');
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    const [head, line] = answer.body.split('\r\n');
    expect(head).toContain('hash');
    expect(line).toContain(`,'+84,"'=cmd(""x""), ""y""",a b,`);
  });

  it('asks the store once for many who watch at once', async () => {
    let asked = 0;
    t = testApp({
      watch: {
        ...quietWatch,
        summaries: async () => {
          asked += 1;
          return [];
        },
      },
    });
    await Promise.all(Array.from({ length: 5 }, () => get('/api/ops/v1/overview')));
    expect(asked).toBe(1);
  });

  it('says how the pages come about where they are not built', async () => {
    t = testApp();
    const answer = await t.app.inject({ url: '/console/links/x' });
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toContain('npm run build');
  });
});
