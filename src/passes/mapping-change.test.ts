import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acceptPreview } from '../operations/accept-preview.ts';
import type { FieldMapping, Mapping } from '../sync/mapping.ts';
import type { Link } from './pass-deps.ts';
import { newAssignment, newTask } from './testing/sample-notes.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';
import { itemOf, pairOf, quarantined, recordOf, versions } from './testing/views.ts';

let bridge: TestBridge;
let link: Link;
beforeEach(async () => {
  bridge = await openTestBridge({ forms: ['NhiemVu', 'NhiemVuDangVien'], limits: { batch: 2 } });
  link = bridge.link;
});
afterEach(() => bridge.close());

function change(form: string, how: (mapping: Mapping) => Partial<Mapping>): void {
  link = {
    ...link,
    mappings: link.mappings.map((one) => (one.form === form ? { ...one, ...how(one) } : one)),
  };
}
const without = (field: string) => (mapping: Mapping) => ({
  version: '2.2',
  fields: mapping.fields.filter((one) => one.field !== field),
});
const retyped = (field: string, more: Partial<FieldMapping>) => (mapping: Mapping) => ({
  version: '3.2',
  fields: mapping.fields.map((one) => (one.field === field ? { ...one, ...more } : one)),
});
const sync = () => bridge.sync(undefined, { link });

async function accepted(): Promise<readonly string[]> {
  await expect(sync()).rejects.toMatchObject({ code: 'needs-approval' });
  const [list] = await bridge.store.previews('thu', 1);
  await acceptPreview(bridge.bridge, list?.id ?? '', bridge.context);
  await sync();
  return (list?.entries ?? []).map((entry) => `${entry.event} ${entry.fields.join(' ')}`.trim());
}

async function tasks(): Promise<readonly string[]> {
  const unids = ['1', '2', '3', '4', '5'].map((code) =>
    newTask(bridge.person(), `NV-${code}`, { DoUuTien: code }),
  );
  await sync();
  return unids;
}

describe('a mapping that changed', () => {
  it('[MC5] [MC6] only in its number asks nobody, writes nothing, and reaches every document', async () => {
    const unids = await tasks();
    const before = await versions(bridge);
    change('NhiemVu', () => ({ version: '9.2' }));
    await sync();
    expect(await versions(bridge)).toEqual(before);
    const pairs = await Promise.all(unids.map((unid) => pairOf(bridge, unid)));
    expect(pairs.map((pair) => [pair.baseMapping, pair.pending])).toEqual(unids.map(() => ['9.2', false]));
    const journal = await bridge.store.journal('thu', 0, 1000);
    expect(journal.filter((row) => row.rule === 'MC5').map((row) => row.reason)).toEqual(['NhiemVu']);
    await sync();
    expect(await bridge.store.journal('thu', journal.length, 10)).toEqual([]);
  });

  it('[MC1] [MC2] [MC6] by a field less and a field more is listed first, conflicts with nobody and never touches Notes', async () => {
    const unids = await tasks();
    const notes = () => [...bridge.file.notes()].map((note) => `${note.unid} ${note.sequence}`);
    const before = notes();
    change('NhiemVu', without('priority'));
    expect(await accepted()).toEqual(unids.map(() => 'update-record priority'));
    for (const unid of unids) expect((await recordOf(bridge, unid))?.fields['priority'] ?? null).toBeNull();
    for (const [at, unid] of unids.entries()) expect(itemOf(bridge, unid, 'DoUuTien')).toBe(String(at + 1));
    link = bridge.link;
    expect(await accepted()).toEqual(unids.map(() => 'update-record priority'));
    for (const [at, unid] of unids.entries())
      expect((await recordOf(bridge, unid))?.fields['priority']).toBe(String(at + 1));
    expect(notes()).toEqual(before);
    expect(await bridge.store.conflicts({ linkId: 'thu', limit: 10 })).toEqual([]);
    expect(await bridge.verify()).toMatchObject({ differences: [] });
  });

  it('[MC4] in a field’s type restates the records and pushes nothing', async () => {
    const unids = await tasks();
    const notes = () => [...bridge.file.notes()].map((note) => `${note.unid} ${note.sequence}`);
    const before = notes();
    change('NhiemVu', retyped('priority', { type: 'number', direction: 'both', writer: 'both', check: {} }));
    await accepted();
    for (const [at, unid] of unids.entries())
      expect((await recordOf(bridge, unid))?.fields['priority']).toBe(at + 1);
    expect(notes()).toEqual(before);
    expect(await bridge.store.conflicts({ linkId: 'thu', limit: 10 })).toEqual([]);
    await sync();
    expect((await bridge.store.counts('thu')).runnable).toBe(0);
  });

  it('[MC5] in its gate withdraws what it no longer lets through, and lets through what it does', async () => {
    const open = newTask(bridge.person(), 'NV-1');
    const later = newTask(bridge.person(), 'NV-2', { ChoPhepChuyen: '2' });
    await sync();
    change('NhiemVu', ({ gate }) => ({ gate: { ...gate, release: { ...gate.release, marks: ['2'] } } }));
    await sync();
    expect(await recordOf(bridge, open)).toMatchObject({ state: 'withdrawn', fields: {} });
    expect(await recordOf(bridge, later)).toMatchObject({ state: 'live' });
  });

  it('[MC5] tries again what was set aside of its form', async () => {
    newTask(bridge.person(), 'NV-1');
    const bad = newAssignment(bridge.person(), 'ban-ghi-0001', 'NV-1', { TrangThai: 'LaHoac' });
    await sync();
    expect(await quarantined(bridge)).toMatchObject([{ unid: bad, code: 'not-in-list' }]);
    change('NhiemVuDangVien', retyped('status', { check: {} }));
    await sync();
    expect(await quarantined(bridge)).toEqual([]);
    expect(await recordOf(bridge, bad)).toMatchObject({ state: 'live', fields: { status: 'LaHoac' } });
  });

  it('[MC7] because its form was split moves the note to the other entity, and leaves nothing in the first', async () => {
    newTask(bridge.person(), 'NV-1');
    const unid = newTask(bridge.person(), 'NV-2');
    await sync();
    const { recordId } = await pairOf(bridge, unid);
    bridge.person().edit(unid, {
      Form: 'NhiemVuDangVien',
      MaBanGhi: 'ban-ghi-0002',
      MaNhiemVu: 'NV-1',
      TrangThai: 'Moi',
      TienDo: 0,
    });
    for (const _ of [1, 2, 3]) await sync();
    expect((await bridge.handbook.read([recordId]))[0]).toMatchObject({ state: 'withdrawn', fields: {} });
    const now = await pairOf(bridge, unid);
    expect(now).toMatchObject({ entity: 'assignment', status: 'live' });
    expect(now.recordId).not.toBe(recordId);
    expect(await recordOf(bridge, unid)).toMatchObject({ fields: { recordCode: 'ban-ghi-0002' } });
    expect(await bridge.verify()).toMatchObject({ differences: [] });
  });
});
