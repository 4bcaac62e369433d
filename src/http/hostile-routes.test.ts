import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type HandbookApp, type Headers, openHandbookApp } from './handbook/testing/handbook-app.ts';
import { callersOf, fillWorld, ME } from './handbook/testing/sample-world.ts';
import { asLocal } from './testing/test-app.ts';

interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly body: { readonly type: string; readonly schema: Schema } | null;
}

const HOSTILE = [
  "' or 1=1 --",
  '"; drop table handbook.record; --',
  '<img src=x onerror=alert(1)>',
  '../../../../etc/passwd',
  '\u0000',
  '\ud800',
  '\u202e',
  'Đào'.normalize('NFD'),
  '__proto__',
  'constructor',
  '9'.repeat(400),
  '-1',
  '1e309',
  '\r\nset-cookie: a=b',
  'a'.repeat(5_000),
  '',
];
const hostileText = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 30 }));
const hostileValue = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(null, true, -1, 1.5, 2 ** 53, [], {}, [[[[]]]], { $gt: '' }),
);

/** Mostly what the schema asks for, sometimes anything. */
function valueOf(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 4, arbitrary: fittingOf(schema) }, { weight: 1, arbitrary: hostileValue });
}

function fittingOf(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map(valueOf));
  const type = [schema.type].flat()[0] ?? 'string';
  switch (type) {
    case 'integer':
    case 'number':
      return fc.integer({ min: 0, max: 500 });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(valueOf(schema.items ?? {}), { maxLength: 3 });
    case 'object':
      return fc.record(
        Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, one]) => [key, valueOf(one)])),
        { requiredKeys: Object.keys(schema.properties ?? {}).filter((_, at) => at % 3 !== 2) },
      );
    default:
      return schema.format === 'uuid'
        ? fc.uuid()
        : fc.oneof(hostileText, fc.constantFrom('member', 'assignment', ME));
  }
}

let t: HandbookApp;
let callers: readonly Headers[];
let routes: readonly Route[];

beforeAll(async () => {
  t = await openHandbookApp();
  await fillWorld(t);
  const all = await callersOf(t);
  callers = [all.member, all.secretary, all.app, asLocal, {}];
  const { paths } = (await t.app.inject('/docs/json')).json();
  routes = Object.entries<Record<string, Operation>>(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]): Route => {
      const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
      const body = type === undefined || media === undefined ? null : { type, schema: media.schema };
      return { name: `${method} ${path}`, method, path, parameters, body };
    }),
  );
});
afterAll(() => t.close());

interface Operation {
  readonly parameters?: Route['parameters'];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

const TELLTALE = /\n\s+at |node_modules|postgres|SQLSTATE|handbook\.record|syntax error/i;

function faults(answer: { statusCode: number; headers: Record<string, unknown>; body: string }): string[] {
  const type = String(answer.headers['content-type']);
  const clear = type.includes('problem+json') || type.includes('text/html');
  return [
    answer.statusCode >= 500 ? `status ${answer.statusCode} ${answer.body}` : '',
    answer.statusCode >= 400 && answer.body !== '' && !clear ? `an error as ${type}` : '',
    TELLTALE.test(answer.body) ? `tells of the inside: ${answer.body}` : '',
    /onerror=alert/.test(answer.body) && type.includes('html') ? 'markup that was sent is sent back' : '',
    'a' in answer.headers || String(answer.headers['set-cookie']).includes('a=b')
      ? 'a header of the sender'
      : '',
  ].filter((fault) => fault !== '');
}

const encode = (value: unknown) =>
  encodeURIComponent((typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed());
const printable = (value: unknown) =>
  (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll(/[^\x20-\x7e]/g, '').slice(0, 2_000);

/** Broken bodies that are no values of any schema. */
const rawBody = fc.constantFrom<string | Buffer>(
  '{',
  `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
  Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
  '{"__proto__":{"role":"operator"}}',
  '{"constructor":{"prototype":{"role":"operator"}}}',
  'name=a&name=b&_csrf=%ff',
  'x'.repeat(1_100_000),
  '',
);
const headerTricks = fc.dictionary(
  fc.constantFrom(
    'x-http-method-override',
    'x-forwarded-for',
    'x-original-url',
    'cookie',
    'range',
    'if-none-match',
    'x-acting-for',
    'accept',
    'origin',
    'sec-fetch-site',
    'x-csrf-token',
  ),
  hostileText.map(printable),
  { maxKeys: 3 },
);

async function ask(route: Route, caller: Headers, draw: fc.GeneratorValue) {
  const given = route.parameters.map((one) => ({ ...one, value: draw(valueOf, one.schema) }));
  const place = (where: string) => given.filter((one) => one.in === where);
  const path = place('path').reduce(
    (url, { name, value }) => url.replace(`{${name}}`, encode(value)),
    route.path,
  );
  const query = place('query')
    // A long wait is no fault, only slow.
    .filter(({ name }) => name !== 'wait' && draw(fc.boolean))
    .map(({ name, value }) => `${name}=${encode(value)}`);
  const payload =
    route.body === null
      ? draw(() => fc.option(rawBody, { nil: undefined, freq: 4 }))
      : draw(() =>
          fc.oneof(
            {
              weight: 4,
              arbitrary: valueOf(route.body?.schema ?? {}).map((value) =>
                bodyOf(route.body?.type ?? '', value),
              ),
            },
            { weight: 1, arbitrary: rawBody },
          ),
        );
  const url = query.length === 0 ? path : `${path}?${query.join('&')}`;
  const answer = await t.app.inject({
    method: route.method.toUpperCase() as 'GET',
    url,
    ...(payload === undefined ? {} : { payload }),
    headers: {
      ...draw(() => headerTricks),
      ...(payload === undefined ? {} : { 'content-type': route.body?.type ?? 'application/json' }),
      ...Object.fromEntries(place('header').map(({ name, value }) => [name, printable(value)])),
      ...caller,
    },
  });
  return { url, answer };
}

function bodyOf(type: string, value: unknown): string {
  if (!type.includes('form')) return JSON.stringify(value);
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return fields.map(([name, one]) => `${encode(name)}=${encode(one)}`).join('&');
}

it('every route of the OpenAPI page answers what its schema does not allow with a clear 4xx, and goes on', async () => {
  expect(routes.length).toBeGreaterThan(30);
  const before = await t.pool.query<{ count: number }>(
    'select count(*)::integer as count from handbook.record',
  );
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.nat(), fc.gen(), async (at, who, draw) => {
      const route = routes[at % routes.length] as Route;
      // It stays open, and what it is asked is what the feed is asked.
      if (route.path.endsWith('/stream')) return;
      // Logging out would turn all that follows away at the door.
      const caller = route.name === 'delete /api/session' ? {} : (callers[who % callers.length] ?? {});
      const { url, answer } = await ask(route, caller, draw);
      expect([route.name, url, faults(answer)]).toEqual([route.name, url, []]);
    }),
    { numRuns: 700 },
  );
  const after = await t.pool.query<{ count: number }>(
    'select count(*)::integer as count from handbook.record',
  );
  expect(after.rows[0]?.count).toBeGreaterThanOrEqual(before.rows[0]?.count ?? 0);
  expect((await t.app.inject('/health/live')).statusCode).toBe(200);
  expect((await t.get('/entities', callers[0] ?? {})).status).toBe(200);
});

it('a method that a route does not have is answered as such, for every route', async () => {
  for (const { path } of routes) {
    const url = path.replaceAll(/\{\w+\}/g, crypto.randomUUID());
    const had = new Set(routes.filter((one) => one.path === path).map(({ method }) => method.toUpperCase()));
    for (const method of ['PUT', 'PATCH', 'DELETE', 'POST', 'OPTIONS'] as const) {
      if (had.has(method)) continue;
      const answer = await t.app.inject({ method, url, headers: { origin: 'https://evil.example' } });
      expect([method, url, answer.statusCode]).toEqual([method, url, 405]);
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    }
  }
});
