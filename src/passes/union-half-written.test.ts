import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DominoError } from '../../connectors/domino/port.ts';
import type { FieldMapping } from '../sync/mapping.ts';
import { newAssignment, newTask } from './testing/sample-notes.ts';
import { tamper } from './testing/tamper.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';
import { itemOf, recordOf } from './testing/views.ts';

let bridge: TestBridge;
let unid = '';
beforeEach(async () => {
  const asSet = (one: FieldMapping): FieldMapping =>
    one.field === 'report'
      ? { ...one, type: 'set', direction: 'both', writer: 'both', conflict: 'union' }
      : one;
  bridge = await openTestBridge({
    forms: ['NhiemVu', 'NhiemVuDangVien'],
    entityMappings: (mapping) => ({ ...mapping, fields: mapping.fields.map(asSet) }),
    limits: { writeDeadlineMs: 200 },
  });
  newTask(bridge.person(), 'NV-1');
  unid = newAssignment(bridge.person(), 'ban-ghi-0001', 'NV-1');
  await bridge.sync();
});
afterEach(() => bridge.close());

async function memberWrites(report: readonly string[]): Promise<void> {
  const record = await recordOf(bridge, unid);
  const sent = await bridge.mutate(record?.recordId ?? '', 'assignment', record?.version ?? 0, { report });
  expect(sent).toMatchObject({ kind: 'applied' });
}

describe('a union that reached the record and not the note', () => {
  it('[ME6] is half known: what a member then takes out of it is gone on both sides, what both added stays', async () => {
    bridge.person().edit(unid, { BaoCao: ['của chi ủy'] });
    await memberWrites(['của đảng viên']);
    const database = tamper(bridge.link.database, {
      replaceItems: () => Promise.reject(new DominoError('busy', 'the server is busy')),
    });
    await bridge.sync(undefined, { link: { ...bridge.link, database } }).catch(() => undefined);
    expect((await recordOf(bridge, unid))?.fields['report']).toEqual(['của chi ủy', 'của đảng viên']);
    expect(itemOf(bridge, unid, 'BaoCao')).toBe('của chi ủy');

    await memberWrites(['của đảng viên']);
    await bridge.sync();
    expect((await recordOf(bridge, unid))?.fields['report']).toEqual(['của đảng viên']);
    expect(itemOf(bridge, unid, 'BaoCao')).toBe('của đảng viên');
  });
});
