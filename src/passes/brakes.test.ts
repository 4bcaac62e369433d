import { afterEach, describe, expect, it } from 'vitest';
import { preview } from '../operations/preview.ts';
import { releaseBrake } from '../operations/release-brake.ts';
import { newTask } from './testing/sample-notes.ts';
import { openTestBridge, type TestBridge, type TestBridgeOptions } from './testing/test-bridge.ts';

let bridge: TestBridge;
afterEach(() => bridge.close());

const LIMITS = { deletes: { floor: 3, share: 0.02 }, updates: { floor: 4, share: 0.02 } };

async function withTasks(count: number, options: Partial<TestBridgeOptions> = {}): Promise<string[]> {
  bridge = await openTestBridge({ forms: ['NhiemVu'], limits: LIMITS, ...options });
  const person = bridge.person();
  const unids = Array.from({ length: count }, (_, index) => newTask(person, `NV-${index}`));
  expect(await bridge.sync()).toMatchObject({ quiet: true, links: [{ pulled: count }] });
  return unids;
}

async function states(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const record of await bridge.handbook.list(['task'], null, 500))
    counts[record.state] = (counts[record.state] ?? 0) + 1;
  return counts;
}

describe('the brake', () => {
  it('[BR2] hides nothing when more notes vanish than the limit, lists them all, and goes on after a release', async () => {
    const unids = await withTasks(10);
    for (const unid of unids.slice(0, 5)) bridge.person().delete(unid);
    newTask(bridge.person(), 'NV-neu');
    expect(await bridge.sync()).toMatchObject({ quiet: true, links: [{ pulled: 1, pendingDeletes: 5 }] });
    expect(await states()).toEqual({ live: 11 });
    const row = await bridge.store.link('thu');
    const listed = await bridge.store.preview(row?.brakeDeletes ?? '');
    expect(listed?.entries.map((entry) => `${entry.unid} ${entry.event}`).sort()).toEqual(
      unids
        .slice(0, 5)
        .map((unid) => `${unid} hide-record`)
        .sort(),
    );
    await releaseBrake(bridge.bridge).run(
      { link: 'thu', lane: 'deletes', reason: 'đã kiểm tra danh sách' },
      bridge.context,
    );
    await bridge.sync();
    expect(await states()).toEqual({ live: 6, hidden: 5 });
  });

  it('[BR2] updates nothing when more notes change than the limit', async () => {
    const unids = await withTasks(10);
    for (const [index, unid] of unids.slice(0, 6).entries())
      bridge.person().edit(unid, { TieuDe: `Sửa ${index}` });
    expect(await bridge.sync()).toMatchObject({ quiet: true, links: [{ pulled: 0 }] });
    expect((await bridge.record('task', 'NV-0'))?.fields['title']).toBe('Nhiệm vụ NV-0');
    const row = await bridge.store.link('thu');
    expect((await bridge.store.preview(row?.brakeUpdates ?? ''))?.entries).toHaveLength(6);
    await releaseBrake(bridge.bridge).run(
      { link: 'thu', lane: 'updates', reason: 'đã kiểm tra danh sách' },
      bridge.context,
    );
    expect(await bridge.sync()).toMatchObject({ quiet: true, links: [{ pulled: 6 }] });
    expect((await bridge.record('task', 'NV-0'))?.fields['title']).toBe('Sửa 0');
  });

  it('[BR1] adds up many small passes of one day', async () => {
    const unids = await withTasks(10);
    for (const [index, unid] of unids.slice(0, 4).entries()) {
      bridge.person().edit(unid, { TieuDe: `Sửa ${index}` });
      expect(await bridge.sync()).toMatchObject({ links: [{ pulled: 1 }] });
    }
    bridge.person().edit(unids[5] ?? '', { TieuDe: 'Một lần nữa' });
    expect(await bridge.sync()).toMatchObject({ links: [{ pulled: 0 }] });
    expect((await bridge.store.link('thu'))?.brakeUpdates).not.toBeNull();
  });

  it('[BR2] is not tripped by an agent that stamps every document, and writes nothing for it', async () => {
    const unids = await withTasks(10);
    for (const unid of unids) bridge.person().edit(unid, { DauAgent: 'x' });
    const before = (await bridge.handbook.list(['task'], null, 500)).map((record) => record.version);
    expect(await bridge.sync()).toMatchObject({ quiet: true, links: [{ pulled: 0 }] });
    expect((await bridge.store.link('thu'))?.brakeUpdates).toBeNull();
    expect((await bridge.handbook.list(['task'], null, 500)).map((record) => record.version)).toEqual(before);
  });

  it('[GA5] never holds back a withdrawal', async () => {
    const unids = await withTasks(10);
    for (const unid of unids) bridge.person().edit(unid, { DoMat: 'Mat' });
    await bridge.store.transaction(null, (tx) => tx.patchLink('thu', { pausedPull: true, pausedPush: true }));
    await bridge.sync();
    expect(await states()).toEqual({});
  });
});

describe('the first run', () => {
  it('[BR4] waits for a person when the handbook already holds records that no note stands behind', async () => {
    bridge = await openTestBridge({ forms: ['NhiemVu'] });
    await bridge.handbook.apply([
      {
        opId: 'stranger',
        recordId: '7b0342bc-c213-4c38-a991-a7f6f3d52f28',
        entity: 'task',
        expectedVersion: 0,
        kind: 'put',
        key: 'NV-alt',
        set: { taskCode: 'NV-alt', title: 'Có sẵn' },
      },
    ]);
    newTask(bridge.person(), 'NV-1');
    const refused = await bridge.sync().catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'needs-approval' });
    expect(await bridge.record('task', 'NV-1')).toBeNull();
    const [row] = await bridge.store.previews('thu', 5);
    expect(row?.entries.map((entry) => entry.event)).toContain('create-record');
    await bridge.sync(row?.id);
    expect((await bridge.record('task', 'NV-1'))?.state).toBe('live');
  });
});

describe('a preview', () => {
  it('[BR3] shows what then happens and touches neither side', async () => {
    const unids = await withTasks(3);
    bridge.person().edit(unids[0] ?? '', { TieuDe: 'Sửa' });
    newTask(bridge.person(), 'NV-neu');
    const before = JSON.stringify(await bridge.handbook.list(['task'], null, 500));
    const shown = await preview(bridge.bridge).run({ link: 'thu' }, bridge.context);
    expect(JSON.stringify(await bridge.handbook.list(['task'], null, 500))).toBe(before);
    expect(shown.previews[0]?.events).toEqual({ 'update-record': 1, 'create-record': 1 });
    await bridge.sync();
    const journal = (await bridge.store.journal('thu', 0, 1000))
      .slice(-2)
      .map((line) => line.event)
      .sort();
    expect(journal).toEqual(['create-record', 'update-record']);
  });
});
