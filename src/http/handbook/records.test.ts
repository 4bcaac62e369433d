import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MEMBER_KEY, testApp, type TestApp } from '../testing/test-app.ts';

let t: TestApp;
const OTHER_KEY = 'ĐV-0002';

beforeEach(() => {
  t = testApp();
  t.members.put('member', 'm1', MEMBER_KEY, { memberCode: MEMBER_KEY, fullName: 'Trần Thị Thử' });
  t.members.put('member', 'm2', OTHER_KEY, { memberCode: OTHER_KEY, fullName: 'Lê Văn Mẫu' });
  t.members.put('organisation', 'o1', 'TC-01', { code: 'TC-01', name: 'Chi bộ mẫu' });
  for (let i = 1; i <= 9; i += 1) {
    const memberCode = i % 3 === 0 ? MEMBER_KEY : OTHER_KEY;
    t.members.put('assignment', `a${i}`, `NV-${i}`, { assignmentCode: `NV-${i}`, memberCode, progress: '0' });
  }
});
afterEach(() => t.app.close());

const get = (url: string, headers: Record<string, string>) =>
  t.app.inject({ url: `/api/handbook/v1${url}`, headers });

async function all(url: string, headers: Record<string, string>): Promise<string[]> {
  const ids: string[] = [];
  let next: string | null = null;
  do {
    const after: string = next === null ? '' : `&after=${encodeURIComponent(next)}`;
    const page = (await get(`${url}${after}`, headers)).json();
    expect(page.records.length).toBeLessThanOrEqual(2);
    ids.push(...page.records.map(({ recordId }: { recordId: string }) => recordId));
    next = page.next;
  } while (next !== null);
  return ids;
}

describe('records', () => {
  it('lists everything page by page for services and officers', async () => {
    for (const role of ['app', 'officer'] as const) {
      const ids = await all('/records/assignment?limit=2', await t.as(role));
      expect(ids).toEqual(['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8', 'a9']);
    }
  });

  it("answers for somebody else's record as for none", async () => {
    const headers = await t.as('member');
    expect((await get('/records/member/m1', headers)).json()).toEqual({
      recordId: 'm1',
      entity: 'member',
      key: MEMBER_KEY,
      version: 1,
      fields: { memberCode: MEMBER_KEY, fullName: 'Trần Thị Thử' },
    });
    const others = await get('/records/member/m2', headers);
    const none = await get('/records/member/m99', headers);
    expect(others.statusCode).toBe(404);
    expect({ ...others.json(), requestId: '' }).toEqual({ ...none.json(), requestId: '' });
    expect((await get('/records/organisation/m1', headers)).statusCode).toBe(404);
    t.members.withdraw('m1');
    expect((await get('/records/member/m1', headers)).statusCode).toBe(404);
  });

  it('describes the entities', async () => {
    const { entities } = (await get('/entities', await t.as('member'))).json();
    expect(entities.map(({ entity }: { entity: string }) => entity)).toEqual([
      'member',
      'organisation',
      'assignment',
    ]);
    expect(entities[0].fields[0]).toEqual({
      field: 'memberCode',
      type: 'text',
      writable: true,
      check: { maxLength: 100 },
    });
  });
});

describe('changes', () => {
  const drain = async (headers: Record<string, string>, since?: string) => {
    const told: string[] = [];
    let cursor = since;
    for (;;) {
      const page = (
        await get(
          `/changes?limit=5${cursor === undefined ? '' : `&since=${encodeURIComponent(cursor)}`}`,
          headers,
        )
      ).json();
      expect(page.epochChanged).toBe(false);
      for (const change of page.changes)
        told.push(`${change.kind} ${change.record?.recordId ?? change.recordId}`);
      cursor = page.cursor;
      if (!page.more) return { told, cursor };
    }
  };

  it('tells services everything in order', async () => {
    const headers = await t.as('app');
    const { told, cursor } = await drain(headers);
    expect(told).toHaveLength(12);
    t.members.withdraw('m2');
    t.members.put('organisation', 'o1', 'TC-01', { code: 'TC-01', name: 'Chi bộ khác' });
    expect((await drain(headers, cursor)).told).toEqual(['removed m2', 'changed o1']);
  });

  it('asks for a fresh start after a restore', async () => {
    const headers = await t.as('app');
    const { cursor } = await drain(headers);
    t.members.epoch = 'epoch-2';
    expect((await get(`/changes?since=${encodeURIComponent(cursor ?? '')}`, headers)).json()).toEqual({
      epochChanged: true,
      reason: 'restored',
      cursor: null,
      changes: [],
      more: true,
    });
  });
});
