import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { richTextItem } from '../../connectors/domino/embedded/engine/item-builders.ts';
import { newAssignment, newTask } from './testing/sample-notes.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';
import { itemOf, quarantined, recordOf } from './testing/views.ts';

let bridge: TestBridge;
beforeAll(async () => {
  bridge = await openTestBridge({ forms: ['NhiemVu', 'NhiemVuDangVien'], way: 'rest' });
});
afterAll(() => bridge.close());

async function quiet(): Promise<void> {
  expect(await bridge.sync()).toMatchObject({ quiet: true });
}

describe('the engine through HCL’s REST API', () => {
  it('[PL5] [PL3] brings a task to the handbook and the member’s progress back, and touches nothing else', async () => {
    const person = bridge.person();
    newTask(person, 'NV-001');
    const unid = newAssignment(person, 'giao-0001', 'NV-001');
    const before = bridge.file
      .read(unid)
      ?.items.filter(({ name }) => name !== 'TienDo' && !name.startsWith('$'));
    await quiet();
    const record = await recordOf(bridge, unid);
    expect(record?.state).toBe('live');
    await bridge.mutate(record?.recordId ?? '', 'assignment', record?.version ?? 0, { progress: 40 });
    await quiet();
    expect(itemOf(bridge, unid, 'TienDo')).toBe(40);
    const after = bridge.file
      .read(unid)
      ?.items.filter(({ name }) => name !== 'TienDo' && !name.startsWith('$'));
    expect(after).toEqual(before);
    expect(await bridge.verify()).toMatchObject({ differences: [] });
  });

  it('[RT1] brings rich text as a safe page', async () => {
    const body =
      "<richtext><pardef id='1'/><par def='1'>Kính gửi <run><font style='bold'/>chi bộ</run></par></richtext>";
    newTask(bridge.person(), 'NV-rt', { MoTa: richTextItem('MoTa', Buffer.from(body), 'dxl') });
    await quiet();
    const record = await bridge.record('task', 'NV-rt');
    const blob = await bridge.handbook.readBlob(
      { recordId: record?.recordId ?? '', field: 'description' },
      '',
    );
    let page = '';
    for await (const chunk of blob?.content ?? []) page += Buffer.from(chunk).toString('utf8');
    expect(page).toContain('Kính gửi');
    expect(page).toContain('chi bộ');
    expect(page).not.toMatch(/<script|style=|onclick/u);
  });

  it('loses no save that comes between the read and the write: the server refuses, and both edits stay', async () => {
    const person = bridge.person();
    const unid = newAssignment(person, 'giao-0002', 'NV-001');
    await quiet();
    const record = await recordOf(bridge, unid);
    await bridge.mutate(record?.recordId ?? '', 'assignment', record?.version ?? 0, { progress: 55 });
    const { database } = bridge.link;
    expect(database.capabilities.conditionalWrite).toBe(true);
    let raced = 0;
    const racing = {
      ...bridge.link,
      database: new Proxy(database, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name, target);
          if (name !== 'replaceItems' || typeof value !== 'function')
            return typeof value === 'function' ? value.bind(target) : value;
          return async (...call: Parameters<typeof target.replaceItems>) => {
            if (call[0] === unid && raced++ === 0) person.edit(unid, { TrangThai: 'DangLam' });
            return target.replaceItems(...call);
          };
        },
      }),
    };
    await bridge.sync(undefined, { link: racing });
    expect(raced).toBeGreaterThan(0);
    await quiet();
    expect([itemOf(bridge, unid, 'TrangThai'), itemOf(bridge, unid, 'TienDo')]).toEqual(['DangLam', 55]);
    expect((await recordOf(bridge, unid))?.fields).toMatchObject({ status: 'DangLam', progress: 55 });
  });

  it('[QU1] sees a second value in a field that should have one', async () => {
    const unid = newAssignment(bridge.person(), 'giao-0003', 'NV-001', { MaChiBo: ['a', 'b'] });
    await quiet();
    expect(await quarantined(bridge)).toMatchObject([{ unid, code: 'several-values' }]);
    bridge.person().delete(unid);
    await quiet();
  });

  it('[GA1] asks for the gate’s items alone of a note that nobody released', async () => {
    const unid = newTask(bridge.person(), 'NV-020', { DoMat: 'Mat', TieuDe: 'chim hoàng yến' });
    await quiet();
    const asked = bridge.domino.requests.entries().filter(({ answered }) => answered.includes(unid));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.flatMap(({ itemNames }) => itemNames)).not.toContain('TieuDe');
    expect(await bridge.dump()).not.toContain('chim hoàng yến');
  });

  it('[IN2] finds out what became of a write whose answer was lost, and writes it once', async () => {
    const person = bridge.person();
    const unid = newAssignment(person, 'giao-0004', 'NV-001');
    await quiet();
    const record = await recordOf(bridge, unid);
    await bridge.mutate(record?.recordId ?? '', 'assignment', record?.version ?? 0, { progress: 70 });
    bridge.faults.add({ kind: 'lost-after', when: { method: 'patchDocument', times: 1 } });
    const sequence = bridge.file.read(unid)?.sequence ?? 0;
    await bridge.sync();
    bridge.advance(2_000);
    await bridge.sync();
    await quiet();
    expect(itemOf(bridge, unid, 'TienDo')).toBe(70);
    expect(bridge.file.read(unid)?.sequence).toBe(sequence + 1);
    expect(await bridge.verify()).toMatchObject({ differences: [] });
    expect(await bridge.journalIntact()).toBe(true);
  });
});
