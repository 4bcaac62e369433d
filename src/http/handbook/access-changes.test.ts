import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type HandbookApp, type Headers, openHandbookApp } from './testing/handbook-app.ts';
import {
  ACTIVE,
  callersOf,
  CELL,
  DISSOLVED,
  FAR_CELL,
  fillWorld,
  ME,
  NEXT_CELL,
  WARD,
} from './testing/sample-world.ts';

let t: HandbookApp;
let callers: Awaited<ReturnType<typeof callersOf>>;
beforeAll(async () => {
  t = await openHandbookApp();
});
beforeEach(async () => {
  t.state.now = Date.UTC(2026, 0, 5);
  await t.clear();
  await fillWorld(t);
  callers = await callersOf(t);
});
afterAll(() => t.close());

/** Reads to the end of the feed. */
async function follow(headers: Headers, since: string | null) {
  await t.settled();
  const told: string[] = [];
  for (let cursor = since; ; ) {
    const { status, body } = await t.get(
      `/changes?limit=50${cursor === null ? '' : `&since=${cursor}`}`,
      headers,
    );
    if (status !== 200 || body.epochChanged)
      return { told, cursor: null, status, reason: body.reason ?? body.code };
    for (const change of body.changes)
      told.push(`${change.kind} ${change.record?.recordId ?? change.recordId}`);
    cursor = body.cursor;
    if (!body.more) return { told, cursor, status, reason: null };
  }
}

describe('the feed', () => {
  it('says removed for what was deleted, withdrawn, hidden or given to somebody else, to those who had it only', async () => {
    const before = await Promise.all(
      (['member', 'secretary', 'app'] as const).map((name) => follow(callers[name], null)),
    );
    const id = t.idOf('assignment', `assignment-${ME}`);
    const far = t.idOf('assignment', 'assignment-DV-1-0000004');
    await t.put('assignment', `assignment-${ME}`, {
      memberCode: 'DV-1-0000003',
      organisationCode: NEXT_CELL,
    });
    await t.remove('assignment', 'assignment-DV-1-0000004', 'withdraw');
    await t.remove('document', `document-${CELL}`, 'hide');
    const hidden = t.idOf('document', `document-${CELL}`);
    // Who sees a task can depend on its assignments, so it is told anew.
    const tasks = [CELL, FAR_CELL].map((cell) => `changed ${t.idOf('task', `task-${cell}`)}`);
    const [member, secretary, app] = await Promise.all(
      (['member', 'secretary', 'app'] as const).map((name, at) =>
        follow(callers[name], before[at]?.cursor ?? null),
      ),
    );
    const without = (told: readonly string[] = []) => told.filter((line) => !tasks.includes(line));
    expect(without(member?.told)).toEqual([`removed ${id}`, `removed ${hidden}`]);
    expect(without(secretary?.told)).toEqual([`removed ${id}`, `removed ${hidden}`]);
    expect(without(app?.told)).toEqual([`changed ${id}`, `removed ${far}`, `removed ${hidden}`]);
  });

  it('does not tell a newcomer of what was gone before they came', async () => {
    await t.remove('document', `document-${CELL}`, 'withdraw');
    const { told } = await follow(callers.member, null);
    expect(told.length).toBeGreaterThan(5);
    expect(told.filter((line) => line.startsWith('removed'))).toEqual([]);
  });

  it('moves its cursor past what others do, so that it stays as young as the handbook', async () => {
    const { cursor } = await follow(callers.member, null);
    await t.put('assignment', 'assignment-DV-1-0000004', { progress: 1 });
    const after = await follow(callers.member, cursor);
    expect(after.told).toEqual([]);
    expect(after.cursor).not.toBe(cursor);
    expect(String(after.cursor).length).toBe(String(cursor).length);
  });

  it('asks for a fresh start when the rights are others: another cell, another tree, another rule', async () => {
    const { cursor } = await follow(callers.member, null);
    await t.put('member', ME, { organisationCode: FAR_CELL });
    expect(await follow(callers.member, cursor)).toMatchObject({ reason: 'rights', told: [] });
    const fresh = await follow(callers.member, null);
    expect(fresh.told).toContain(`changed ${t.idOf('document', `document-${FAR_CELL}`)}`);
    expect(fresh.told).not.toContain(`changed ${t.idOf('document', `document-${CELL}`)}`);

    const officer = await follow(callers.officer, null);
    await t.put('organisation', FAR_CELL, { parentCode: WARD });
    expect(await follow(callers.officer, officer.cursor)).toMatchObject({ reason: 'rights' });
    await t.pool.query('update handbook.access_setting set version = version + 1');
    expect(await follow(callers.officer, (await follow(callers.officer, null)).cursor)).toMatchObject({
      reason: null,
    });
    expect(await follow(callers.member, fresh.cursor)).toMatchObject({ reason: 'rights' });
  });

  it('is closed to whoever is exempt, has left or was withdrawn, from the next contact on', async () => {
    const { cursor } = await follow(callers.member, null);
    for (const change of [
      () => t.put('member', ME, { status: 'Miễn công tác và sinh hoạt đảng' }),
      () => t.put('member', ME, { status: 'Từ trần' }),
      () => t.put('member', ME, { status: null }),
      () => t.remove('member', ME, 'hide'),
      () => t.remove('member', ME, 'withdraw'),
    ]) {
      await t.put('member', ME, { status: ACTIVE }).catch(() => undefined);
      await change();
      expect(await follow(callers.member, cursor)).toMatchObject({ status: 403, reason: 'inactive' });
    }
  });

  it('tells a secretary that what hangs on a meeting of another cell now is gone', async () => {
    const { cursor } = await follow(callers.secretary, null);
    await t.put('meeting', `meeting-${CELL}`, { organisationCode: NEXT_CELL });
    const { told } = await follow(callers.secretary, cursor);
    const attendance = ['DV-1-0000001', 'DV-1-0000005'].map((who) =>
      t.idOf('attendance', `attendance-${who}`),
    );
    for (const id of attendance) expect(told).toContain(`removed ${id}`);
    // The secretary's own.
    expect(told).toContain(`changed ${t.idOf('attendance', 'attendance-DV-1-0000002')}`);
  });
});

describe('rights', () => {
  it('go by what is in force on the day', async () => {
    const past = await t.account('officer', { organisationCode: DISSOLVED });
    expect(await t.get('/records/member', past)).toMatchObject({ status: 403, body: { code: 'inactive' } });
    t.state.now = Date.parse('2025-06-30T16:59:00Z');
    expect(await t.get('/records/member', past)).toMatchObject({ status: 403 });
    await t.put('organisation', DISSOLVED, { validFrom: '2020-01-01' });
    expect((await t.get('/records/member', past)).status).toBe(200);
    // Midnight in Việt Nam.
    t.state.now = Date.parse('2025-06-30T17:00:00Z');
    expect((await t.get('/records/member', past)).status).toBe(403);
  });

  it('of a secretary hold for the cell that the account and the own record both name', async () => {
    await t.put('member', 'DV-1-0000002', { organisationCode: NEXT_CELL });
    expect((await t.get('/records/member', callers.secretary)).status).toBe(403);
  });

  it('do not go in circles', async () => {
    await t.put('organisation', WARD, { parentCode: CELL });
    const { body } = await t.get('/records/member', callers.officer);
    expect(body.records.length).toBeGreaterThan(0);
  });

  it('are nothing where an entity has no rule, but for services', async () => {
    await t.put('secretThing', 'k', { memberCode: ME });
    await t.pool.query(
      `insert into handbook.feed (record_id, entity, version) select record_id, entity, version from handbook.record where false`,
    );
    const told = await follow(callers.member, null);
    expect(told.told).not.toContain(`changed ${t.idOf('secretThing', 'k')}`);
    expect((await follow(callers.app, null)).told).toContain(`changed ${t.idOf('secretThing', 'k')}`);
  });
});

describe('history', () => {
  it('begins where the account could see the record, and shows no field that it is not shown', async () => {
    const id = t.idOf('member', 'DV-1-0000003');
    await t.put('member', 'DV-1-0000003', { phone: '0100000001', status: 'Chờ chuyển sinh hoạt' });
    await t.put('member', 'DV-1-0000003', { organisationCode: CELL });
    await t.put('member', 'DV-1-0000003', { phone: '0100000002', membership: 'DuBi' });
    const asked = async (headers: Headers) =>
      (await t.get(`/records/member/${id}/history`, headers)).body.history;
    expect((await asked(callers.secretary)).map(({ changes }: { changes: object }) => changes)).toEqual([
      { phone: { from: '0100000001', to: '0100000002' } },
      { organisationCode: { from: NEXT_CELL, to: CELL } },
    ]);
    expect(await asked(callers.officer)).toHaveLength(3);
    await t.remove('member', 'DV-1-0000003', 'withdraw');
    const { rows } = await t.pool.query('select from handbook.record_history where record_id = $1', [id]);
    expect(rows).toEqual([]);
  });
});

describe('a task', () => {
  it('is seen through an assignment of it, as long as there is one', async () => {
    const id = await t.put('task', 'task-far', {
      taskCode: 'task-far',
      title: 'Việc xa',
      organisationCode: FAR_CELL,
    });
    const start = await follow(callers.member, null);
    expect(start.told).not.toContain(`changed ${id}`);
    await t.put('assignment', 'given', { memberCode: ME, taskCode: 'task-far', organisationCode: CELL });
    const given = await follow(callers.member, start.cursor);
    expect(given.told.sort()).toEqual([`changed ${id}`, `changed ${t.idOf('assignment', 'given')}`].sort());
    for (const url of [`/records/task/${id}`, '/records/task?key=task-far', '/search?q=viec%20xa']) {
      expect(JSON.stringify((await t.get(url, callers.member)).body)).toContain('Việc xa');
      expect(JSON.stringify((await t.get(url, callers.secretary)).body)).toContain('Việc xa');
    }
    await t.remove('assignment', 'given', 'withdraw');
    const after = await follow(callers.member, given.cursor);
    expect(after.told.sort()).toEqual([`removed ${id}`, `removed ${t.idOf('assignment', 'given')}`].sort());
    expect((await t.get(`/records/task/${id}`, callers.member)).status).toBe(404);
  });
});
