import { afterAll, beforeAll, expect, it } from 'vitest';
import { newTask } from './testing/sample-notes.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';

let bridge: TestBridge;
beforeAll(async () => {
  bridge = await openTestBridge({ forms: ['NhiemVu'], way: 'direct' });
});
afterAll(() => bridge.close());

it('[PL9] deletes the record on a deletion stub, where the way in shows one', async () => {
  const person = bridge.person();
  newTask(person, 'NV-con-lai');
  const unid = newTask(person, 'NV-da-xoa');
  await bridge.sync();
  const recordId = (await bridge.record('task', 'NV-da-xoa'))?.recordId ?? '';
  person.delete(unid);
  expect(await bridge.sync()).toMatchObject({ quiet: true, links: [{ deleted: 1 }] });
  expect((await bridge.handbook.read([recordId]))[0]).toMatchObject({ state: 'deleted', fields: {} });
  expect((await bridge.store.tombstonesByUnid(bridge.link.replicaSet, [unid]))[0]).toMatchObject({
    evidence: 'stub',
  });
  expect(await bridge.verify()).toMatchObject({ differences: [] });
});

it('[PL2] pulls by originator ID', async () => {
  const person = bridge.person();
  const unid = newTask(person, 'NV-token');
  await bridge.sync();
  person.edit(unid, { TieuDe: 'Sửa' });
  expect(await bridge.sync()).toMatchObject({ quiet: true, links: [{ pulled: 1 }] });
  expect((await bridge.record('task', 'NV-token'))?.fields['title']).toBe('Sửa');
});
