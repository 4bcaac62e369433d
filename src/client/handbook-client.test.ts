import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type HandbookApp, openHandbookApp } from '../http/handbook/testing/handbook-app.ts';
import { CELL, FAR_CELL, fillWorld, ME } from '../http/handbook/testing/sample-world.ts';
import { PASSWORD } from '../http/testing/test-app.ts';
import { HandbookClient, type FeedStep } from './handbook-client.ts';
import { HandbookProblem } from './handbook-problem.ts';
import { describeTypes } from './testing/describe-types.ts';

const HERE = 'http://bridge.test';
let t: HandbookApp;
beforeAll(async () => {
  t = await openHandbookApp();
  await t.accounts.outside.create({ name: 'me', role: 'member', memberKey: ME, password: PASSWORD });
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.clear();
  await fillWorld(t);
});

type Fetch = (request: Request) => Promise<Response>;

/** `fetch` without a network: the application answers. */
const straight =
  (app: FastifyInstance): Fetch =>
  async (request) => {
    const answer = await app.inject({
      method: request.method as 'GET',
      url: request.url.slice(HERE.length),
      headers: Object.fromEntries(request.headers),
      ...(request.body !== null && { payload: await request.text() }),
    });
    const headers = new Headers();
    for (const [name, value] of Object.entries(answer.headers)) headers.set(name, String(value));
    return new Response(answer.statusCode === 204 ? null : answer.rawPayload, {
      status: answer.statusCode,
      headers,
    });
  };
const enter = (fetch: Fetch = straight(t.app)) =>
  HandbookClient.signIn(
    HERE,
    { name: 'me', password: PASSWORD },
    { clientId: 'phone', fetch, sleep: async () => undefined, attempts: 50 },
  );
const until = async (feed: AsyncGenerator<FeedStep>, over: (step: FeedStep) => boolean) => {
  const steps: FeedStep[] = [];
  for await (const step of feed) {
    steps.push(step);
    if (over(step)) break;
  }
  return steps;
};
const complete = (step: FeedStep) => step.kind === 'changes' && step.complete;

it('has the types of the API as it is now', async () => {
  const kept = readFileSync(join(import.meta.dirname, 'handbook-api.generated.ts'), 'utf8');
  expect(kept === (await describeTypes()), 'run: npm run client-types').toBe(true);
});

it('signs in, follows the feed, sends progress and is told of it', async () => {
  const handbook = await enter();
  const steps = await until(handbook.follow(null), complete);
  const records = steps.flatMap((step) => (step.kind === 'changes' ? step.changes : []));
  const mine = records.find((one) => one.kind === 'changed' && one.record.entity === 'assignment');
  if (mine?.kind !== 'changed') throw new Error('no assignment');
  const { recordId, version } = mine.record;
  const draft = { kind: 'update', entity: 'assignment', recordId, baseVersion: version } as const;
  expect(await handbook.send([{ ...draft, mutationId: 'm-1', fields: { progress: 40 } }])).toEqual([
    { mutationId: 'm-1', kind: 'applied', version: version + 1 },
  ]);
  await t.settled();
  const [last] = steps.slice(-1);
  const since = last?.kind === 'changes' ? last.cursor : null;
  const [news] = await until(handbook.follow(since), () => true);
  expect(news).toMatchObject({
    changes: [{ record: { recordId, fields: { progress: 40 } } }],
    complete: true,
  });
  await handbook.signOut();
  await expect(handbook.api.GET('/api/handbook/v1/entities')).rejects.toMatchObject({
    code: 'unauthenticated',
  });
});

it('tells when what may be seen is another thing, and begins anew', async () => {
  const handbook = await enter();
  const steps = await until(handbook.follow(null), complete);
  const [last] = steps.slice(-1);
  await t.put('member', ME, { organisationCode: FAR_CELL });
  await t.settled();
  const again = await until(handbook.follow(last?.kind === 'changes' ? last.cursor : null), complete);
  expect(again[0]).toEqual({ kind: 'reset', reason: 'rights' });
  const shown = JSON.stringify(again);
  expect(shown).toContain(t.idOf('document', `document-${FAR_CELL}`));
  expect(shown).not.toContain(t.idOf('document', `document-${CELL}`));
});

it('throws what is refused, with its code, and ends when it is told to', async () => {
  const wrong = HandbookClient.signIn(
    HERE,
    { name: 'me', password: 'x' },
    { clientId: 'p', fetch: straight(t.app) },
  );
  await expect(wrong).rejects.toMatchObject({ code: 'bad-credentials', status: 401 });
  await expect(wrong).rejects.toBeInstanceOf(HandbookProblem);
  const handbook = await enter();
  const controller = new AbortController();
  const steps = await until(handbook.follow(null, controller.signal), (step) => {
    if (complete(step)) controller.abort();
    return false;
  });
  expect(steps.at(-1)).toMatchObject({ kind: 'changes', complete: true });
});

it('sends each mutation exactly once, however much is lost on the way', async () => {
  const kinds = ['good', 'lost', 'answer lost', 'busy', 'wait'] as const;
  await fc.assert(
    fc.asyncProperty(
      fc.infiniteStream(fc.constantFrom(...kinds)),
      fc.integer({ min: 1, max: 230 }),
      async (luck, count) => {
        let begun = false;
        const asked: Fetch = async (request) => {
          const how = begun ? luck.next().value : 'good';
          if (how === 'lost') throw new TypeError('fetch failed');
          if (how === 'busy') return new Response('', { status: 503 });
          if (how === 'wait') return new Response('', { status: 429, headers: { 'retry-after': '3' } });
          const answer = await straight(t.app)(request);
          if (how === 'answer lost') throw new TypeError('fetch failed');
          return answer;
        };
        const handbook = await enter(asked);
        const recordId = t.idOf('assignment', `assignment-${ME}`);
        const { data } = await handbook.api.GET('/api/handbook/v1/records/{entity}/{id}', {
          params: { path: { entity: 'assignment', id: recordId } },
        });
        const before = data?.version ?? 0;
        begun = true;
        const run = crypto.randomUUID();
        const results = await handbook.send(
          Array.from({ length: count }, (_, at) => ({
            mutationId: `${run}-${at}`,
            kind: 'update' as const,
            entity: 'assignment',
            recordId,
            baseVersion: before + at,
            fields: { progress: before % 2 === at % 2 ? 10 : 90 },
          })),
        );
        expect(results).toEqual(
          results.map((_, at) => ({ mutationId: `${run}-${at}`, kind: 'applied', version: before + at + 1 })),
        );
        expect(results).toHaveLength(count);
      },
    ),
    { numRuns: 6 },
  );
});
