import { afterEach, describe, expect, it } from 'vitest';
import { namesItem } from '../../connectors/domino/embedded/engine/item-builders.ts';
import type { FieldMapping } from '../sync/mapping.ts';
import { newTask } from './testing/sample-notes.ts';
import { openTestBridge, type TestBridge, type TestBridgeOptions } from './testing/test-bridge.ts';
import { itemOf, pairOf, quarantined, recordOf, stateCounts } from './testing/views.ts';

const opened: TestBridge[] = [];
afterEach(async () => {
  for (const bridge of opened.splice(0)) await bridge.close();
});
async function open(options: Partial<TestBridgeOptions> = {}): Promise<TestBridge> {
  const bridge = await openTestBridge({ forms: ['NhiemVu'], ...options });
  opened.push(bridge);
  return bridge;
}

describe('a released note', () => {
  it.each(['proton', 'direct'] as const)(
    '[GA7] that loses its form is withdrawn and erased, and crosses again with it (%s)',
    async (way) => {
      const bridge = await open({ way });
      const unid = newTask(bridge.person(), 'NV-1', { TieuDe: 'chimhoamihot' });
      newTask(bridge.person(), 'NV-2');
      await bridge.sync();
      bridge.person().edit(unid, { Form: null });
      await bridge.sync();
      expect(await recordOf(bridge, unid)).toMatchObject({ state: 'withdrawn', fields: {} });
      expect(await pairOf(bridge, unid)).toMatchObject({
        status: 'withdrawn',
        base: {},
        reason: 'form-missing',
      });
      expect(await bridge.dump()).not.toContain('chimhoamihot');
      await bridge.sync();
      expect((await bridge.store.counts('thu')).runnable).toBe(0);
      bridge.person().edit(unid, { Form: 'NhiemVu' });
      await bridge.sync();
      expect((await recordOf(bridge, unid))?.fields['title']).toBe('chimhoamihot');
    },
  );

  it('[GA8] many that lose their mark at once raise one alarm and are withdrawn all the same', async () => {
    const bridge = await open({ limits: { deletes: { floor: 3, share: 0.02 } } });
    const unids = ['1', '2', '3', '4', '5', '6'].map((code) => newTask(bridge.person(), `NV-${code}`));
    await bridge.sync();
    for (const unid of unids.slice(0, 3)) bridge.person().edit(unid, { ChoPhepChuyen: '' });
    await bridge.sync();
    const alarms = async () =>
      (await bridge.store.journal('thu', 0, 1000))
        .filter((row) => row.rule === 'GA8')
        .map((row) => row.event);
    expect(await alarms()).toEqual([]);
    for (const unid of unids) bridge.person().edit(unid, { ChoPhepChuyen: '1' });
    await bridge.sync();
    for (const unid of unids) bridge.person().edit(unid, { ChoPhepChuyen: '' });
    await bridge.sync();
    expect(await alarms()).toEqual(['alarm']);
    expect(bridge.logged.filter((line) => line.includes('alarm:'))).toHaveLength(1);
    expect(await stateCounts(bridge, 'task')).toEqual({});
    for (const unid of unids) expect(await recordOf(bridge, unid)).toMatchObject({ state: 'withdrawn' });
  });

  it('[AP3] is set aside when a field that would be written is its Readers item; nobody is let in or out', async () => {
    const writable = (one: FieldMapping): FieldMapping =>
      one.field === 'assignedBy' ? { ...one, direction: 'both', writer: 'both' } : one;
    const bridge = await open({
      entityMappings: (mapping) => ({ ...mapping, acceptRace: true, fields: mapping.fields.map(writable) }),
    });
    const unid = newTask(bridge.person(), 'NV-1', {
      NguoiGiao: namesItem('NguoiGiao', ['CN=Cau noi So tay/O=Mau', 'CN=Tran Thi Giao/O=Mau'], 'readers'),
    });
    await bridge.sync();
    expect(await quarantined(bridge)).toMatchObject([{ unid, code: 'access-item' }]);
    expect(await recordOf(bridge, unid)).toBeNull();
    expect(itemOf(bridge, unid, 'NguoiGiao')).toBe('CN=Cau noi So tay/O=Mau');
  });
});
