import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HandbookApp, type Headers, openHandbookApp } from './testing/handbook-app.ts';
import { ACTIVE, CELL, callersOf, fillWorld, ME } from './testing/sample-world.ts';

let t: HandbookApp;
let member: Headers;
let address: string;
beforeAll(async () => {
  t = await openHandbookApp();
  await fillWorld(t);
  member = (await callersOf(t)).member;
  address = await t.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => t.close());

async function endOf(headers: Headers): Promise<string> {
  await t.settled();
  return (await t.get('/changes?limit=500', headers)).body.cursor;
}

interface Event {
  readonly event: string;
  readonly id: string;
  readonly data: {
    readonly code?: string;
    readonly changes: readonly { readonly kind: string }[];
    readonly epochChanged: boolean;
  };
}

/** The stream is open when this resolves; leaving the loop over its events hangs up. */
async function connect(headers: Headers): Promise<AsyncGenerator<Event>> {
  const answer = await fetch(`${address}/api/handbook/v1/changes/stream`, { headers });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  return eventsOf(answer);
}

async function* eventsOf(answer: Response): AsyncGenerator<Event> {
  let rest = '';
  for await (const chunk of answer.body ?? []) {
    const blocks = (rest + Buffer.from(chunk).toString()).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) =>
        block
          .split('\n')
          .find((line) => line.startsWith(`${name}: `))
          ?.slice(name.length + 2) ?? '';
      if (field('data') !== '')
        yield { event: field('event'), id: field('id'), data: JSON.parse(field('data')) };
    }
  }
}

describe('following the feed', () => {
  it('waits for news and answers with it', async () => {
    const since = await endOf(member);
    const asked = t.get(`/changes?wait=30&since=${since}`, member);
    await t.put('assignment', `assignment-${ME}`, { progress: 11 });
    const { body } = await asked;
    expect(body.changes).toMatchObject([{ kind: 'changed', record: { fields: { progress: 11 } } }]);
  });

  it('answers without news when the time is over, with a cursor to go on from', async () => {
    const since = await endOf(member);
    const asked = t.get(`/changes?wait=1&since=${since}`, member);
    await t.put('assignment', 'assignment-DV-1-0000004', { progress: 12 });
    const { status, body } = await asked;
    expect([status, body.changes]).toEqual([200, []]);
    expect((await t.get(`/changes?since=${body.cursor}`, member)).status).toBe(200);
  });

  it('streams, goes on from the last event id, and says nothing of others', async () => {
    const since = await endOf(member);
    let id = '';
    const first = await connect({ ...member, 'last-event-id': since });
    await t.put('assignment', 'assignment-DV-1-0000004', { progress: 13 });
    await t.put('assignment', `assignment-${ME}`, { progress: 14 });
    for await (const event of first) {
      expect(event.data.changes).toMatchObject([{ kind: 'changed', record: { fields: { progress: 14 } } }]);
      id = event.id;
      break;
    }
    await t.put('assignment', `assignment-${ME}`, { progress: 15 });
    await t.settled();
    for await (const event of await connect({ ...member, 'last-event-id': id })) {
      expect(event.data.changes).toMatchObject([{ record: { fields: { progress: 15 } } }]);
      break;
    }
  });

  it('ends the stream of whoever is not active any more, and of whoever may see other things', async () => {
    const seen: Event[] = [];
    const since = await endOf(member);
    const moved = await connect({ ...member, 'last-event-id': since });
    await t.put('organisation', CELL, { parentCode: null });
    for await (const event of moved) seen.push(event);
    expect(seen).toMatchObject([{ event: 'changes', data: { epochChanged: true, reason: 'rights' } }]);

    const ended = await connect({ ...member, 'last-event-id': await endOf(member) });
    await t.put('member', ME, { status: 'Từ trần' });
    const last: Event[] = [];
    for await (const event of ended) last.push(event);
    expect(last).toMatchObject([{ event: 'problem', data: { code: 'inactive' } }]);
    await t.put('member', ME, { status: ACTIVE });
  });

  it('refuses a bad cursor and a stranger before the stream begins', async () => {
    const url = `${address}/api/handbook/v1/changes/stream`;
    const bad = await fetch(`${url}?since=x`, { headers: member });
    expect([bad.status, await bad.json()]).toEqual([400, expect.objectContaining({ code: 'bad-cursor' })]);
    expect((await fetch(url)).status).toBe(401);
  });
});
