import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConflictRow } from '../../connectors/postgres/port.ts';
import { conflictResolve } from '../operations/conflict-resolve.ts';
import type { FieldMapping } from '../sync/mapping.ts';
import { newTask } from './testing/sample-notes.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';
import { itemOf, pairOf, recordOf } from './testing/views.ts';

let bridge: TestBridge;
let serial = 0;
let code = '';
beforeEach(() => {
  serial += 1;
  code = `NV-${serial}`;
});
beforeAll(async () => {
  const shared = (one: FieldMapping): FieldMapping => {
    if (one.field === 'title') return { ...one, direction: 'both', writer: 'both', conflict: 'manual' };
    if (one.field === 'priority')
      return { ...one, direction: 'both', writer: 'both', conflict: 'notes-wins' };
    return one;
  };
  bridge = await openTestBridge({
    forms: ['NhiemVu'],
    limits: { deletes: { floor: 1000, share: 1 }, updates: { floor: 1000, share: 1 } },
    entityMappings: (mapping) => ({
      ...mapping,
      acceptRace: true,
      handbookDelete: 'soft',
      softDelete: { item: 'TrangThai', value: 'DaXoa' },
      editAgainstDelete: 'notes-compatible',
      fields: mapping.fields.map(shared),
    }),
  });
});
afterAll(() => bridge.close());

/** A task whose title and priority both sides changed differently. */
async function clashed(): Promise<{ readonly unid: string; readonly rows: readonly ConflictRow[] }> {
  const unid = newTask(bridge.person(), code, { DoUuTien: 'thấp' });
  await bridge.sync();
  const record = await recordOf(bridge, unid);
  bridge.person().edit(unid, { TieuDe: 'ở Notes', DoUuTien: 'vừa' });
  const fields = { title: 'ở sổ tay', priority: 'cao' };
  await bridge.mutate(record?.recordId ?? '', 'task', record?.version ?? 0, fields);
  await bridge.sync();
  const rows = (await bridge.store.conflicts({ linkId: 'thu', limit: 100 })).filter(
    (row) => row.unid === unid,
  );
  return { unid, rows };
}
function rowOf(rows: readonly ConflictRow[], field: string): string {
  return rows.find((row) => row.field === field)?.id ?? '';
}
async function both(unid: string, item: string, field: string): Promise<readonly unknown[]> {
  return [itemOf(bridge, unid, item), (await recordOf(bridge, unid))?.fields[field]];
}
const resolve = (id: string, how: Record<string, unknown>) =>
  conflictResolve(bridge.bridge).run({ id, ...how, reason: 'đã đối chiếu' }, bridge.context);

describe('a person decides', () => {
  it('[RS3] by a third value: it crosses like an edit, and both earlier values stay in the row', async () => {
    const { unid, rows } = await clashed();
    const id = rowOf(rows, 'title');
    await resolve(id, { value: 'đúng phải là' });
    await bridge.sync();
    expect(await both(unid, 'TieuDe', 'title')).toEqual(['đúng phải là', 'đúng phải là']);
    expect(await bridge.store.conflict(id)).toMatchObject({
      state: 'resolved',
      choice: 'value',
      notes: 'ở Notes',
      handbook: 'ở sổ tay',
    });
    await expect(resolve(id, { value: '' })).rejects.toThrow('a value is required');
  });

  it('[RS3] while Notes is edited once more: that is a new conflict, and nothing is overwritten', async () => {
    const { unid, rows } = await clashed();
    bridge.person().edit(unid, { TieuDe: 'lại sửa' });
    await resolve(rowOf(rows, 'title'), { value: 'đúng phải là' });
    await bridge.sync();
    expect(await both(unid, 'TieuDe', 'title')).toEqual(['lại sửa', 'đúng phải là']);
    const open = (await bridge.store.openConflicts([(await pairOf(bridge, unid)).id])).map(
      (row) => row.field,
    );
    expect(open).toEqual(['title']);
  });

  it('[RS3] otherwise than the policy did, and otherwise once more', async () => {
    const { unid, rows } = await clashed();
    const id = rowOf(rows, 'priority');
    expect(await both(unid, 'DoUuTien', 'priority')).toEqual(['vừa', 'vừa']);
    await resolve(id, { choose: 'handbook' });
    await bridge.sync();
    expect(await both(unid, 'DoUuTien', 'priority')).toEqual(['cao', 'cao']);
    await resolve(id, { choose: 'notes' });
    await bridge.sync();
    expect(await both(unid, 'DoUuTien', 'priority')).toEqual(['vừa', 'vừa']);
  });

  it('[RS2] several fields of one document together, and none when one of them is not in conflict', async () => {
    const { unid, rows } = await clashed();
    const id = rowOf(rows, 'title');
    await expect(resolve(id, { choose: 'notes', fields: ['title', 'dueAt'] })).rejects.toThrow(
      'over "dueAt"',
    );
    expect((await bridge.store.conflict(id))?.state).toBe('open');
    expect(await resolve(id, { choose: 'notes', fields: ['title'] })).toMatchObject({ fields: ['title'] });
    await bridge.sync();
    expect(await both(unid, 'TieuDe', 'title')).toEqual(['ở Notes', 'ở Notes']);
  });

  it('[RS4] [PL12] of an edit that a member’s deletion overtook: it is kept, until its note loses its release', async () => {
    const unid = newTask(bridge.person(), code);
    await bridge.sync();
    const record = await recordOf(bridge, unid);
    await bridge.handbook.apply([
      {
        opId: `delete ${unid}`,
        recordId: record?.recordId ?? '',
        entity: 'task',
        expectedVersion: record?.version ?? 0,
        kind: 'remove',
      },
    ]);
    bridge.person().edit(unid, { TieuDe: 'sửa khi bị xoá' });
    await bridge.sync();
    expect(await pairOf(bridge, unid)).toMatchObject({ status: 'tombstone', base: {} });
    expect(itemOf(bridge, unid, 'TrangThai')).toBe('DaXoa');
    const kept = async () =>
      (await bridge.store.conflicts({ linkId: 'thu', limit: 100 })).find((row) => row.unid === unid);
    expect(await kept()).toMatchObject({ kind: 'edit-against-delete', winner: 'handbook', state: 'settled' });
    expect(JSON.stringify((await kept())?.notes)).toContain('sửa khi bị xoá');
    bridge.person().edit(unid, { ChoPhepChuyen: '' });
    await bridge.sync();
    expect((await kept())?.notes).toBeUndefined();
    expect(await bridge.dump()).not.toContain('sửa khi bị xoá');
  });

  it('[RS4] [GA5] of a softly deleted note goes when the note becomes something that nobody mapped', async () => {
    const unid = newTask(bridge.person(), code);
    await bridge.sync();
    const record = await recordOf(bridge, unid);
    await bridge.handbook.apply([
      {
        opId: `delete ${unid}`,
        recordId: record?.recordId ?? '',
        entity: 'task',
        expectedVersion: record?.version ?? 0,
        kind: 'remove',
      },
    ]);
    bridge.person().edit(unid, { TieuDe: 'sửa rồi đổi biểu mẫu' });
    await bridge.sync();
    expect(await bridge.dump()).toContain('sửa rồi đổi biểu mẫu');
    bridge.person().edit(unid, { Form: 'BieuMauKhac' });
    await bridge.sync();
    await bridge.sync();
    expect(await bridge.dump()).not.toContain('sửa rồi đổi biểu mẫu');
  });
});
