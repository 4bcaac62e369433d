import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { randomUUID } from 'node:crypto';
import { type HandbookApp, openHandbookApp } from './testing/handbook-app.ts';
import { type CallerName, callersOf, CELL, fillWorld, ME, NEXT_CELL, WARD } from './testing/sample-world.ts';

let t: HandbookApp;
let callers: Awaited<ReturnType<typeof callersOf>>;
beforeAll(async () => {
  t = await openHandbookApp();
  await fillWorld(t);
});
beforeEach(async () => {
  callers = await callersOf(t);
});
afterAll(() => t.close());

const FORBIDDEN = { kind: 'refused', reason: 'forbidden' };
const mutation = (wanted: object) => ({
  mutationId: randomUUID(),
  baseVersion: 1,
  fields: {},
  kind: 'update',
  ...wanted,
});

async function asked(caller: CallerName, wanted: object): Promise<string> {
  const [result] = await t.send(callers[caller], mutation(wanted));
  return result.reason ?? result.kind;
}

describe('who may write', () => {
  const MINE = `assignment-${ME}`;
  const COLLEAGUES = 'assignment-DV-1-0000002';
  const NEIGHBOURS = 'assignment-DV-1-0000003';

  it.each<[CallerName, string, string]>([
    ['member', MINE, 'applied'],
    ['service for the member', MINE, 'applied'],
    ['secretary', MINE, 'applied'],
    ['app', MINE, 'applied'],
    ['officer', MINE, 'forbidden'],
    ['city', MINE, 'forbidden'],
    ['member', COLLEAGUES, 'forbidden'],
    ['service for the member', COLLEAGUES, 'forbidden'],
    ['secretary', NEIGHBOURS, 'forbidden'],
    ['officer', NEIGHBOURS, 'forbidden'],
    ['app', NEIGHBOURS, 'applied'],
  ])('%s reports on %s: %s', async (caller, key, expected) => {
    const { body } = await t.get(`/records/assignment?key=${key}`, callers.app);
    const { recordId, version } = body.records[0];
    const progress = (version * 7) % 100;
    expect(
      await asked(caller, { entity: 'assignment', recordId, baseVersion: version, fields: { progress } }),
    ).toBe(expected);
  });

  const create = (entity: string, fields: object) => ({
    kind: 'create',
    entity,
    recordId: randomUUID(),
    baseVersion: 0,
    fields: { recordCode: randomUUID(), ...fields },
  });
  const request = (memberCode: string) =>
    create('changeRequest', { memberCode, fieldName: 'DienThoai', newValue: '0100000000' });
  const opinion = (memberCode: string) =>
    create('opinion', { memberCode, organisationCode: CELL, subject: 'Chủ đề', content: 'Nội dung' });
  const draft = (organisationCode: string) =>
    create('meetingDraft', { organisationCode, kind: 'ThuongKy', startsAt: '2026-12-01T02:00:00.00Z' });
  const attendance = (cell: string) =>
    create('attendance', { meetingCode: `meeting-${cell}`, memberCode: ME, status: 'CoMat' });

  it.each<[CallerName, string, object, string]>([
    ['member', 'a request of their own', request(ME), 'applied'],
    ['member', "somebody else's request", request('DV-1-0000002'), 'forbidden'],
    ['secretary', "a member's request", request(ME), 'forbidden'],
    ['officer', 'a request', request(ME), 'forbidden'],
    ['member', 'an opinion of their own', opinion(ME), 'applied'],
    ['member', "somebody else's opinion", opinion('DV-1-0000002'), 'forbidden'],
    ['member', 'a meeting draft', draft(CELL), 'forbidden'],
    ['secretary', 'a meeting draft of the cell', draft(CELL), 'applied'],
    ['secretary', 'a meeting draft of another cell', draft(NEXT_CELL), 'forbidden'],
    ['secretary', 'a meeting draft of no cell', create('meetingDraft', {}), 'forbidden'],
    ['officer', 'a meeting draft', draft(WARD), 'forbidden'],
    ['secretary', "attendance at the cell's meeting", attendance(CELL), 'applied'],
    ['secretary', "attendance at another cell's meeting", attendance(NEXT_CELL), 'forbidden'],
    ['secretary', 'attendance at no meeting', attendance('nowhere'), 'forbidden'],
    ['member', 'attendance', attendance(CELL), 'forbidden'],
    ['member', 'a record of an entity without rule', create('secretThing', { memberCode: ME }), 'forbidden'],
    ['app', 'an opinion for anybody', opinion('DV-1-0000003'), 'applied'],
  ])('%s brings %s into being: %s', async (caller, _what, wanted, expected) => {
    expect(await asked(caller, wanted)).toBe(expected);
  });

  it('nobody gives away or takes over a record by changing whose it is', async () => {
    const mine = draft(CELL);
    expect(await asked('secretary', mine)).toBe('applied');
    const moved = {
      entity: 'meetingDraft',
      recordId: mine.recordId,
      fields: { organisationCode: NEXT_CELL },
    };
    expect(await asked('secretary', moved)).toBe('forbidden');
    const own = request(ME);
    expect(await asked('member', own)).toBe('applied');
    expect(await asked('member', { ...own, kind: 'delete', baseVersion: 1, fields: {} })).toBe('applied');
    expect(await asked('member', { ...own, mutationId: randomUUID() })).toBe('already-exists');
  });

  it("answers for somebody else's record, one of another entity and none alike", async () => {
    const fields = { progress: 1 };
    const asks = [
      { entity: 'assignment', recordId: t.idOf('assignment', NEIGHBOURS), fields },
      { entity: 'assignment', recordId: t.idOf('opinion', `opinion-${ME}`), fields },
      { entity: 'assignment', recordId: randomUUID(), fields },
      { entity: 'assignment', recordId: 'nothing', fields },
      { entity: 'member', recordId: t.idOf('member', ME), fields: { phone: '0100000000' } },
    ].map(mutation);
    const results = await t.send(callers.member, ...asks);
    expect(results).toEqual(asks.map(({ mutationId }) => ({ mutationId, ...FORBIDDEN })));
  });

  it('a refusal for want of rights is not kept: the same mutation goes through once there are rights', async () => {
    const key = 'assignment-DV-1-0000002';
    const recordId = t.idOf('assignment', key);
    const { body } = await t.get(`/records/assignment/${recordId}`, callers.app);
    const once = mutation({
      entity: 'assignment',
      recordId,
      baseVersion: body.version + 1,
      fields: { report: 'xong' },
    });
    expect(await t.send(callers.member, once)).toMatchObject([FORBIDDEN]);
    await t.put('assignment', key, { memberCode: ME });
    expect(await t.send(callers.member, once)).toMatchObject([{ kind: 'applied' }]);
    await t.put('assignment', key, { memberCode: 'DV-1-0000002' }).catch(() => undefined);
  });

  it('an answer is not told again to who has lost the record meanwhile', async () => {
    const key = `assignment-DV-1-0000005`;
    const recordId = t.idOf('assignment', key);
    await t.put('assignment', key, { memberCode: ME, report: 'của người khác' });
    const clash = mutation({ entity: 'assignment', recordId, baseVersion: 1, fields: { report: 'của tôi' } });
    expect(await t.send(callers.member, clash)).toMatchObject([{ kind: 'conflict' }]);
    await t.put('assignment', key, { memberCode: 'DV-1-0000003', organisationCode: NEXT_CELL });
    expect(await t.send(callers.member, clash)).toEqual([{ mutationId: clash.mutationId, ...FORBIDDEN }]);
  });

  it('what is withdrawn is still reported on by the one whose it last was, and held', async () => {
    const key = 'assignment-DV-1-0000004';
    const stranger = await t.account('member', { memberKey: 'DV-1-0000004' });
    const wanted = { entity: 'assignment', recordId: t.idOf('assignment', key), fields: { progress: 10 } };
    await t.remove('assignment', key, 'withdraw');
    expect(await t.send(stranger, mutation(wanted))).toMatchObject([{ kind: 'held' }]);
    expect(await asked('member', wanted)).toBe('forbidden');
  });
});
