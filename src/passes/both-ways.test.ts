import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirmDeleted } from '../operations/confirm-deleted.ts';
import { conflictResolve } from '../operations/conflict-resolve.ts';
import { newAssignment, newTask } from './testing/sample-notes.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';

const FORMS = ['VanBan', 'NhiemVu', 'NhiemVuDangVien', 'DeXuatThayDoi'];

let bridge: TestBridge;
beforeAll(async () => {
  bridge = await openTestBridge({ forms: FORMS });
});
afterAll(() => bridge.close());

/** What Notes itself says of a note's version: not our counters. */
function originator(unid: string): string {
  const note = bridge.file.readBare(unid);
  return `${note?.sequence} ${note?.sequenceTime}`;
}

function textOf(unid: string, name: string): unknown {
  const item = bridge.file.readBare(unid)?.items.find((candidate) => candidate.name === name);
  return item && 'values' in item.value ? item.value.values[0] : undefined;
}

async function quiet(): Promise<void> {
  const result = await bridge.sync();
  expect(result.quiet).toBe(true);
}

describe('a task goes to a member and the progress comes back', () => {
  it('[PL5] brings a task and its assignment to the handbook', async () => {
    const person = bridge.person();
    newTask(person, 'NV-001');
    newAssignment(person, 'giao-0001', 'NV-001');
    await quiet();
    expect((await bridge.record('task', 'NV-001'))?.fields).toMatchObject({
      title: 'Nhiệm vụ NV-001',
      dueAt: '2026-12-01T10:00:00.00Z',
    });
    expect((await bridge.record('assignment', 'giao-0001'))?.fields).toMatchObject({
      taskCode: 'NV-001',
      progress: 0,
      status: 'Moi',
    });
  });

  it('[PL3] writes the member’s progress to its Notes document and nowhere else', async () => {
    const person = bridge.person();
    const task = newTask(person, 'NV-002');
    const mine = newAssignment(person, 'giao-0002', 'NV-002');
    const other = newAssignment(person, 'giao-0003', 'NV-002');
    await quiet();
    const record = await bridge.record('assignment', 'giao-0002');
    const before = { task: originator(task), other: originator(other), due: textOf(mine, 'HanHoanThanh') };
    expect(
      await bridge.mutate(record?.recordId ?? '', 'assignment', record?.version ?? 0, {
        progress: 40,
        status: 'DangLam',
      }),
    ).toMatchObject({ kind: 'applied' });
    await quiet();
    expect(textOf(mine, 'TienDo')).toBe(40);
    expect(textOf(mine, 'TrangThai')).toBe('DangLam');
    expect({ task: originator(task), other: originator(other), due: textOf(mine, 'HanHoanThanh') }).toEqual(
      before,
    );
  });

  it('[PL4] merges edits of different fields', async () => {
    const person = bridge.person();
    newTask(person, 'NV-004');
    const unid = newAssignment(person, 'giao-0004', 'NV-004');
    await quiet();
    const record = await bridge.record('assignment', 'giao-0004');
    person.edit(unid, { MaChiBo: '01.001.001.000.001' });
    await bridge.mutate(record?.recordId ?? '', 'assignment', record?.version ?? 0, { progress: 70 });
    const result = await bridge.sync();
    expect(result.links[0]).toMatchObject({ conflicts: 0 });
    expect(textOf(unid, 'TienDo')).toBe(70);
    expect((await bridge.record('assignment', 'giao-0004'))?.fields).toMatchObject({
      progress: 70,
      organisationCode: '01.001.001.000.001',
    });
  });

  it('[ME5] makes a conflict row of the same field, keeps both values, and carries out the choice of a person', async () => {
    const person = bridge.person();
    newTask(person, 'NV-005');
    const unid = newAssignment(person, 'giao-0005', 'NV-005');
    await quiet();
    const record = await bridge.record('assignment', 'giao-0005');
    person.edit(unid, { TienDo: 10 });
    await bridge.mutate(record?.recordId ?? '', 'assignment', record?.version ?? 0, {
      progress: 90,
      status: 'DangLam',
    });
    await quiet();
    const [row, ...others] = (
      await bridge.store.conflicts({ linkId: 'thu', state: 'open', limit: 10 })
    ).filter((conflict) => conflict.recordId === record?.recordId);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ field: 'progress', base: 0, notes: 10, handbook: 90, winner: null });
    // Only that field is frozen.
    expect(textOf(unid, 'TrangThai')).toBe('DangLam');
    expect(textOf(unid, 'TienDo')).toBe(10);

    await conflictResolve(bridge.bridge).run({ id: row?.id ?? '', choose: 'handbook' }, bridge.context);
    await quiet();
    expect(textOf(unid, 'TienDo')).toBe(90);
    expect(await bridge.store.conflict(row?.id ?? '')).toMatchObject({
      state: 'resolved',
      choice: 'handbook',
      closedBy: 'tester',
      notes: 10,
      handbook: 90,
    });
    expect((await bridge.verify()).differences).toEqual([]);
  });
});

describe('what goes away', () => {
  it('[PL7] [TO1] hides the record of a note that cannot be found, and deletes it on an operator’s word', async () => {
    const person = bridge.person();
    newTask(person, 'NV-010');
    const unid = newAssignment(person, 'giao-0010', 'NV-010');
    await quiet();
    person.delete(unid);
    await quiet();
    const [hidden] = await bridge.handbook.read([
      (await bridge.store.pairsByUnid(bridge.link.replicaSet, [unid]))[0]?.recordId ?? '',
    ]);
    expect(hidden?.state).toBe('hidden');
    await confirmDeleted(bridge.bridge).run(
      { link: 'thu', unids: [unid], reason: 'người phụ trách xác nhận' },
      bridge.context,
    );
    await quiet();
    const [gone] = await bridge.handbook.read([hidden?.recordId ?? '']);
    expect(gone).toMatchObject({ state: 'deleted', fields: {} });
    expect((await bridge.store.tombstonesByUnid(bridge.link.replicaSet, [unid]))[0]).toMatchObject({
      evidence: 'operator',
    });
  });

  it('[PL7] shows the record again when the note returns', async () => {
    const person = bridge.person();
    newTask(person, 'NV-011');
    const unid = newAssignment(person, 'giao-0011', 'NV-011');
    await quiet();
    person.setReaders(unid, ['CN=Somebody Else/O=Mau', person.identity.name]);
    await quiet();
    const pair = (await bridge.store.pairsByUnid(bridge.link.replicaSet, [unid]))[0];
    expect((await bridge.handbook.read([pair?.recordId ?? '']))[0]?.state).toBe('hidden');
    person.setReaders(unid, []);
    await quiet();
    expect((await bridge.handbook.read([pair?.recordId ?? '']))[0]?.state).toBe('live');
  });

  it('[GA5] withdraws a record whose note lost its release: a canary word is nowhere any more', async () => {
    const person = bridge.person();
    const canary = 'chimhoangyen7391';
    newTask(person, 'NV-012');
    const unid = newAssignment(person, 'giao-0012', 'NV-012', { BaoCao: `Báo cáo ${canary}` });
    await quiet();
    expect(await bridge.dump()).toContain(canary);
    person.edit(unid, { DoMat: 'Mat' });
    await quiet();
    expect(await bridge.record('assignment', 'giao-0012')).toBeNull();
    expect(await bridge.dump()).not.toContain(canary);
    expect(bridge.logged.join('\n')).not.toContain(canary);
  });

  it('[GA5] keeps what the member had changed sealed, and brings it to Notes after a new release', async () => {
    const person = bridge.person();
    newTask(person, 'NV-013');
    const unid = newAssignment(person, 'giao-0013', 'NV-013');
    await quiet();
    const record = await bridge.record('assignment', 'giao-0013');
    await bridge.mutate(record?.recordId ?? '', 'assignment', record?.version ?? 0, { progress: 55 });
    person.edit(unid, { ChoPhepChuyen: null });
    await quiet();
    expect(await bridge.record('assignment', 'giao-0013')).toBeNull();
    expect(textOf(unid, 'TienDo')).toBe(0);
    expect(
      await bridge.mutate(record?.recordId ?? '', 'assignment', record?.version ?? 0, { status: 'DangLam' }),
    ).toEqual({ kind: 'held' });
    person.edit(unid, { ChoPhepChuyen: '1' });
    await quiet();
    expect(textOf(unid, 'TienDo')).toBe(55);
    expect(textOf(unid, 'TrangThai')).toBe('DangLam');
    expect((await bridge.record('assignment', 'giao-0013'))?.fields).toMatchObject({
      progress: 55,
      status: 'DangLam',
    });
  });

  it('[GA4] withdraws the assignments of a task that lost its release, and brings them back with it', async () => {
    const person = bridge.person();
    const task = newTask(person, 'NV-014');
    newAssignment(person, 'giao-0014', 'NV-014');
    await quiet();
    person.edit(task, { DoMat: 'Mat' });
    await quiet();
    expect(await bridge.record('assignment', 'giao-0014')).toBeNull();
    person.edit(task, { DoMat: 'Thuong' });
    await quiet();
    expect((await bridge.record('assignment', 'giao-0014'))?.state).toBe('live');
  });
});

describe('what never happens', () => {
  it('[GA1] never asks for content of a note that nobody released', async () => {
    const person = bridge.person();
    const unids = [
      newTask(person, 'NV-020', { DoMat: 'Mat' }),
      newTask(person, 'NV-021', { ChoPhepChuyen: null }),
      newTask(person, 'NV-022', { DoMat: 'thuong' }),
    ];
    await quiet();
    const asked = bridge.domino.requests
      .entries()
      .filter(
        (request) =>
          request.unids.some((unid) => unids.includes(unid)) ||
          (request.query !== null && request.answered.some((unid) => unids.includes(unid))),
      );
    expect(asked.length).toBeGreaterThan(0);
    const names = new Set(asked.flatMap((request) => request.itemNames));
    expect(names).not.toContain('TieuDe');
    expect(asked.some((request) => request.attachments)).toBe(false);
    expect(await bridge.record('task', 'NV-020')).toBeNull();
    expect(await bridge.record('task', 'NV-021')).toBeNull();
    expect(await bridge.record('task', 'NV-022')).toBeNull();
  });

  it('[I2] writes nothing in an idle round', async () => {
    await quiet();
    const versions = async () =>
      (await bridge.handbook.list(['task', 'assignment'], null, 500))
        .map((record) => `${record.recordId} ${record.version}`)
        .sort();
    const notes = () =>
      [...bridge.file.notes()]
        .map((note) => `${note.unid} ${note.sequence} ${note.sequenceTime} ${note.modifiedInFile}`)
        .sort();
    const before = { versions: await versions(), notes: notes() };
    expect(before.versions.length).toBeGreaterThan(5);
    await quiet();
    await quiet();
    expect({ versions: await versions(), notes: notes() }).toEqual(before);
  });

  it('keeps the journal’s chain whole and both sides equal', async () => {
    expect(await bridge.journalIntact()).toBe(true);
    expect((await bridge.verify()).differences).toEqual([]);
  });
});
