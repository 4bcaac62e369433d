import { afterEach, describe, expect, it } from 'vitest';
import { numberItem, textItem } from '../../connectors/domino/embedded/engine/item-builders.ts';
import { mappingDrift } from '../operations/mapping-drift.ts';
import { newAssignment, newTask } from './testing/sample-notes.ts';
import { openTestBridge, type TestBridge, type TestBridgeOptions } from './testing/test-bridge.ts';

let bridge: TestBridge | null = null;
afterEach(async () => {
  await bridge?.close();
  bridge = null;
});

async function opened(options: Partial<TestBridgeOptions> = {}): Promise<TestBridge> {
  bridge = await openTestBridge({ forms: ['NhiemVu', 'NhiemVuDangVien'], ...options });
  newTask(bridge.person(), 'NV-1');
  return bridge;
}

async function driftOf(one: TestBridge) {
  expect(await one.sync()).toMatchObject({ quiet: true });
  const { drift } = await mappingDrift(one.bridge).run({}, one.context);
  return drift.map(({ form, item, kind, expected, seen, notes }) => [
    form,
    item,
    kind,
    expected,
    seen,
    notes,
  ]);
}

describe('where notes depart from their mappings', () => {
  it('is nothing while they keep to them', async () => {
    const one = await opened();
    newAssignment(one.person(), 'giao-0001', 'NV-1');
    expect(await driftOf(one)).toEqual([]);
  });

  it('is told by item, and counted; of what is withheld nothing is told', async () => {
    const one = await opened();
    const numbered = { TienDo: textItem('TienDo', '40'), TrangThai: textItem('TrangThai', ['Moi', 'Cu']) };
    newAssignment(one.person(), 'giao-0001', 'NV-1', numbered);
    newAssignment(one.person(), 'giao-0002', 'NV-1', { TienDo: textItem('TienDo', '50') });
    newAssignment(one.person(), 'giao-0003', 'NV-1', {
      BaoCao: numberItem('BaoCao', 7),
      ChoPhepChuyen: null,
    });
    expect(await driftOf(one)).toEqual([
      ['NhiemVuDangVien', 'TienDo', 'type', 'number', 'text', 2],
      ['NhiemVuDangVien', 'TrangThai', 'several', 'one value', 'several values', 1],
    ]);
  });

  it('names items that are not mapped, where the way in can list them', async () => {
    const one = await opened({ way: 'direct' });
    newAssignment(one.person(), 'giao-0001', 'NV-1', { GhiChuMoi: 'Mới', $Rieng: 'x' });
    newAssignment(one.person(), 'giao-0002', 'NV-1', { BiMat: 'x', DoMat: 'Mat' });
    expect(await driftOf(one)).toEqual([['NhiemVuDangVien', 'GhiChuMoi', 'unmapped', '', 'not mapped', 1]]);
  });

  it.each(['proton', 'direct'] as const)('names forms that no mapping is for, by %s', async (way) => {
    const one = await opened({ way, renewMs: 3_600_000 });
    one.person().create({ Form: 'LopHoc', ChuDe: 'a' });
    one.person().create({ Form: 'LopHoc', ChuDe: 'b' });
    await one.sync();
    await one.store.transaction(null, (tx) => tx.patchLink('thu', { sweepDue: true }));
    one.domino.requests.clear();
    expect(await driftOf(one)).toEqual([['LopHoc', '', 'form', 'a mapping', 'none', 2]]);
  });

  it('begins anew with another version of the mapping', async () => {
    const one = await opened();
    const unid = newAssignment(one.person(), 'giao-0001', 'NV-1', { TienDo: textItem('TienDo', '40') });
    expect(await driftOf(one)).toHaveLength(1);
    const mappings = one.link.mappings.map((mapping) => ({ ...mapping, version: `9.${mapping.version}` }));
    const link = { ...one.link, mappings };
    one.person().edit(unid, { TienDo: 40 });
    await one.sync(undefined, { link });
    const { drift } = await mappingDrift({ ...one.bridge, links: [link] }).run({}, one.context);
    expect(drift).toEqual([]);
  });
});
