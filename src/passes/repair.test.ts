import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acceptPreview } from '../operations/accept-preview.ts';
import { repair } from '../operations/repair.ts';
import { newTask } from './testing/sample-notes.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';
import { recordOf, versions } from './testing/views.ts';

let bridge: TestBridge;
beforeEach(async () => {
  bridge = await openTestBridge({ forms: ['NhiemVu'] });
});
afterEach(() => bridge.close());

describe('what verify found', () => {
  it('[RP1] is repaired by the planner’s list, once a person accepts it, and not before', async () => {
    const [unid] = ['NV-1', 'NV-2', 'NV-3'].map((code) => newTask(bridge.person(), code));
    await bridge.sync();
    // Behind everybody's back: no version, no feed.
    await bridge.pools.outside.query(
      `update handbook.record set fields = fields || '{"title": "sửa tay"}' where key = 'NV-1'`,
    );
    expect((await bridge.verify()).differences).toMatchObject([{ unid, kind: 'value', field: 'title' }]);
    await bridge.sync();
    expect((await recordOf(bridge, unid ?? ''))?.fields['title']).toBe('sửa tay');
    const before = await versions(bridge);
    const { repairs } = await repair(bridge.bridge).run({}, bridge.context);
    expect(repairs).toMatchObject([
      { differences: 1, unbound: 0, entries: [{ unid, event: 'update-record' }] },
    ]);
    await bridge.sync();
    expect(await versions(bridge)).toEqual(before);
    await acceptPreview(bridge.bridge, repairs[0]?.preview ?? '', bridge.context);
    await bridge.sync();
    expect((await recordOf(bridge, unid ?? ''))?.fields['title']).toBe('Nhiệm vụ NV-1');
    expect(await bridge.verify()).toMatchObject({ differences: [] });
    const kept = await bridge.store.conflicts({ linkId: 'thu', limit: 9 });
    expect(kept.map((row) => [row.field, row.handbook])).toEqual([['title', 'sửa tay']]);
    expect((await repair(bridge.bridge).run({}, bridge.context)).repairs).toMatchObject([{ preview: null }]);
  });
});
