import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { testApp, type TestApp } from './testing/test-app.ts';

const operationSchema = z.object({
  summary: z.string().min(5),
  description: z.string(),
  tags: z.array(z.string()).length(1),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z
    .array(z.object({ name: z.string(), in: z.string(), schema: z.record(z.string(), z.unknown()) }))
    .optional(),
  requestBody: z.object({ content: z.record(z.string(), z.object({ schema: z.object({}) })) }).optional(),
  responses: z.record(
    z.string(),
    z.object({
      description: z.string().min(1),
      content: z.record(z.string(), z.object({ schema: z.object({}) })).optional(),
    }),
  ),
});
const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});

/** Bytes and headers in, headers out. */
const SILENT = ['post /api/handbook/v1/uploads', 'patch /api/handbook/v1/uploads/{upload}'];
const FORMS = ['post /sign-in', 'post /sign-out'];
const OPEN = [
  'get /',
  'get /health/live',
  'get /health/ready',
  'get /sign-in',
  'post /api/session',
  ...FORMS,
];

let t: TestApp;
const routes: string[] = [];
let document: z.infer<typeof documentSchema>;

beforeAll(async () => {
  t = testApp();
  t.app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat())
      routes.push(`${one.toLowerCase()} ${url.replaceAll(/:(\w+)/g, '{$1}')}`);
  });
  document = documentSchema.parse((await t.app.inject('/docs/json')).json());
});
afterAll(() => t.app.close());

function* described(): Generator<[string, z.infer<typeof operationSchema>]> {
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const name = `${method} ${path}`;
      const parsed = operationSchema.safeParse(operation);
      if (!parsed.success) throw new Error(`${name}: ${z.prettifyError(parsed.error)}`);
      yield [name, parsed.data];
    }
  }
}

describe('the OpenAPI page', () => {
  it('describes every route', () => {
    const wanted = routes.filter((route) => !route.startsWith('head ') && !/ \/(docs|console)/.test(route));
    expect(wanted.length).toBeGreaterThan(20);
    expect([...described()].map(([name]) => name).sort()).toEqual([...new Set(wanted)].sort());
  });

  it('says for every route who may call it', () => {
    const open = [...described()].filter(([, { security }]) => security.length === 0).map(([name]) => name);
    expect(open.sort()).toEqual([...OPEN].sort());
    for (const [name, { security, description }] of described()) {
      expect([name, security]).toEqual([name, OPEN.includes(name) ? [] : [{ bearer: [] }, { cookie: [] }]]);
      expect(description).toMatch(/Open to all|Any account|Accounts of the (inside|outside) zone: /);
    }
  });

  it('gives every route a schema for what goes in and what comes out', () => {
    for (const [name, { responses, parameters = [], requestBody }] of described()) {
      const good = Object.entries(responses).filter(([status]) => status.startsWith('2') || status === '303');
      expect([name, good.length]).toEqual([name, name.includes('/blobs/') ? 2 : 1]);
      const empty = good.every(([, { content }]) => Object.keys(content ?? {}).length === 0);
      expect([name, empty]).toEqual([
        name,
        name.startsWith('delete ') || FORMS.includes(name) || SILENT.includes(name),
      ]);
      expect([name, Object.keys(responses)]).toEqual([name, expect.arrayContaining(['4XX', '5XX'])]);
      const named = [...name.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
      const inPath = parameters
        .filter((parameter) => parameter.in === 'path')
        .map((parameter) => parameter.name);
      expect([name, inPath]).toEqual([name, named]);
      expect([name, requestBody !== undefined]).toEqual([
        name,
        name.startsWith('patch ') || (name.startsWith('post ') && !SILENT.includes(name)),
      ]);
    }
  });
});
