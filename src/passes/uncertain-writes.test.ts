import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DominoError, type NotesDatabase } from '../../connectors/domino/port.ts';
import type { Fields } from '../sync/values.ts';
import { newAssignment, newTask } from './testing/sample-notes.ts';
import { tamper, type Tampering } from './testing/tamper.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';
import { itemOf, notesWith, pairOf, quarantined, recordOf } from './testing/views.ts';

const TASK = 'NV-1';

let bridge: TestBridge;
beforeAll(async () => {
  bridge = await openTestBridge({ forms: ['NhiemVu', 'NhiemVuDangVien', 'DeXuatThayDoi'] });
  newTask(bridge.person(), TASK);
  await bridge.sync();
});
afterAll(() => bridge.close());

let serial = 0;

/** An assignment that both sides hold. */
async function agreed(): Promise<string> {
  serial += 1;
  const unid = newAssignment(bridge.person(), `giao-${String(serial).padStart(4, '0')}`, TASK);
  expect(await bridge.sync()).toMatchObject({ quiet: true });
  return unid;
}

async function memberEdits(unid: string, fields: Fields): Promise<void> {
  const record = await recordOf(bridge, unid);
  const sent = await bridge.mutate(record?.recordId ?? '', 'assignment', record?.version ?? 0, fields);
  expect(sent).toMatchObject({ kind: 'applied' });
}

/** A member asks for a change; returns the request's code. */
async function memberAsks(): Promise<string> {
  serial += 1;
  const code = `de-xuat-${String(serial).padStart(4, '0')}`;
  await bridge.members.mutate({
    clientId: 'phone',
    mutationId: randomUUID(),
    accountId: 'tester',
    kind: 'create',
    entity: 'changeRequest',
    recordId: randomUUID(),
    baseVersion: 0,
    fields: {
      recordCode: code,
      memberCode: 'dang-vien-0001',
      fieldName: 'DienThoai',
      newValue: '0912345678',
    },
  });
  return code;
}

async function syncWith(tampering: Tampering<NotesDatabase>): Promise<void> {
  const database = tamper(bridge.link.database, tampering);
  expect(await bridge.sync(undefined, { link: { ...bridge.link, database } })).toMatchObject({ quiet: true });
}

describe('a write to Notes', () => {
  it('[AP2] sends the items that changed and no other', async () => {
    const unid = await agreed();
    await memberEdits(unid, { progress: 40 });
    const sent: unknown[] = [];
    await syncWith({
      replaceItems: (real, ...given) => {
        sent.push([given[0], Object.keys(given[1])]);
        return real(...given);
      },
    });
    expect(sent).toEqual([[unid, ['TienDo']]]);
  });

  it('[BA2] after which somebody else saved another field is looked at again: both edits stand, without a conflict', async () => {
    const unid = await agreed();
    await memberEdits(unid, { progress: 50 });
    let edits = 0;
    await syncWith({
      replaceItems: async (real, ...given) => {
        const outcome = await real(...given);
        edits += 1;
        if (edits === 1) bridge.person().edit(unid, { MaChiBo: '01.001' });
        return outcome;
      },
    });
    expect(edits).toBe(1);
    expect((await recordOf(bridge, unid))?.fields).toMatchObject({
      progress: 50,
      organisationCode: '01.001',
    });
    expect(itemOf(bridge, unid, 'TienDo')).toBe(50);
    expect((await pairOf(bridge, unid)).base).toMatchObject({ progress: 50, organisationCode: '01.001' });
    expect(await bridge.store.openConflicts([(await pairOf(bridge, unid)).id])).toEqual([]);
  });

  it('[BA2] that somebody wrote over before it was read back is not taken for known', async () => {
    const unid = await agreed();
    await memberEdits(unid, { progress: 60 });
    await syncWith({
      replaceItems: async (real, ...given) => {
        const outcome = await real(...given);
        bridge.person().edit(unid, { TienDo: 5 });
        return outcome;
      },
    });
    // What was written was not seen in the note: both values stand, and a person is asked.
    expect(itemOf(bridge, unid, 'TienDo')).toBe(5);
    expect((await recordOf(bridge, unid))?.fields['progress']).toBe(60);
    const pair = await pairOf(bridge, unid);
    expect(pair.base['progress']).toBe(0);
    expect(await bridge.store.openConflicts([pair.id])).toMatchObject([
      { field: 'progress', base: 0, notes: 5, handbook: 60 },
    ]);
  });

  it('[BA1] moves the base of the fields that both sides hold, and of no field in conflict', async () => {
    const unid = await agreed();
    const before = await pairOf(bridge, unid);
    bridge.person().edit(unid, { TienDo: 10, MaChiBo: '01.002' });
    await memberEdits(unid, { progress: 90, status: 'DangLam' });
    await bridge.sync();
    const after = await pairOf(bridge, unid);
    expect(after.base).toMatchObject({ progress: 0, status: 'DangLam', organisationCode: '01.002' });
    expect(after.version).toBeGreaterThan(before.version);
    // A change that states an older version of the pair is refused.
    const missed = await bridge.store.transaction(null, (tx) =>
      tx.updatePairs([{ id: after.id, version: before.version, base: { progress: 10 } }]),
    );
    expect(missed).toEqual(new Set([after.id]));
    expect((await pairOf(bridge, unid)).base).toEqual(after.base);
  });

  it('[IN3] that overwrites an edit comes after the row that keeps it', async () => {
    const unid = await agreed();
    bridge.person().edit(unid, { TrangThai: 'QuaHan' });
    await memberEdits(unid, { status: 'HoanThanh' });
    const kept: unknown[] = [];
    await syncWith({
      replaceItems: async (real, ...given) => {
        const rows = await bridge.store.conflicts({ linkId: 'thu', limit: 100 });
        kept.push(rows.find((row) => row.unid === unid && row.field === 'status')?.notes);
        return real(...given);
      },
    });
    expect(kept).toEqual(['QuaHan']);
    expect(itemOf(bridge, unid, 'TrangThai')).toBe('HoanThanh');
  });
});

describe('a create whose answer never came', () => {
  const lost = () => new DominoError('outcome-unknown', 'no answer');

  it('[CR1] and that happened is found by its mark, and not repeated', async () => {
    const code = await memberAsks();
    let creates = 0;
    await syncWith({
      createNote: async (real, ...given) => {
        creates += 1;
        await real(...given);
        throw lost();
      },
    });
    expect(creates).toBe(1);
    expect(notesWith(bridge, 'DeXuatThayDoi', 'MaBanGhi', code)).toHaveLength(1);
  });

  it('[CR1] and that did not happen is looked for twice, then repeated', async () => {
    const code = await memberAsks();
    const calls: string[] = [];
    await syncWith({
      createNote: async (real, ...given) => {
        calls.push('create');
        if (calls.length === 1) throw lost();
        return real(...given);
      },
      findByItem: (real, ...given) => {
        calls.push('look');
        return real(...given);
      },
    });
    expect(calls).toEqual(['create', 'look', 'look', 'create']);
    expect(notesWith(bridge, 'DeXuatThayDoi', 'MaBanGhi', code)).toHaveLength(1);
  });

  it('[CR1] and of which two notes are found is left to a person', async () => {
    const code = await memberAsks();
    let creates = 0;
    await syncWith({
      createNote: async (real, ...given) => {
        creates += 1;
        await real(...given);
        await real(...given);
        throw lost();
      },
      // The slices would set both aside one by one: here the search is what finds them.
      readSlice: async (real, slice, ...rest) => {
        const reading = await real({ ...slice, forms: ['NhiemVu', 'NhiemVuDangVien'] }, ...rest);
        return reading;
      },
    });
    expect(creates).toBe(1);
    expect(notesWith(bridge, 'DeXuatThayDoi', 'MaBanGhi', code)).toHaveLength(2);
    expect((await quarantined(bridge)).map((row) => row.code)).toContain('two-creates');
  });
});
