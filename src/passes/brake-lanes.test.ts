import { afterEach, describe, expect, it } from 'vitest';
import { preview } from '../operations/preview.ts';
import { releaseBrake } from '../operations/release-brake.ts';
import { newAssignment, newTask } from './testing/sample-notes.ts';
import { tamper } from './testing/tamper.ts';
import { openTestBridge, type TestBridge, type TestBridgeOptions } from './testing/test-bridge.ts';
import { itemOf, journalSince, stateCounts, versions } from './testing/views.ts';

let bridge: TestBridge;
afterEach(() => bridge.close());

const LIMITS = { deletes: { floor: 3, share: 0.02 }, updates: { floor: 4, share: 0.02 } };
const FORMS = ['NhiemVu', 'NhiemVuDangVien'];
const DAY_MS = 24 * 3600 * 1000;

async function withTasks(count: number, options: Partial<TestBridgeOptions> = {}): Promise<string[]> {
  bridge = await openTestBridge({ forms: FORMS, limits: LIMITS, ...options });
  const person = bridge.person();
  const unids = Array.from({ length: count }, (_, index) => newTask(person, `NV-${index}`, { MoTa: null }));
  expect(await bridge.sync()).toMatchObject({ quiet: true, links: [{ pulled: count }] });
  return unids;
}

function editAll(unids: readonly string[], title: string): void {
  for (const unid of unids) bridge.person().edit(unid, { TieuDe: title });
}

async function release(lane: 'deletes' | 'updates'): Promise<void> {
  await releaseBrake(bridge.bridge).run({ link: 'thu', lane, reason: 'đã kiểm tra' }, bridge.context);
}

async function titles(): Promise<unknown[]> {
  return (await bridge.handbook.list(['task'], null, 1000)).map((record) => record.fields['title']);
}

describe('a lane that exceeds its limit', () => {
  it('[BR2] is listed whole before anything of it happens, however long that takes', async () => {
    const unids = await withTasks(12, { limits: { ...LIMITS, batch: 2, passMs: 1 } });
    editAll(unids, 'Sửa');
    const result = await bridge.sync();
    expect(await titles()).not.toContain('Sửa');
    expect(result.quiet).toBe(true);
    const braked = (await bridge.store.link('thu'))?.brakeUpdates ?? '';
    const listed = await bridge.store.preview(braked);
    expect(listed?.entries.map((entry) => entry.unid).sort()).toEqual([...unids].sort());
  });

  it('[BR2] tells a person of what is one too many, also when it was seen as a deletion and comes back as an update', async () => {
    const unids = await withTasks(8);
    editAll(unids.slice(0, 4), 'Sửa');
    await bridge.sync();
    expect((await titles()).filter((title) => title === 'Sửa')).toHaveLength(4);
    const record = await bridge.record('task', 'NV-5');
    await bridge.handbook.apply([
      {
        opId: 'deleted',
        kind: 'remove',
        recordId: record?.recordId ?? '',
        entity: 'task',
        expectedVersion: record?.version ?? 0,
      },
    ]);
    // Edited only after the deletion was seen, right before the look.
    let edited = false;
    const database = tamper(bridge.link.database, {
      readNotes: (real, ...given) => {
        if (!edited && given[1].includes('TieuDe')) {
          edited = true;
          editAll(unids.slice(5, 6), 'Sửa');
        }
        return real(...given);
      },
    });
    await bridge.sync(undefined, { link: { ...bridge.link, database } });
    await bridge.sync();
    expect(edited).toBe(true);
    const listed = await bridge.store.preview((await bridge.store.link('thu'))?.brakeUpdates ?? '');
    expect(listed?.entries.map(({ event, unid }) => [event, unid])).toEqual([['undelete-record', unids[5]]]);
  });

  it('[BR2] keeps creates and withdrawals going', async () => {
    const unids = await withTasks(10);
    editAll(unids.slice(0, 6), 'Sửa');
    bridge.person().edit(unids[9] ?? '', { DoMat: 'Mat' });
    newTask(bridge.person(), 'NV-moi');
    expect(await bridge.sync()).toMatchObject({ quiet: true });
    expect(await titles()).not.toContain('Sửa');
    expect((await bridge.record('task', 'NV-moi'))?.state).toBe('live');
    expect(await bridge.record('task', 'NV-9')).toBeNull();
  });

  it('[BR2] holds back writes to Notes as well', async () => {
    await withTasks(1);
    const mine = Array.from({ length: 6 }, (_, index) =>
      newAssignment(bridge.person(), `giao-000${index}`, 'NV-0'),
    );
    await bridge.sync();
    for (const index of mine.keys()) {
      const record = await bridge.record('assignment', `giao-000${index}`);
      await bridge.mutate(record?.recordId ?? '', 'assignment', record?.version ?? 0, { progress: 50 });
    }
    expect(await bridge.sync()).toMatchObject({ quiet: true, links: [{ pushed: 0 }] });
    expect(mine.map((unid) => itemOf(bridge, unid, 'TienDo'))).toEqual(mine.map(() => 0));
    await release('updates');
    expect(await bridge.sync()).toMatchObject({ links: [{ pushed: 6 }] });
    expect(mine.map((unid) => itemOf(bridge, unid, 'TienDo'))).toEqual(mine.map(() => 50));
  });

  it('[BR1] lets no more of the other lane happen while it is listed than that may', async () => {
    const unids = await withTasks(10);
    editAll(unids, 'Sửa');
    let deleted = false;
    const database = tamper(bridge.link.database, {
      readNotes(real, ...given) {
        // Gone when the pass looks, and known to nobody when it counted.
        if (!deleted) for (const unid of unids.slice(0, 5)) bridge.person().delete(unid);
        deleted = true;
        return real(...given);
      },
    });
    await bridge.sync(undefined, { link: { ...bridge.link, database } });
    expect(deleted).toBe(true);
    expect((await bridge.store.link('thu'))?.brakeUpdates).not.toBeNull();
    expect((await stateCounts(bridge, 'task'))['hidden'] ?? 0).toBeLessThanOrEqual(3);
  });

  it('[BR1] brakes when a side is emptied, however few its notes are', async () => {
    const unids = await withTasks(3);
    for (const unid of unids) bridge.person().delete(unid);
    await bridge.sync();
    expect(await stateCounts(bridge, 'task')).toEqual({ live: 3 });
    expect((await bridge.store.link('thu'))?.brakeDeletes).not.toBeNull();
    await release('deletes');
    await bridge.sync();
    expect(await stateCounts(bridge, 'task')).toEqual({ hidden: 3 });
  });
});

describe('what counts', () => {
  it('[BR1] forgets effects that are more than 24 hours old', async () => {
    const unids = await withTasks(10);
    editAll(unids.slice(0, 4), 'Một');
    await bridge.sync();
    bridge.advance(DAY_MS + 1000);
    editAll(unids.slice(4, 8), 'Hai');
    expect(await bridge.sync()).toMatchObject({ links: [{ pulled: 4 }] });
    editAll(unids.slice(8, 9), 'Ba');
    expect(await bridge.sync()).toMatchObject({ links: [{ pulled: 0 }] });
  });

  it('[BR1] adds up hidings over many passes', async () => {
    const unids = await withTasks(10);
    for (const unid of unids.slice(0, 3)) {
      bridge.person().delete(unid);
      await bridge.sync();
    }
    expect(await stateCounts(bridge, 'task')).toEqual({ live: 7, hidden: 3 });
    bridge.person().delete(unids[3] ?? '');
    await bridge.sync();
    expect(await stateCounts(bridge, 'task')).toEqual({ live: 7, hidden: 3 });
  });

  it('[BR3] of a release: only its own lane', async () => {
    const unids = await withTasks(12);
    for (const unid of unids.slice(0, 5)) bridge.person().delete(unid);
    await bridge.sync();
    await release('deletes');
    editAll(unids.slice(5, 11), 'Sửa');
    await bridge.sync();
    expect(await stateCounts(bridge, 'task')).toEqual({ live: 7, hidden: 5 });
    expect(await titles()).not.toContain('Sửa');
    expect((await bridge.store.link('thu'))?.brakeUpdates).not.toBeNull();
  });

  it('[BR3] after a release: what was released no longer, what comes later again', async () => {
    const unids = await withTasks(12);
    editAll(unids.slice(0, 6), 'Một');
    await bridge.sync();
    await release('updates');
    expect(await bridge.sync()).toMatchObject({ links: [{ pulled: 6 }] });
    bridge.advance(3700 * 1000);
    editAll(unids.slice(0, 4), 'Hai');
    expect(await bridge.sync()).toMatchObject({ links: [{ pulled: 4 }] });
    editAll(unids.slice(4, 5), 'Ba');
    expect(await bridge.sync()).toMatchObject({ links: [{ pulled: 0 }] });
    expect((await bridge.store.link('thu'))?.brakeUpdates).not.toBeNull();
  });

  it('[BR3] names who released and why in the journal, and releases nothing that is not braked', async () => {
    const unids = await withTasks(10);
    await expect(release('updates')).rejects.toMatchObject({ code: 'refused' });
    editAll(unids.slice(0, 6), 'Sửa');
    await bridge.sync();
    await release('updates');
    const rows = await bridge.store.journal('thu', 0, 1000);
    expect(rows.filter((row) => row.event === 'release')).toMatchObject([
      { by: 'tester', reason: 'updates: đã kiểm tra' },
    ]);
    await expect(release('updates')).rejects.toMatchObject({ code: 'refused' });
  });
});

describe('a preview', () => {
  it('[BR3] lists exactly what then happens, of every kind', async () => {
    const unids = await withTasks(6);
    const mine = newAssignment(bridge.person(), 'giao-0001', 'NV-5');
    await bridge.sync();
    const record = await bridge.record('assignment', 'giao-0001');
    await bridge.mutate(record?.recordId ?? '', 'assignment', record?.version ?? 0, { progress: 5 });
    bridge.person().edit(unids[0] ?? '', { TieuDe: 'Sửa' });
    newTask(bridge.person(), 'NV-moi', { MoTa: null });
    bridge.person().edit(unids[2] ?? '', { DauAgent: 'x' });
    bridge.person().edit(unids[3] ?? '', { TieuDe: '' });
    bridge.person().edit(mine, { MaChiBo: '01.001.001.000.009' });
    const before = await versions(bridge);
    const shown = await preview(bridge.bridge).run({ link: 'thu' }, bridge.context);
    expect(await versions(bridge)).toEqual(before);
    const { last } = await journalSince(bridge, 0);
    await bridge.sync();
    const rows = await bridge.store.journal('thu', last, 1000);
    const listed = (shown.previews[0]?.entries ?? []).map((entry) => `${entry.event} ${entry.recordId}`);
    const happened = rows
      .filter((row) => row.recordId !== null && /-(record|note)$/.test(row.event))
      .map((row) => `${row.event} ${row.recordId}`);
    expect(listed.length).toBeGreaterThan(2);
    expect(listed.sort()).toEqual(happened.sort());
    expect(itemOf(bridge, mine, 'TienDo')).toBe(5);
  });
});
