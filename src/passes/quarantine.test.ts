import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { numberItem, textItem } from '../../connectors/domino/embedded/engine/item-builders.ts';
import { EngineError } from '../../connectors/domino/embedded/engine/engine-error.ts';
import { quarantineRetry } from '../operations/quarantine.ts';
import type { NoteReading } from '../sync/note.ts';
import { newAssignment, newTask } from './testing/sample-notes.ts';
import { tamper } from './testing/tamper.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';
import { itemOf, pairOf, quarantined, recordOf } from './testing/views.ts';

let bridge: TestBridge;
beforeAll(async () => {
  bridge = await openTestBridge({ forms: ['NhiemVu', 'NhiemVuDangVien'] });
});
afterAll(() => bridge.close());

let serial = 0;
let code = '';
beforeEach(() => {
  serial += 1;
  code = `ban-ghi-${String(serial).padStart(4, '0')}`;
});

async function quiet(): Promise<void> {
  expect(await bridge.sync()).toMatchObject({ quiet: true });
}

async function reasons(): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries((await quarantined(bridge)).map((row) => [row.unid, row.code]));
}

async function nobodyAside(): Promise<void> {
  expect(await quarantined(bridge)).toEqual([]);
  expect(await bridge.verify()).toMatchObject({ differences: [], explained: {} });
}

describe('a note that cannot be processed', () => {
  it('[QU1] [QU2] is set aside with a code that holds no value, and nothing waits for it', async () => {
    const bad = newTask(bridge.person(), code, { TieuDe: '' });
    const good = newTask(bridge.person(), `${code}-b`);
    await quiet();
    const [row, ...others] = await quarantined(bridge);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ unid: bad, code: 'required', detail: 'TieuDe: required', entity: 'task' });
    expect((await recordOf(bridge, good))?.state).toBe('live');
    expect(await recordOf(bridge, bad)).toBeNull();
    expect((await bridge.verify()).differences).toEqual([]);
    expect((await bridge.verify()).explained).toEqual({ quarantine: 1 });

    bridge.person().edit(bad, { TieuDe: 'Đủ rồi' });
    await quiet();
    expect((await recordOf(bridge, bad))?.fields['title']).toBe('Đủ rồi');
    await nobodyAside();
  });

  it('[QU1] names every kind of fault, for each note its own', async () => {
    const person = bridge.person();
    newTask(person, code);
    const faults = {
      number: newAssignment(person, `${code}-1`, code, { MaDangVien: numberItem('MaDangVien', 12) }),
      range: newAssignment(person, `${code}-2`, code, { TienDo: 101 }),
      choice: newAssignment(person, `${code}-3`, code, { TrangThai: 'Xong' }),
      several: newAssignment(person, `${code}-4`, code, { MaChiBo: ['a', 'b'] }),
      pattern: newAssignment(person, 'x', code),
    };
    await quiet();
    expect(await reasons()).toEqual({
      [faults.number]: 'number-for-identifier',
      [faults.range]: 'out-of-range',
      [faults.choice]: 'not-in-list',
      [faults.several]: 'several-values',
      [faults.pattern]: 'pattern',
    });
    for (const unid of Object.values(faults)) bridge.person().delete(unid);
    await quiet();
    expect(await reasons()).toEqual({});
  });

  it('[QU1] keeps the record as it was while its note is at fault, and the member’s edits too', async () => {
    const person = bridge.person();
    newTask(person, code);
    const unid = newAssignment(person, `${code}-1`, code);
    await quiet();
    person.edit(unid, { TrangThai: 'Xong', MaChiBo: '01.001.001.000.001' });
    await quiet();
    const record = await recordOf(bridge, unid);
    expect(record).toMatchObject({ state: 'live', fields: { status: 'Moi', organisationCode: null } });
    await bridge.mutate(record?.recordId ?? '', 'assignment', record?.version ?? 0, { progress: 20 });
    await quiet();
    expect(itemOf(bridge, unid, 'TienDo')).toBe(0);
    expect((await bridge.verify()).differences).toEqual([]);
    person.edit(unid, { TrangThai: 'DangLam' });
    await quiet();
    expect(itemOf(bridge, unid, 'TienDo')).toBe(20);
    expect((await recordOf(bridge, unid))?.fields).toMatchObject({
      status: 'DangLam',
      organisationCode: '01.001.001.000.001',
      progress: 20,
    });
    await nobodyAside();
  });

  it('[QU1] is tried again on command', async () => {
    const unid = newTask(bridge.person(), code, { TieuDe: '' });
    await quiet();
    const [row] = await quarantined(bridge);
    await quarantineRetry(bridge.bridge).run({ id: row?.id ?? '' }, bridge.context);
    expect(await quarantined(bridge)).toEqual([]);
    await quiet();
    expect(await reasons()).toEqual({ [unid]: 'required' });
    bridge.person().edit(unid, { TieuDe: 'Đủ rồi' });
    await quiet();
    await nobodyAside();
  });

  it('[QU1] leaves the quarantine with its release, also when it never crossed', async () => {
    const never = newTask(bridge.person(), code, { TieuDe: '' });
    const crossed = newTask(bridge.person(), `${code}-b`);
    await quiet();
    bridge.person().edit(crossed, { TieuDe: '' });
    await quiet();
    expect(Object.keys(await reasons()).sort()).toEqual([never, crossed].sort());
    for (const unid of [never, crossed]) bridge.person().edit(unid, { DoMat: 'Mat' });
    await quiet();
    expect(await pairOf(bridge, never)).toMatchObject({ status: 'withheld', blocked: null });
    expect(await pairOf(bridge, crossed)).toMatchObject({ status: 'withdrawn', blocked: null });
    await nobodyAside();
  });
});

describe('a note that the server fails to give', () => {
  it('[QU1] [QU3] is set aside alone, and taken up by a sweep when it can be read again', async () => {
    const broken = newTask(bridge.person(), code);
    await quiet();
    bridge.person().edit(broken, { TieuDe: 'Sửa' });
    const fine = newTask(bridge.person(), `${code}-b`);
    const failing = (readings: readonly NoteReading[]): readonly NoteReading[] =>
      readings.map((reading) =>
        reading.unid === broken
          ? { kind: 'failed', unid: broken, code: 'server-error', message: 'cannot read' }
          : reading,
      );
    const database = tamper(bridge.link.database, {
      readNotes: async (real, ...given) => failing(await real(...given)),
      readSlice: async (real, ...given) => {
        const reading = await real(...given);
        return { ...reading, notes: failing(reading.notes) };
      },
    });
    expect(await bridge.sync(undefined, { link: { ...bridge.link, database } })).toMatchObject({
      quiet: true,
    });
    expect(await reasons()).toEqual({ [broken]: 'read-server-error' });
    expect((await recordOf(bridge, fine))?.state).toBe('live');
    expect((await recordOf(bridge, broken))?.fields['title']).toBe(`Nhiệm vụ ${code}`);
    await quiet();
    expect((await recordOf(bridge, broken))?.fields['title']).toBe('Sửa');
    await nobodyAside();
  });
});

describe('a business key', () => {
  it('[KE1] belongs to the first note; the second is set aside until the key is free', async () => {
    const first = newTask(bridge.person(), code);
    await quiet();
    const second = newTask(bridge.person(), code, { TieuDe: 'Thứ hai' });
    await quiet();
    expect(await reasons()).toEqual({ [second]: 'duplicate-key' });
    expect((await bridge.record('task', code))?.fields['title']).toBe(`Nhiệm vụ ${code}`);
    expect(await bridge.verify()).toMatchObject({ differences: [], explained: { quarantine: 1 } });
    bridge.person().edit(second, { MaNhiemVu: `${code}-b` });
    await quiet();
    expect((await bridge.record('task', `${code}-b`))?.fields['title']).toBe('Thứ hai');
    expect((await recordOf(bridge, first))?.key).toBe(code);
    await nobodyAside();
  });

  it('[KE1] that two new notes of one batch claim goes to one of them', async () => {
    const unids = [newTask(bridge.person(), code), newTask(bridge.person(), code)];
    await quiet();
    const aside = Object.keys(await reasons());
    expect(aside).toHaveLength(1);
    expect(unids).toContain(aside[0]);
    expect((await bridge.record('task', code))?.state).toBe('live');
    bridge.person().edit(aside[0] ?? '', { MaNhiemVu: `${code}-b` });
    await quiet();
    await nobodyAside();
  });

  it('[KE1] may be taken over in the same round in which its owner gives it up', async () => {
    const owner = newTask(bridge.person(), code);
    const taker = newTask(bridge.person(), `${code}-b`);
    await quiet();
    bridge.person().edit(taker, { MaNhiemVu: code });
    bridge.person().edit(owner, { MaNhiemVu: `${code}-c` });
    await quiet();
    await quiet();
    const aside = await quarantined(bridge);
    for (const row of aside) await quarantineRetry(bridge.bridge).run({ id: row.id }, bridge.context);
    await quiet();
    expect((await recordOf(bridge, taker))?.key).toBe(code);
    expect((await recordOf(bridge, owner))?.key).toBe(`${code}-c`);
    await nobodyAside();
  });
});

describe('a write that Notes refuses', () => {
  it('[QU3] [QU1] sets its own pair aside, keeps the record, and goes through once there is room', async () => {
    const person = bridge.person();
    newTask(person, code);
    const full = newAssignment(person, `${code}-1`, code, { TienDo: null, A: LONG, B: LONG });
    const fine = newAssignment(person, `${code}-2`, code);
    fill(full, 'C');
    await quiet();
    for (const unid of [full, fine]) {
      const record = await recordOf(bridge, unid);
      await bridge.mutate(record?.recordId ?? '', 'assignment', record?.version ?? 0, { progress: 40 });
    }
    await quiet();
    expect(await reasons()).toEqual({ [full]: 'rejected-by-server' });
    expect(itemOf(bridge, fine, 'TienDo')).toBe(40);
    expect(itemOf(bridge, full, 'TienDo')).toBeUndefined();
    expect((await recordOf(bridge, full))?.fields['progress']).toBe(40);
    expect((await bridge.store.counts('thu')).openIntents).toBe(0);
    expect(await bridge.verify()).toMatchObject({ differences: [], explained: { quarantine: 1 } });

    // The push alone waits: what people write in Notes goes on crossing.
    person.edit(full, { C: null, MaDangVien: 'dang-vien-0002' });
    fill(full, 'C');
    await quiet();
    expect((await recordOf(bridge, full))?.fields['memberCode']).toBe('dang-vien-0002');
    expect(await reasons()).toEqual({ [full]: 'rejected-by-server' });
    expect(itemOf(bridge, full, 'TienDo')).toBeUndefined();

    person.edit(full, { C: null, MaChiBo: '01.001.001.000.001' });
    await quiet();
    expect(itemOf(bridge, full, 'TienDo')).toBe(40);
    expect((await recordOf(bridge, full))?.fields['organisationCode']).toBe('01.001.001.000.001');
    await nobodyAside();
  });
});

const LONG = 'x'.repeat(30_000);

/** As much more summary data as the note can take. */
function fill(unid: string, name: string): void {
  for (let size = 6_000; size > 0; size--) {
    try {
      bridge.file.save(unid, (items) => [...items, textItem(name, 'x'.repeat(size))]);
      return;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
    }
  }
}
