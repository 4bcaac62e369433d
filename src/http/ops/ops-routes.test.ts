import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConflictRow } from '../../../connectors/postgres/port.ts';
import { OperationError } from '../../operations/operation.ts';
import { quietWatch } from '../testing/fake-watch.ts';
import { journalRow, linkRow } from '../testing/fake-store.ts';
import { asLocal, testApp, type TestApp } from '../testing/test-app.ts';

let t: TestApp;
beforeEach(() => {
  t = testApp({
    watch: {
      ...quietWatch,
      withheld: async () =>
        ['members', 'tasks'].flatMap((linkId) => [
          { linkId, reason: 'unmarked', count: 2 },
          { linkId, reason: 'classified', count: 1 },
        ]),
    },
  });
  t.store.linkRows.push(linkRow('members'), linkRow('tasks'));
});
afterEach(() => t.app.close());

const get = async (url: string) => t.app.inject({ url: `/api/ops/v1${url}`, headers: await t.as('auditor') });

interface JournalPage {
  readonly entries: readonly { readonly sequence: number }[];
  readonly next: number | null;
}

describe('links', () => {
  it('are listed with their counts', async () => {
    const { links } = (await get('/links')).json();
    expect(links).toHaveLength(2);
    expect(links[0]).toMatchObject({
      linkId: 'members',
      mode: 'sync',
      brakeDeletes: 'preview-1',
      counts: { live: 6, withheldByReason: { unmarked: 2, classified: 1 } },
    });
    expect((await get('/links/tasks')).json()).toMatchObject({ linkId: 'tasks' });
    expect((await get('/links/nowhere')).statusCode).toBe(404);
  });

  it('say how much is withheld, by reason', async () => {
    expect((await get('/withheld')).json()).toEqual({
      links: ['members', 'tasks'].map((linkId) => ({
        linkId,
        withheld: 3,
        byReason: { unmarked: 2, classified: 1 },
      })),
    });
  });

  it('have a journal, page by page', async () => {
    for (let sequence = 1; sequence <= 5; sequence += 1)
      t.store.journalRows.push(journalRow('members', sequence));
    const seen: number[] = [];
    let next: number | null = 0;
    while (next !== null) {
      const page: JournalPage = (await get(`/journal/members?after=${next}&limit=2`)).json();
      seen.push(...page.entries.map(({ sequence }) => sequence));
      next = page.next;
    }
    expect(seen).toEqual([1, 2, 3, 4, 5]);
    expect((await get('/journal/nowhere')).statusCode).toBe(404);
    expect((await get('/journal/members?after=-1')).statusCode).toBe(400);
  });
});

describe('what waits for a person', () => {
  const conflict = (id: string, linkId: string, state: ConflictRow['state']): ConflictRow => ({
    id,
    pairId: 'p',
    linkId,
    unid: 'A'.repeat(32),
    recordId: 'r',
    entity: 'member',
    kind: 'field',
    field: 'phones',
    base: undefined,
    notes: ['024'],
    handbook: null,
    policy: 'manual',
    winner: null,
    state,
    at: '2026-01-05T00:00:00.000Z',
    dedupe: 'internal',
    closedBy: null,
    closedAt: null,
    choice: null,
  });

  it('conflicts by link and state', async () => {
    t.store.conflictRows.push(
      conflict('1', 'members', 'open'),
      conflict('2', 'tasks', 'open'),
      conflict('3', 'members', 'resolved'),
    );
    const ids = async (query: string) =>
      (await get(`/conflicts${query}`)).json().conflicts.map(({ id }: { id: string }) => id);
    expect(await ids('')).toEqual(['1', '2', '3']);
    expect(await ids('?link=members')).toEqual(['1', '3']);
    expect(await ids('?link=members&state=open')).toEqual(['1']);
    expect(await ids('?limit=1')).toEqual(['1']);
    expect((await get('/conflicts?state=whatever')).statusCode).toBe(400);
    const [first] = (await get('/conflicts')).json().conflicts;
    expect(first).toMatchObject({ notes: ['024'], handbook: null });
    expect(first).not.toHaveProperty('base');
    expect(first).not.toHaveProperty('dedupe');
  });

  it('quarantine by link', async () => {
    const row = { id: 'q', pairId: 'p', unid: null, recordId: 'r', entity: 'member', form: 'DangVien' };
    for (const linkId of ['members', 'tasks']) {
      t.store.quarantineRows.push({ ...row, linkId, code: 'invalid-value', detail: 'memberCode', at: 'now' });
    }
    expect((await get('/quarantine')).json().quarantine).toHaveLength(2);
    expect((await get('/quarantine?link=tasks')).json().quarantine).toMatchObject([{ linkId: 'tasks' }]);
  });
});

describe('one note read live', () => {
  const unid = '0123456789ABCDEF0123456789ABCDEF';

  it('shows mapped items of a released note', async () => {
    const items = { HoTen: { type: 'text', values: ['Trần Thị Thử'], nonsummary: true } } as const;
    t.state.notes.set(unid, { kind: 'note', unid, form: 'DangVien', created: 'c', modified: 'm', items });
    expect((await get(`/links/members/notes/${unid}`)).json()).toEqual({
      unid,
      form: 'DangVien',
      created: 'c',
      modified: 'm',
      items: { HoTen: { type: 'text', values: ['Trần Thị Thử'] } },
    });
  });

  it.each(['withheld', 'unreadable', 'missing'] as const)(
    'shows nothing of a note that is %s',
    async (kind) => {
      t.state.notes.set(unid, { kind });
      const answer = await get(`/links/members/notes/${unid}`);
      expect(answer.statusCode).toBe(404);
      expect(answer.json()).toMatchObject({ code: `note-${kind}` });
    },
  );

  it('takes UNIDs as Domino writes them', async () => {
    expect((await get(`/links/members/notes/${unid.toLowerCase()}`)).json()).toMatchObject({
      code: 'validation',
    });
    expect((await get(`/links/nowhere/notes/${unid}`)).json()).toMatchObject({
      code: 'not-found',
      detail: "There is no link 'nowhere'.",
    });
  });

  it('says when the server cannot be reached', async () => {
    const down = testApp({
      liveNote: () => Promise.reject(new OperationError('unavailable', 'Server DOM01 does not answer.')),
    });
    const answer = await down.app.inject({
      url: `/api/ops/v1/links/members/notes/${unid}`,
      headers: asLocal,
    });
    await down.app.close();
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ code: 'unavailable', detail: 'Server DOM01 does not answer.' });
  });
});

it('shows queues and recent jobs', async () => {
  const overview = {
    queues: [{ name: 'passes', waiting: 1, active: 1, delayed: 0, completed: 7, failed: 0 }],
    recent: [
      {
        id: '1',
        queue: 'passes',
        name: 'pull',
        linkId: 'members',
        state: 'failed' as const,
        startedAt: 'a',
        finishedAt: 'b',
        attempts: 2,
        failureCode: 'unreachable',
      },
    ],
  };
  const app = testApp({ jobs: async () => overview });
  const answer = await app.app.inject({ url: '/api/ops/v1/jobs', headers: asLocal });
  await app.app.close();
  expect(answer.json()).toEqual(overview);
});
