import { afterAll, beforeAll, expect, it } from 'vitest';
import { newAssignment, newTask } from './testing/sample-notes.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';

let bridge: TestBridge;
beforeAll(async () => {
  bridge = await openTestBridge({ forms: ['NhiemVu', 'NhiemVuDangVien'] });
});
afterAll(() => bridge.close());

it('reports exactly the planted differences, on either side, and none when they are undone', async () => {
  const person = bridge.person();
  const tasks = Array.from({ length: 5 }, (_, index) => newTask(person, `NV-${index}`));
  const assignment = newAssignment(person, 'giao-0001', 'NV-0');
  await bridge.sync();
  expect(await bridge.verify()).toMatchObject({ compared: 6, differences: [] });

  // Value: one in Notes, one in the handbook.
  person.edit(tasks[0] ?? '', { TieuDe: 'Sửa trong Notes' });
  const first = await bridge.record('task', 'NV-1');
  await bridge.pools.outside.query(
    `UPDATE handbook.record SET fields = jsonb_set(fields, '{title}', '"Sửa trong sổ tay"') WHERE key = 'NV-1'`,
  );
  // Missing: a note that nobody brought over, a record that somebody hid.
  const added = newTask(person, 'NV-9');
  await bridge.pools.outside.query(`UPDATE handbook.record SET state = 'hidden' WHERE key = 'NV-2'`);
  // Extra: a record without a note, a note that went.
  await bridge.handbook.apply([
    {
      opId: 'extra',
      recordId: '7b0342bc-c213-4c38-a991-a7f6f3d52f28',
      entity: 'task',
      expectedVersion: 0,
      kind: 'put',
      key: 'NV-extra',
      set: { taskCode: 'NV-extra' },
    },
  ]);
  person.delete(assignment);
  // Bytes: what the record claims is not what the handbook holds.
  const bytes = await bridge.record('task', 'NV-3');
  await bridge.pools.outside.query(
    `UPDATE handbook.record SET fields = jsonb_set(fields, '{description,sha256}', to_jsonb(repeat('0', 64))) WHERE key = 'NV-3'`,
  );

  const { differences } = await bridge.verify();
  expect(
    differences
      .map(
        ({ kind, field, unid, recordId }) => `${kind} ${field ?? ''} ${kind === 'extra' ? recordId : unid}`,
      )
      .sort(),
  ).toEqual(
    [
      `value title ${tasks[0]}`,
      `value title ${tasks[1]}`,
      `missing  ${added}`,
      `missing  ${tasks[2]}`,
      'extra  7b0342bc-c213-4c38-a991-a7f6f3d52f28',
      `extra  ${(await bridge.store.pairsByUnid(bridge.link.replicaSet, [assignment]))[0]?.recordId}`,
      `value description ${tasks[3]}`,
    ].sort(),
  );

  await bridge.pools.outside.query(`UPDATE handbook.record SET state = 'live' WHERE key = 'NV-2'`);
  await bridge.pools.outside.query(
    `UPDATE handbook.record SET fields = jsonb_set(fields, '{title}', $1::jsonb) WHERE key = 'NV-1'`,
    [JSON.stringify(first?.fields['title'])],
  );
  await bridge.pools.outside.query(
    `UPDATE handbook.record SET fields = jsonb_set(fields, '{description}', $1::jsonb) WHERE key = 'NV-3'`,
    [JSON.stringify(bytes?.fields['description'])],
  );
  await bridge.pools.outside.query(
    `DELETE FROM handbook.feed WHERE record_id = '7b0342bc-c213-4c38-a991-a7f6f3d52f28'`,
  );
  await bridge.pools.outside.query(
    `DELETE FROM handbook.applied_op WHERE record_id = '7b0342bc-c213-4c38-a991-a7f6f3d52f28'`,
  );
  await bridge.pools.outside.query(
    `DELETE FROM handbook.record WHERE record_id = '7b0342bc-c213-4c38-a991-a7f6f3d52f28'`,
  );
  await bridge.sync();
  expect(await bridge.verify()).toMatchObject({ compared: 6, differences: [], explained: { hidden: 1 } });
});

it('[GA4] expects nothing of children whose parent was set aside before it ever crossed', async () => {
  const person = bridge.person();
  newTask(person, 'NV-hong', { HanHoanThanh: 45_000 });
  newAssignment(person, 'giao-hong', 'NV-hong');
  await bridge.sync();
  expect((await bridge.verify()).differences).toEqual([]);
});
