import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acceptPreview } from '../operations/accept-preview.ts';
import { confirmDeleted } from '../operations/confirm-deleted.ts';
import { newAssignment, newTask } from './testing/sample-notes.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';
import { itemOf, pairOf, quarantined, recordOf, stateCounts, versions } from './testing/views.ts';

let bridge: TestBridge;
beforeEach(async () => {
  bridge = await openTestBridge({ forms: ['NhiemVu'] });
});
afterEach(() => bridge.close());

/** The bridge knows nothing any more, as after its first installation beside two systems that were kept by hand. */
async function forget(of = bridge): Promise<void> {
  await of.pools.inside.query(
    `truncate bridge.link, bridge.pair, bridge.intent, bridge.conflict, bridge.quarantine, bridge.tombstone, bridge.checkpoint cascade`,
  );
  await of.store.registerLink({ linkId: 'thu', mode: 'sync', replicaSet: of.link.replicaSet });
}

async function setTitle(recordId: string, title: string): Promise<void> {
  const [record] = await bridge.handbook.read([recordId]);
  await bridge.handbook.apply([
    {
      opId: `title-${title}`,
      recordId,
      entity: 'task',
      expectedVersion: record?.version ?? 0,
      kind: 'put',
      key: record?.key ?? null,
      set: { title },
    },
  ]);
}

describe('what both sides hold before they meet', () => {
  it('[AD1] [AD2] is joined by key without a write to either side and without a question, when it is equal', async () => {
    const unids = ['1', '2', '3', '4', '5'].map((code) => newTask(bridge.person(), `NV-${code}`));
    await bridge.sync();
    const ids = await Promise.all(unids.map(async (unid) => (await pairOf(bridge, unid)).recordId));
    await forget();
    const before = await versions(bridge);
    expect(await bridge.sync()).toMatchObject({
      quiet: true,
      links: [{ pulled: 0, pushed: 0, conflicts: 0 }],
    });
    expect(await versions(bridge)).toEqual(before);
    const pairs = await Promise.all(unids.map((unid) => pairOf(bridge, unid)));
    expect(pairs.map((pair) => [pair.recordId, pair.status])).toEqual(ids.map((id) => [id, 'live']));
    expect(await bridge.store.counts('thu')).toMatchObject({ pairs: 5, live: 5, runnable: 0 });
    expect(await bridge.verify()).toMatchObject({ compared: 5, differences: [] });
    // The base is known: an edit is an edit.
    bridge.person().edit(unids[0] ?? '', { TieuDe: 'mới' });
    await bridge.sync();
    expect((await recordOf(bridge, unids[0] ?? ''))?.fields['title']).toBe('mới');
  });

  it('[AD1] [ME8] is listed first where it differs, then the policy decides and the loser is kept; what one side lacks is created', async () => {
    const [same, other] = ['NV-1', 'NV-2'].map((code) => newTask(bridge.person(), code)) as [string, string];
    await bridge.sync();
    const { recordId } = await pairOf(bridge, other);
    await forget();
    await setTitle(recordId, 'theo sổ tay');
    const fresh = newTask(bridge.person(), 'NV-3');
    const before = await versions(bridge);
    await expect(bridge.sync()).rejects.toMatchObject({ code: 'needs-approval' });
    expect(await versions(bridge)).toEqual(before);
    const [list] = await bridge.store.previews('thu', 1);
    expect(new Set(list?.entries.map((entry) => `${entry.event} ${entry.unid}`))).toEqual(
      new Set([`create-record ${fresh}`, `update-record ${other}`]),
    );
    await acceptPreview(bridge.bridge, list?.id ?? '', bridge.context);
    await bridge.sync();
    expect((await recordOf(bridge, other))?.fields['title']).toBe('Nhiệm vụ NV-2');
    const conflicts = await bridge.store.conflicts({ linkId: 'thu', limit: 10 });
    expect(conflicts.map((row) => [row.unid, row.field, row.handbook])).toEqual([
      [other, 'title', 'theo sổ tay'],
    ]);
    expect(await stateCounts(bridge, 'task')).toEqual({ live: 3 });
    expect((await pairOf(bridge, same)).status).toBe('live');
  });

  it('[AD1] [PL8] is not removed with its note before the two were merged, though they agree in part', async () => {
    const unid = newTask(bridge.person(), 'NV-1');
    await bridge.sync();
    const { recordId } = await pairOf(bridge, unid);
    await forget();
    await setTitle(recordId, 'theo sổ tay');
    await expect(bridge.sync()).rejects.toMatchObject({ code: 'needs-approval' });
    bridge.person().delete(unid);
    const [list] = await bridge.store.previews('thu', 1);
    await acceptPreview(bridge.bridge, list?.id ?? '', bridge.context);
    await bridge.sync();
    await confirmDeleted(bridge.bridge).run(
      { link: 'thu', unids: [unid], reason: 'người phụ trách xác nhận' },
      bridge.context,
    );
    await bridge.sync();
    const [record] = await bridge.handbook.read([recordId]);
    expect([record?.state, record?.fields['title']]).toEqual(['hidden', 'theo sổ tay']);
    expect((await pairOf(bridge, unid)).status).toBe('detached');
  });

  it('[AD3] is nobody’s where two notes claim one record: both are set aside', async () => {
    const first = newTask(bridge.person(), 'NV-1');
    newTask(bridge.person(), 'NV-2');
    await bridge.sync();
    const { recordId } = await pairOf(bridge, first);
    await forget();
    const second = newTask(bridge.person(), 'NV-1', { TieuDe: 'người khác' });
    await bridge.sync();
    const rows = (await quarantined(bridge)).filter((row) => row.unid !== null);
    expect(new Set(rows.map((row) => `${row.unid} ${row.code}`))).toEqual(
      new Set([first, second].map((unid) => `${unid} duplicate-key`)),
    );
    expect((await bridge.handbook.read([recordId]))[0]?.fields['title']).toBe('Nhiệm vụ NV-1');
    bridge.person().edit(second, { MaNhiemVu: 'NV-9' });
    await bridge.sync();
    await bridge.sync();
    expect(await quarantined(bridge)).toEqual([]);
    expect((await pairOf(bridge, first)).recordId).toBe(recordId);
    expect(await stateCounts(bridge, 'task')).toEqual({ live: 3 });
  });

  it('[AD4] stays one record when its note is moved: it vanishes and comes back under another UNID', async () => {
    const old = newTask(bridge.person(), 'NV-1');
    newTask(bridge.person(), 'NV-2');
    await bridge.sync();
    const { recordId } = await pairOf(bridge, old);
    bridge.person().delete(old);
    const moved = newTask(bridge.person(), 'NV-1', { TieuDe: 'sửa khi chuyển' });
    await bridge.sync();
    expect(await pairOf(bridge, moved)).toMatchObject({ recordId, status: 'live' });
    expect(await pairOf(bridge, old)).toMatchObject({ status: 'tombstone', reason: 'moved', base: {} });
    expect(await recordOf(bridge, moved)).toMatchObject({
      state: 'live',
      fields: { title: 'sửa khi chuyển' },
    });
    expect(await bridge.store.conflicts({ linkId: 'thu', limit: 10 })).toEqual([]);
    const journal = await bridge.store.journal('thu', 0, 1000);
    expect(journal.filter((row) => row.pairId !== null && row.rule === 'AD4')).toHaveLength(1);
    expect(journal.map((row) => row.event)).not.toContain('remove-record');
    expect(await bridge.verify()).toMatchObject({ differences: [] });
    expect(itemOf(bridge, moved, 'TieuDe')).toBe('sửa khi chuyển');
  });
});

describe('a note that was moved', () => {
  it('[AD4] [TO2] and is back under its old UNID, just as it was, is set aside and not passed over', async () => {
    const old = newTask(bridge.person(), 'NV-9');
    await bridge.sync();
    const note = bridge.file.read(old);
    const { clock } = bridge.domino;
    const before = clock.now();
    bridge.person().delete(old);
    const moved = newTask(bridge.person(), 'NV-9');
    await bridge.sync();
    expect(await pairOf(bridge, old)).toMatchObject({
      status: 'tombstone',
      reason: 'moved',
      seenNotes: null,
    });
    // A file restored from before the move: the copy is gone, the original has the very stamps that it had.
    bridge.person().delete(moved);
    clock.set(before - 86_400_000);
    bridge.file.import(note ? [note] : []);
    clock.set(before + 5000);
    await bridge.sync();
    expect(await quarantined(bridge)).toMatchObject([{ unid: old, code: 'zombie' }]);
    expect(await bridge.verify()).toMatchObject({ differences: [] });
    bridge.person().delete(old);
    await bridge.sync();
    expect(await quarantined(bridge)).toEqual([]);
  });
});

describe('what hangs on a parent', () => {
  it('[AD1] [GA4] is joined as soon as its parent is: nothing is created twice', async () => {
    const family = await openTestBridge({ forms: ['NhiemVu', 'NhiemVuDangVien'] });
    try {
      newTask(family.person(), 'NV-1');
      const child = newAssignment(family.person(), 'ban-ghi-0001', 'NV-1');
      await family.sync();
      const { recordId } = await pairOf(family, child);
      await forget(family);
      const before = await versions(family);
      await family.sync();
      expect(await versions(family)).toEqual(before);
      expect(await pairOf(family, child)).toMatchObject({ recordId, status: 'live' });
      expect(await family.store.counts('thu')).toMatchObject({ pairs: 2, live: 2, quarantined: 0 });
    } finally {
      await family.close();
    }
  });
});

describe('a note that the bridge made and forgot', () => {
  it('[CR3] is bound to its record again: no second note, and nothing of it is lost when it is released', async () => {
    const proposals = await openTestBridge({ forms: ['DeXuatThayDoi'] });
    try {
      await proposals.sync();
      const recordId = randomUUID();
      const fields = {
        recordCode: 'de-xuat-0001',
        memberCode: 'dang-vien-0001',
        fieldName: 'Email',
        newValue: 'moi@example.org',
      };
      const common = { clientId: 'phone', accountId: 'tester', entity: 'changeRequest', recordId };
      await proposals.members.mutate({ ...common, mutationId: 'm', kind: 'create', baseVersion: 0, fields });
      await proposals.sync();
      const [unid, ...others] = [...proposals.file.notes()].map((note) => note.unid);
      expect(others).toEqual([]);
      await forget(proposals);
      await proposals.sync();
      expect([...proposals.file.notes()]).toHaveLength(1);
      expect(await pairOf(proposals, unid ?? '')).toMatchObject({ recordId, status: 'withdrawn' });
      proposals.person().edit(unid ?? '', { DoMat: 'Thuong', ChoPhepChuyen: '1' });
      await proposals.sync();
      expect(await recordOf(proposals, unid ?? '')).toMatchObject({ state: 'live', fields });
      expect([...proposals.file.notes()]).toHaveLength(1);
    } finally {
      await proposals.close();
    }
  });
});
