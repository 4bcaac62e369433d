import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Fields } from '../sync/values.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';
import { itemOf, notesWith, pairOf, quarantined, versions } from './testing/views.ts';

const FORM = 'DeXuatThayDoi';

let bridge: TestBridge;
beforeAll(async () => {
  bridge = await openTestBridge({ forms: [FORM], limits: { deletes: { floor: 1000, share: 1 } } });
  // The first run, into an empty side.
  await bridge.sync();
});
afterAll(() => bridge.close());

let serial = 0;
let code = '';
let recordId = '';
beforeEach(() => {
  serial += 1;
  code = `de-xuat-${String(serial).padStart(4, '0')}`;
  recordId = randomUUID();
});

async function quiet(): Promise<void> {
  expect(await bridge.sync()).toMatchObject({ quiet: true });
}

/** The member asks for a change. */
async function ask(fields: Fields = {}): Promise<void> {
  const result = await bridge.members.mutate({
    clientId: 'phone',
    mutationId: randomUUID(),
    accountId: 'tester',
    kind: 'create',
    entity: 'changeRequest',
    recordId,
    baseVersion: 0,
    fields: {
      recordCode: code,
      memberCode: 'dang-vien-0001',
      fieldName: 'DienThoai',
      newValue: '0912345678',
      ...fields,
    },
  });
  expect(result).toMatchObject({ kind: 'applied' });
}

/** The request as a note; fails unless there is exactly one. */
function theNote(): string {
  const found = notesWith(bridge, FORM, 'MaBanGhi', code);
  expect(found).toHaveLength(1);
  return found[0] ?? '';
}

async function nothingAside(): Promise<void> {
  expect(await quarantined(bridge)).toEqual([]);
  expect(await bridge.store.conflicts({ linkId: 'thu', state: 'open', limit: 10 })).toEqual([]);
  expect((await bridge.verify()).differences).toEqual([]);
}

function record() {
  return bridge.record('changeRequest', code);
}

describe('a record that a member made', () => {
  it('[PL6] [AP1] comes to Notes once, with its mark, without gate items and without what nobody filled in', async () => {
    await ask();
    await quiet();
    const unid = theNote();
    const names = (bridge.file.readBare(unid)?.items ?? []).map((item) => item.name);
    expect(itemOf(bridge, unid, 'HandbookId')).toBe(recordId);
    expect(itemOf(bridge, unid, 'GiaTriMoi')).toBe('0912345678');
    expect(
      names.filter((name) => ['DoMat', 'ChoPhepChuyen', 'GiaTriCu', 'TrangThai'].includes(name)),
    ).toEqual([]);
    const before = await versions(bridge);
    await quiet();
    await quiet();
    expect(await versions(bridge)).toEqual(before);
    await nothingAside();
  });

  it('[PL14] [GA6] lives on while nobody has released its note, and its note is never asked for content', async () => {
    await ask();
    await quiet();
    const unid = theNote();
    bridge.person().edit(unid, { TrangThai: 'TuChoi', LyDo: 'chưa công bố' });
    const from = bridge.domino.requests.entries().length;
    await quiet();
    expect(await record()).toMatchObject({ state: 'live', fields: { newValue: '0912345678' } });
    expect((await record())?.fields['status'] ?? null).toBeNull();
    const asked = bridge.domino.requests
      .entries()
      .slice(from)
      .filter((request) => request.unids.includes(unid) || request.answered.includes(unid));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.flatMap((request) => request.itemNames)).not.toContain('LyDo');
    expect(await pairOf(bridge, unid)).toMatchObject({ status: 'live', notesSight: 'unmarked' });
    await nothingAside();
  });

  it('[PL2] gets the answer once a person has released the note', async () => {
    await ask();
    await quiet();
    const unid = theNote();
    bridge
      .person()
      .edit(unid, { DoMat: 'Thuong', ChoPhepChuyen: '1', TrangThai: 'ChapNhan', LyDo: 'Đồng ý' });
    await quiet();
    expect((await record())?.fields).toMatchObject({
      status: 'ChapNhan',
      reason: 'Đồng ý',
      newValue: '0912345678',
    });
    await nothingAside();
  });

  it('[GA6] the member’s edit of an unreleased request waits, and crosses with the release', async () => {
    await ask();
    await quiet();
    const unid = theNote();
    const before = await record();
    await bridge.mutate(recordId, 'changeRequest', before?.version ?? 0, { newValue: '0987654321' });
    await quiet();
    expect(itemOf(bridge, unid, 'GiaTriMoi')).toBe('0912345678');
    bridge.person().edit(unid, { DoMat: 'Thuong', ChoPhepChuyen: '1', TrangThai: 'ChoDuyet' });
    await quiet();
    expect(itemOf(bridge, unid, 'GiaTriMoi')).toBe('0987654321');
    expect((await record())?.fields).toMatchObject({ newValue: '0987654321', status: 'ChoDuyet' });
    await nothingAside();
  });

  it('[ME4] what somebody changes in Notes of the member’s words is answered with them, and kept', async () => {
    await ask();
    await quiet();
    const unid = theNote();
    bridge.person().edit(unid, { DoMat: 'Thuong', ChoPhepChuyen: '1', GiaTriMoi: 'của người khác' });
    await quiet();
    expect(itemOf(bridge, unid, 'GiaTriMoi')).toBe('0912345678');
    expect((await record())?.fields['newValue']).toBe('0912345678');
    const kept = await bridge.store.conflicts({ linkId: 'thu', limit: 50 });
    expect(kept.filter((row) => row.recordId === recordId)).toMatchObject([
      {
        kind: 'refused-edit',
        field: 'newValue',
        notes: 'của người khác',
        winner: 'handbook',
        state: 'settled',
      },
    ]);
    await nothingAside();
  });

  it('[GA5] is withdrawn when its released note loses the release, and when a note is classified at once', async () => {
    await ask();
    await quiet();
    const unid = theNote();
    bridge.person().edit(unid, { DoMat: 'Thuong', ChoPhepChuyen: '1' });
    await quiet();
    bridge.person().edit(unid, { ChoPhepChuyen: null });
    await quiet();
    expect(await record()).toBeNull();
    expect(await pairOf(bridge, unid)).toMatchObject({ status: 'withdrawn' });

    code = `${code}-b`;
    recordId = randomUUID();
    await ask();
    await quiet();
    bridge.person().edit(theNote(), { DoMat: 'Mat' });
    await quiet();
    expect(await record()).toBeNull();
    await nothingAside();
  });
});

describe('a copy of such a note', () => {
  it('[CR2] is bound to nothing: not while unreleased, and set aside by its key when released', async () => {
    await ask();
    await quiet();
    const unid = theNote();
    const copy = bridge.file.create(bridge.file.read(unid)?.items ?? [], {
      by: 'CN=Nguyen Van Thu/O=Mau',
    }).unid;
    await quiet();
    expect((await pairOf(bridge, unid)).recordId).toBe(recordId);
    expect(await pairOf(bridge, copy)).toMatchObject({ status: 'withheld', bornIn: 'notes' });
    expect((await pairOf(bridge, copy)).recordId).not.toBe(recordId);

    for (const note of [unid, copy])
      bridge.person().edit(note, { DoMat: 'Thuong', ChoPhepChuyen: '1', TrangThai: 'ChoDuyet' });
    bridge.person().edit(copy, { TrangThai: 'TuChoi' });
    await quiet();
    expect(await quarantined(bridge)).toMatchObject([{ unid: copy, code: 'duplicate-key' }]);
    expect((await record())?.fields['status']).toBe('ChoDuyet');
    expect((await bridge.verify()).differences).toEqual([]);

    bridge.person().edit(copy, { MaBanGhi: `${code}-ban-sao` });
    await quiet();
    expect((await bridge.record('changeRequest', `${code}-ban-sao`))?.recordId).not.toBe(recordId);
    expect((await record())?.fields['status']).toBe('ChoDuyet');
    await nothingAside();
  });
});

describe('a request that the member takes back', () => {
  async function takeBack(): Promise<void> {
    const { version } = (await record()) ?? { version: 0 };
    await bridge.members.mutate({
      clientId: 'phone',
      mutationId: randomUUID(),
      accountId: 'tester',
      kind: 'delete',
      entity: 'changeRequest',
      recordId,
      baseVersion: version,
      fields: {},
    });
  }

  it('[PL11] is marked in Notes, stays there, and is nobody’s zombie whatever is written in it later', async () => {
    await ask();
    await quiet();
    const unid = theNote();
    bridge.person().edit(unid, { DoMat: 'Thuong', ChoPhepChuyen: '1', TrangThai: 'ChoDuyet' });
    await quiet();
    await takeBack();
    await quiet();
    expect(itemOf(bridge, unid, 'DaRut')).toBe('1');
    expect(await pairOf(bridge, unid)).toMatchObject({ status: 'tombstone', reason: 'handbook' });
    await nothingAside();
    bridge.person().edit(unid, { GhiChu: 'đã biết' });
    await quiet();
    expect(await record()).toBeNull();
    await nothingAside();
  });

  it('[PL6] before it ever came to Notes leaves nothing there', async () => {
    await ask();
    await takeBack();
    await quiet();
    expect(notesWith(bridge, FORM, 'MaBanGhi', code)).toEqual([]);
    await nothingAside();
  });

  it('[PL12] after an officer’s answer comes back with it, and the deletion is told', async () => {
    await ask();
    await quiet();
    const unid = theNote();
    bridge.person().edit(unid, { DoMat: 'Thuong', ChoPhepChuyen: '1', TrangThai: 'ChoDuyet' });
    await quiet();
    await takeBack();
    bridge.person().edit(unid, { TrangThai: 'ChapNhan' });
    await quiet();
    expect(await record()).toMatchObject({
      state: 'live',
      fields: { status: 'ChapNhan', newValue: '0912345678' },
    });
    expect(itemOf(bridge, unid, 'DaRut')).toBeUndefined();
    const rows = await bridge.store.conflicts({ linkId: 'thu', limit: 50 });
    expect(rows.filter((row) => row.recordId === recordId).map((row) => row.kind)).toEqual([
      'edit-against-delete',
    ]);
    expect((await bridge.verify()).differences).toEqual([]);
  });
});
