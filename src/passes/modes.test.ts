import { afterEach, describe, expect, it } from 'vitest';
import type { LinkMode } from '../../connectors/postgres/port.ts';
import { pause, resume } from '../operations/pause-resume.ts';
import { preview } from '../operations/preview.ts';
import { registerLink } from './register-link.ts';
import { newAssignment, newTask } from './testing/sample-notes.ts';
import { openTestBridge, type TestBridge, type TestBridgeOptions } from './testing/test-bridge.ts';
import { itemOf, notesWith, stateCounts, versions } from './testing/views.ts';

let bridge: TestBridge;
afterEach(() => bridge.close());

const FORMS = ['NhiemVu', 'NhiemVuDangVien', 'DeXuatThayDoi'];

async function open(options: Partial<TestBridgeOptions> = {}): Promise<void> {
  bridge = await openTestBridge({ forms: FORMS, ...options });
}

function setMode(mode: LinkMode): Promise<void> {
  return registerLink(bridge.store, { linkId: 'thu', mode, replicaSet: bridge.link.replicaSet });
}

async function quiet(): Promise<void> {
  expect(await bridge.sync()).toMatchObject({ quiet: true });
}

/** A synced assignment that a member then reports on; a request that a member makes. */
async function memberAtWork(): Promise<string> {
  newTask(bridge.person(), 'NV-1');
  const unid = newAssignment(bridge.person(), 'giao-0001', 'NV-1');
  await quiet();
  const record = await bridge.record('assignment', 'giao-0001');
  await bridge.mutate(record?.recordId ?? '', 'assignment', record?.version ?? 0, { progress: 30 });
  await bridge.members.mutate({
    clientId: 'phone',
    mutationId: 'm-1',
    accountId: 'tester',
    kind: 'create',
    entity: 'changeRequest',
    recordId: '7b0342bc-c213-4c38-a991-a7f6f3d52f28',
    baseVersion: 0,
    fields: {
      recordCode: 'de-xuat-0001',
      memberCode: 'dang-vien-0001',
      fieldName: 'Email',
      newValue: 'moi@example.org',
    },
  });
  return unid;
}

function requests(): readonly string[] {
  return notesWith(bridge, 'DeXuatThayDoi', 'MaBanGhi', 'de-xuat-0001');
}

describe('the modes', () => {
  it('[MO1] observe writes to neither side, and goes on as what it becomes', async () => {
    await open({ mode: 'observe' });
    newTask(bridge.person(), 'NV-1');
    const before = await versions(bridge);
    await quiet();
    await quiet();
    expect(await versions(bridge)).toEqual(before);
    expect(await stateCounts(bridge, 'task')).toEqual({});
    const shown = await preview(bridge.bridge).run({ link: 'thu' }, bridge.context);
    expect(shown.previews[0]?.events).toEqual({ 'create-record': 1 });
    await setMode('sync');
    await quiet();
    expect(await stateCounts(bridge, 'task')).toEqual({ live: 1 });
  });

  it('[MO1] pull writes nothing to Notes, brings the rest over, and pushes what waited once it may', async () => {
    await open({ mode: 'pull' });
    const unid = await memberAtWork();
    bridge.person().edit(unid, { MaChiBo: '01.001.001.000.001' });
    await quiet();
    expect(itemOf(bridge, unid, 'TienDo')).toBe(0);
    expect(requests()).toEqual([]);
    expect((await bridge.record('assignment', 'giao-0001'))?.fields).toMatchObject({
      progress: 30,
      organisationCode: '01.001.001.000.001',
    });
    const shown = await preview(bridge.bridge).run({ link: 'thu' }, bridge.context);
    expect(shown.previews[0]?.events).toEqual({});
    await setMode('sync');
    await quiet();
    expect(itemOf(bridge, unid, 'TienDo')).toBe(30);
    expect(requests()).toHaveLength(1);
    expect(await bridge.store.conflicts({ linkId: 'thu', limit: 10 })).toEqual([]);
  });

  it('[MO1] propose creates in Notes and changes nothing that is there', async () => {
    await open({ mode: 'propose' });
    const unid = await memberAtWork();
    await quiet();
    expect(itemOf(bridge, unid, 'TienDo')).toBe(0);
    expect(requests()).toHaveLength(1);
    await setMode('sync');
    await quiet();
    expect(itemOf(bridge, unid, 'TienDo')).toBe(30);
    expect(requests()).toHaveLength(1);
  });

  it('[MO1] a mode that stays takes nothing up again', async () => {
    await open({ mode: 'pull' });
    await memberAtWork();
    await quiet();
    await setMode('pull');
    expect((await bridge.store.counts('thu')).runnable).toBe(0);
  });

  it.each(['pull', 'propose', 'sync'] as const)('[GA5] %s withdraws', async (mode) => {
    await open({ mode });
    const task = newTask(bridge.person(), 'NV-1');
    await quiet();
    bridge.person().edit(task, { DoMat: 'Mat' });
    await quiet();
    expect(await stateCounts(bridge, 'task')).toEqual({});
    expect((await bridge.store.counts('thu')).withdrawn).toBe(1);
  });

  it('[GA5] observe withdraws what an earlier mode brought over', async () => {
    await open();
    const task = newTask(bridge.person(), 'NV-1');
    await quiet();
    await setMode('observe');
    bridge.person().edit(task, { DoMat: 'Mat' });
    await quiet();
    expect(await stateCounts(bridge, 'task')).toEqual({});
  });
});

describe('a pause', () => {
  it('[PA1] of the push holds back writes to Notes alone', async () => {
    await open();
    const unid = await memberAtWork();
    await pause(bridge.bridge).run({ link: 'thu', direction: 'push' }, bridge.context);
    newTask(bridge.person(), 'NV-2');
    bridge.person().edit(unid, { MaChiBo: '01.001.001.000.001' });
    await quiet();
    expect(itemOf(bridge, unid, 'TienDo')).toBe(0);
    expect(requests()).toEqual([]);
    expect((await bridge.record('task', 'NV-2'))?.state).toBe('live');
    expect((await bridge.record('assignment', 'giao-0001'))?.fields).toMatchObject({
      progress: 30,
      organisationCode: '01.001.001.000.001',
    });
    await resume(bridge.bridge).run({ link: 'thu', direction: 'push' }, bridge.context);
    await quiet();
    expect(itemOf(bridge, unid, 'TienDo')).toBe(30);
    expect(requests()).toHaveLength(1);
  });

  it('[PA1] of the pull holds back writes to the handbook alone', async () => {
    await open();
    const unid = await memberAtWork();
    await pause(bridge.bridge).run({ link: 'thu', direction: 'pull' }, bridge.context);
    newTask(bridge.person(), 'NV-2');
    bridge.person().edit(unid, { MaChiBo: '01.001.001.000.001' });
    await quiet();
    expect(itemOf(bridge, unid, 'TienDo')).toBe(30);
    expect(requests()).toHaveLength(1);
    expect(await bridge.record('task', 'NV-2')).toBeNull();
    expect((await bridge.record('assignment', 'giao-0001'))?.fields['organisationCode']).toBeNull();
    await resume(bridge.bridge).run({ link: 'thu', direction: 'pull' }, bridge.context);
    await quiet();
    expect((await bridge.record('task', 'NV-2'))?.state).toBe('live');
    expect((await bridge.record('assignment', 'giao-0001'))?.fields['organisationCode']).toBe(
      '01.001.001.000.001',
    );
    expect((await bridge.verify()).differences).toEqual([]);
  });

  it('[PA1] of everything stops everything but withdrawals, and loses nothing', async () => {
    await open();
    const unid = await memberAtWork();
    const secret = newTask(bridge.person(), 'NV-3');
    await quiet();
    const record = await bridge.record('assignment', 'giao-0001');
    await pause(bridge.bridge).run({ link: 'thu' }, bridge.context);
    await bridge.mutate(record?.recordId ?? '', 'assignment', record?.version ?? 0, { progress: 60 });
    newTask(bridge.person(), 'NV-2');
    bridge.person().edit(secret, { ChoPhepChuyen: null });
    await quiet();
    expect(await stateCounts(bridge, 'task')).toEqual({ live: 1 });
    expect(itemOf(bridge, unid, 'TienDo')).toBe(30);
    await resume(bridge.bridge).run({ link: 'thu' }, bridge.context);
    await quiet();
    expect(await stateCounts(bridge, 'task')).toEqual({ live: 2 });
    expect(itemOf(bridge, unid, 'TienDo')).toBe(60);
    const rows = await bridge.store.journal('thu', 0, 1000);
    expect(rows.filter((row) => ['pause', 'resume'].includes(row.event)).map((row) => row.by)).toEqual([
      'tester',
      'tester',
    ]);
  });
});
