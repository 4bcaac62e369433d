import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FieldMapping } from '../sync/mapping.ts';
import type { Link } from './pass-deps.ts';
import { newAssignment, newTask } from './testing/sample-notes.ts';
import { tamper } from './testing/tamper.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';
import { itemOf, quarantined, recordOf } from './testing/views.ts';

let bridge: TestBridge;
let unid = '';
beforeEach(async () => {
  const ours = (one: FieldMapping): FieldMapping =>
    one.field === 'report' ? { ...one, conflict: 'handbook-wins' } : one;
  bridge = await openTestBridge({
    forms: ['NhiemVu', 'NhiemVuDangVien'],
    entityMappings: (mapping) => ({ ...mapping, fields: mapping.fields.map(ours) }),
  });
  newTask(bridge.person(), 'NV-1');
  unid = newAssignment(bridge.person(), 'ban-ghi-0001', 'NV-1');
  await bridge.sync();
  const record = await recordOf(bridge, unid);
  await bridge.mutate(record?.recordId ?? '', 'assignment', record?.version ?? 0, { report: 'đã xong' });
});
afterEach(() => bridge.close());

/** A database whose form changes the item whenever it is saved, so many times. */
function changing(times: number): { readonly link: Link; readonly writes: () => number } {
  let writes = 0;
  const database = tamper(bridge.link.database, {
    replaceItems: (real, id, items, expected, options) => {
      writes += 1;
      const changed =
        writes > times ? items : { ...items, BaoCao: { type: 'text' as const, values: ['ĐÃ XONG'] } };
      return real(id, changed, expected, options);
    },
  });
  return { link: { ...bridge.link, database }, writes: () => writes };
}

describe('a value that the database changes', () => {
  it('[BA4] for ever sets its document aside after the second time, and both values stay where they are', async () => {
    const { link, writes } = changing(Number.POSITIVE_INFINITY);
    await bridge.sync(undefined, { link });
    expect(writes()).toBe(2);
    expect(await quarantined(bridge)).toMatchObject([{ unid, code: 'unstable-field' }]);
    expect((await quarantined(bridge))[0]?.detail).toContain('BaoCao');
    expect((await recordOf(bridge, unid))?.fields['report']).toBe('đã xong');
    await bridge.sync(undefined, { link });
    expect(writes()).toBe(2);
  });

  it('[BA4] once is written once more, and nothing is set aside', async () => {
    const { link, writes } = changing(1);
    await bridge.sync(undefined, { link });
    expect(writes()).toBe(2);
    expect(await quarantined(bridge)).toEqual([]);
    expect(itemOf(bridge, unid, 'BaoCao')).toBe('đã xong');
  });
});
