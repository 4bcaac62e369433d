import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CELL, CITY, ME, WARD } from '../handbook/testing/sample-world.ts';
import { type HandbookApp, openHandbookApp } from '../handbook/testing/handbook-app.ts';
import { linkRow, FakeStore } from '../testing/fake-store.ts';
import { asLocal } from '../testing/test-app.ts';
import { EXAMPLES } from './add-examples.ts';
import { ASSIGNMENT, DOCUMENT, UPLOADS } from './handbook-examples.ts';
import { EXAMPLE_PASSWORD } from './session-examples.ts';

const BODY = '<p>Nội dung hướng dẫn</p>';
const ATTACHED = 'Nội dung tệp đính kèm';
/** Differ at each run. */
const VOLATILE = new Set(['token', 'expiresAt', 'cursor', 'at', 'createdAt']);

let t: HandbookApp;
let documented: Record<string, Record<string, unknown>>;
const store = new FakeStore();

beforeAll(async () => {
  store.linkRows.push(linkRow('tac-nghiep'));
  t = await openHandbookApp({
    store: store.store,
    liveNote: async () => ({
      kind: 'note',
      unid: 'F5E7',
      form: 'NhiemVu',
      created: '',
      modified: '',
      items: {},
    }),
  });
  await t.handbook.apply([put(ASSIGNMENT)]);
  await t.settled();
  for (const [code, parentCode] of [
    [CITY, null],
    [WARD, CITY],
    [CELL, WARD],
  ] as const)
    await t.put('organisation', code, { organisationCode: code, parentCode, validFrom: '2025-07-01' });
  await t.put('member', ME, { recordCode: ME, organisationCode: CELL, status: 'Đang sinh hoạt' });
  await t.handbook.apply([put(DOCUMENT)]);
  for (const [field, ref, text] of [
    ['body', DOCUMENT.fields.body, BODY],
    ['attachments', DOCUMENT.fields.attachments[0], ATTACHED],
  ] as const) {
    if (ref === undefined) continue;
    const bytes = Buffer.from(text);
    await t.handbook.putBlob({ recordId: DOCUMENT.recordId, field }, ref, pieces(bytes));
  }
  await t.accounts.outside.create({
    name: 'dang.vien',
    role: 'member',
    memberKey: ME,
    password: EXAMPLE_PASSWORD,
  });
  await beginUploads();
  await t.settled();
  documented = (await t.app.inject('/docs/json')).json().paths;
});
afterAll(() => t.close());

/** With the ids that the examples name. */
async function beginUploads() {
  const { id } = (await t.accounts.outside.accountNamed('dang.vien')) ?? { id: '' };
  const rights = {
    viewer: { accountId: id, role: 'member', memberKey: ME, organisationCode: null },
    tokens: [],
    fingerprint: '',
  } as const;
  const bytes = Buffer.from(UPLOADS.text);
  const file = {
    entity: 'assignment',
    recordId: ASSIGNMENT.recordId,
    fileName: 'báo cáo.txt',
    size: bytes.length,
    now: 0,
  };
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  for (const upload of [UPLOADS.open, UPLOADS.held])
    expect(await t.uploads.begin(rights, { id: upload, sha256, ...file })).toBe('begun');
  await t.uploads.append(rights, UPLOADS.held, 0, bytes);
  await t.uploads.end(rights, UPLOADS.held, { state: 'held', mediaType: 'text/plain', now: 0 });
}

function put({ recordId, entity, key, fields }: typeof ASSIGNMENT | typeof DOCUMENT) {
  const opId = createHash('sha256').update(recordId).digest('hex').slice(0, 32);
  return { opId, recordId, entity, expectedVersion: 0, kind: 'put', key, set: fields } as never;
}

async function* pieces(bytes: Uint8Array) {
  yield bytes;
}

/** The same values, but for what differs at each run: of that the type. */
function comparable(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, one) => (VOLATILE.has(key) ? typeof one : one));
}

it('there is one for every route of the handbook API and the session, and for none that is not there', () => {
  const routes = Object.entries(documented)
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
    .filter((route) => !route.startsWith('post /sign-'));
  const operators = (route: string) => route.includes(' /api/ops/');
  const named = Object.keys(EXAMPLES);
  expect(named.filter((route) => !operators(route)).sort()).toEqual(
    routes.filter((route) => !operators(route)).sort(),
  );
  expect(routes).toEqual(expect.arrayContaining(named));
});

// In this order: what changes a record after what reads it, then its history, and logging out last.
const rank = (route: string) =>
  ['get', 'post', 'patch', 'history', 'delete'].findIndex((one) =>
    route.endsWith('/history') ? one === 'history' : route.startsWith(one),
  );
const ORDER = Object.keys(EXAMPLES).sort((a, b) => rank(a) - rank(b));

it.each(ORDER.filter((route) => !route.endsWith('/stream')))('%s answers as it says', async (route) => {
  const [method = '', path = ''] = route.split(' ');
  const { path: params = {}, query = {}, headers = {}, body, answer } = EXAMPLES[route] ?? {};
  const zone = path.startsWith('/api/ops') ? asLocal : await member();
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) search.append(name, String(one));
  }
  const sent = await t.app.inject({
    method: method.toUpperCase() as 'GET',
    url: `${url}?${search.toString()}`,
    headers: { ...zone, ...headers },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  expect([sent.statusCode, sent.statusCode >= 300 ? sent.body : '']).toEqual([sent.statusCode, '']);
  expect(answer === undefined ? '' : comparable(sent.json())).toEqual(
    answer === undefined ? '' : comparable(answer),
  );
  const shown = JSON.stringify(documented[path]?.[method]);
  for (const given of [body ?? [], answer ?? [], ...Object.values(params)])
    expect(shown).toContain(JSON.stringify(given));
});

async function member() {
  const { token } = (
    await t.app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { zone: 'outside', name: 'dang.vien', password: EXAMPLE_PASSWORD },
    })
  ).json();
  return { authorization: `Bearer ${token}` };
}
