import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type HandbookApp, type Headers, openHandbookApp } from './testing/handbook-app.ts';
import { callersOf, CELL, fillWorld, ME } from './testing/sample-world.ts';

const documentSchema = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({ parameters: z.array(z.object({ name: z.string(), in: z.string() })).optional() }),
    ),
  ),
});

const HOSTILE = [
  "' or 1=1 --",
  '"; drop table handbook.record; --',
  '<script>alert(1)</script>',
  '../../../../etc/passwd',
  '%2e%2e%2f',
  '\u0000',
  '\ud800',
  '\u202e',
  'Đào'.normalize('NFD'),
  '{{7*7}}',
  '${7*7}',
  '__proto__',
  'constructor',
  '9'.repeat(400),
  '-1',
  '1e309',
  'NaN',
  '[]',
  '{"$gt":""}',
  'a'.repeat(3_000),
  '\r\nset-cookie: a=b',
  '\u{1f600}'.repeat(40),
  '',
];
const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 40 }));

let t: HandbookApp;
let callers: readonly Headers[];
let routes: readonly { readonly path: string; readonly query: readonly string[] }[];

beforeAll(async () => {
  t = await openHandbookApp();
  await fillWorld(t);
  const all = await callersOf(t);
  callers = [all.member, all.secretary, all.app];
  const { paths } = documentSchema.parse((await t.app.inject('/docs/json')).json());
  routes = Object.entries(paths)
    .filter(
      ([path, methods]) =>
        path.startsWith('/api/handbook/') && methods['get'] !== undefined && !path.endsWith('/stream'),
    )
    .map(([path, { get }]) => ({
      path,
      query: (get?.parameters ?? [])
        .filter((one) => one.in === 'query' && one.name !== 'wait')
        .map(({ name }) => name),
    }));
});
afterAll(() => t.close());

/** What is wrong with an answer to whatever was asked. */
function faults(answer: { statusCode: number; headers: Record<string, unknown>; body: string }): string[] {
  const isProblem = String(answer.headers['content-type']).includes('problem+json');
  return [
    answer.statusCode >= 500 ? `status ${answer.statusCode}` : '',
    answer.statusCode >= 400 && !isProblem ? 'an error that is no problem' : '',
    TELLTALE.test(answer.body) ? `tells of the inside: ${answer.body}` : '',
  ].filter((fault) => fault !== '');
}

const TELLTALE = /\n\s+at |node_modules|postgres|SQLSTATE|handbook\.record|syntax error/i;

describe('hostile input', () => {
  it('finds the routes in the OpenAPI page', () => {
    expect(routes.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        '/api/handbook/v1/search',
        '/api/handbook/v1/records/{entity}/{id}/blobs/{field}/{name}',
      ]),
    );
    expect(routes.length).toBeGreaterThanOrEqual(8);
  });

  it('in paths, queries and headers gets a clear answer from every route', async () => {
    const asked = fc.record({
      route: fc.nat().map((at) => routes[at % routes.length] ?? { path: '/', query: [] }),
      caller: fc.nat().map((at) => callers[at % callers.length] ?? {}),
      path: fc.array(
        fc.oneof(
          text,
          fc.constantFrom('member', 'document', 'assignment', t.idOf('member', ME), 'attachments'),
        ),
        {
          minLength: 4,
          maxLength: 4,
        },
      ),
      query: fc.dictionary(fc.nat({ max: 6 }).map(String), text, { maxKeys: 4 }),
      headers: fc.dictionary(
        fc.constantFrom(
          'range',
          'if-range',
          'if-none-match',
          'accept',
          'x-acting-for',
          'last-event-id',
          'accept-encoding',
        ),
        fc.string({ maxLength: 40 }).map((value) => value.replaceAll(/[^\x20-\x7e]/g, '')),
        { maxKeys: 3 },
      ),
    });
    await fc.assert(
      fc.asyncProperty(asked, async ({ route, caller, path, query, headers }) => {
        let at = 0;
        const filled = route.path.replaceAll(/\{\w+\}/g, () => encode(path[(at += 1) - 1] ?? ''));
        const asks = Object.entries(query).map(
          ([which, value]) =>
            `${route.query[Number(which) % Math.max(1, route.query.length)] ?? 'x'}=${encode(value)}`,
        );
        const url = asks.length === 0 ? filled : `${filled}?${asks.join('&')}`;
        expect([url, faults(await t.app.inject({ url, headers: { ...headers, ...caller } }))]).toEqual([
          url,
          [],
        ]);
      }),
      { numRuns: 400 },
    );
  });

  it('in every field of a mutation is stored as it came or refused, and never anything else', async () => {
    const app = callers[2] ?? {};
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.constantFrom('subject', 'content', 'recordCode', 'memberCode', 'organisationCode', 'submittedAt'),
        async (value, field) => {
          const recordId = crypto.randomUUID();
          const fields = {
            recordCode: recordId,
            memberCode: ME,
            organisationCode: CELL,
            subject: 'a',
            content: 'b',
            [field]: value,
          };
          const mutation = {
            mutationId: recordId,
            kind: 'create',
            entity: 'opinion',
            recordId,
            baseVersion: 0,
            fields,
          };
          const answer = await t.app.inject({
            method: 'POST',
            url: '/api/handbook/v1/mutations',
            headers: app,
            payload: { clientId: 'fuzz', mutations: [mutation] },
          });
          expect([field, value, faults(answer)]).toEqual([field, value, []]);
          const kind = answer.statusCode === 200 ? answer.json().results[0].kind : 'refused';
          expect(['applied', 'refused']).toContain(kind);
          const { status, body } = await t.get(`/records/opinion/${recordId}`, app);
          expect([value, status]).toEqual([value, kind === 'applied' ? 200 : 404]);
          const stored = kind === 'applied' ? body.fields[field] : value.normalize('NFC') || null;
          const canonical = value.normalize('NFC').replaceAll(/\r\n?/g, '\n');
          expect([value.normalize('NFC'), canonical, canonical.trim(), null]).toContain(stored);
        },
      ),
      { numRuns: 120 },
    );
    const { rows } = await t.pool.query<{ count: number }>(
      'select count(*)::integer as count from handbook.record',
    );
    expect(rows[0]?.count).toBeGreaterThan(40);
  });

  it.each([
    ['deep nesting', `{"clientId":"a","mutations":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400],
    [
      'many keys',
      `{"clientId":"a",${Array.from({ length: 50_000 }, (_, at) => `"k${at}":1`).join(',')}}`,
      400,
    ],
    ['a body over the limit', JSON.stringify({ clientId: 'a'.repeat(2_000_000) }), 413],
    ['broken UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 400],
    ['half a document', '{"clientId":"a","mutations":[', 400],
    ['a prototype', '{"clientId":"a","mutations":[],"__proto__":{"role":"app"}}', 400],
  ])('%s is refused', async (_what, payload, status) => {
    const answer = await t.app.inject({
      method: 'POST',
      url: '/api/handbook/v1/mutations',
      headers: { ...callers[0], 'content-type': 'application/json' },
      payload,
    });
    expect(faults(answer)).toEqual([]);
    expect(answer.statusCode).toBe(status);
  });
});

/** A lone half of a surrogate pair cannot be written in an address. */
function encode(value: string): string {
  return encodeURIComponent(value.toWellFormed());
}
