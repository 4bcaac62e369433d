import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { confirmDeleted } from '../operations/confirm-deleted.ts';
import { quarantineRetry } from '../operations/quarantine.ts';
import type { StoredNote } from '../../connectors/domino/embedded/stored-note.ts';
import { HandbookError } from '../../connectors/handbook/port.ts';
import { newTask } from './testing/sample-notes.ts';
import { tamper } from './testing/tamper.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';
import { pairOf, quarantined, recordOf } from './testing/views.ts';

let bridge: TestBridge;
let serial = 0;
let code = '';
beforeEach(() => {
  serial += 1;
  code = `NV-${serial}`;
});

async function quiet(): Promise<void> {
  expect(await bridge.sync()).toMatchObject({ quiet: true });
}

async function confirmed(unid: string): Promise<void> {
  await confirmDeleted(bridge.bridge).run(
    { link: 'thu', unids: [unid], reason: 'người phụ trách xác nhận' },
    bridge.context,
  );
  await quiet();
}

/** A task that crossed and was deleted with proof; the note as it was. */
async function buried(): Promise<{ readonly unid: string; readonly note: StoredNote }> {
  const unid = newTask(bridge.person(), code);
  newTask(bridge.person(), `${code}-other`);
  await quiet();
  const note = bridge.file.read(unid);
  if (!note) throw new Error('the note is gone');
  bridge.person().delete(unid);
  await quiet();
  await confirmed(unid);
  expect(await pairOf(bridge, unid)).toMatchObject({ status: 'tombstone', key: null, base: {} });
  return { unid, note };
}

describe('what was deleted', () => {
  beforeAll(async () => {
    bridge = await openTestBridge({
      forms: ['NhiemVu'],
      limits: { deletes: { floor: 1000, share: 1 } },
    });
  });
  afterAll(() => bridge.close());

  it('[TO2] does not come back with a stale replica: it is set aside, and a retry does not change that', async () => {
    const { unid, note } = await buried();
    bridge.file.import([note]);
    await quiet();
    const [row, ...others] = await quarantined(bridge);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ unid, code: 'zombie' });
    expect(await recordOf(bridge, unid)).toMatchObject({ state: 'deleted', fields: {} });
    expect(await bridge.verify()).toMatchObject({ differences: [], explained: { quarantine: 1 } });
    await quarantineRetry(bridge.bridge).run({ id: row?.id ?? '' }, bridge.context);
    await quiet();
    expect(await quarantined(bridge)).toMatchObject([{ unid, code: 'zombie' }]);
    expect(await recordOf(bridge, unid)).toMatchObject({ state: 'deleted', fields: {} });
    expect(
      (await bridge.store.tombstonesByUnid(bridge.link.replicaSet, [unid])).map((stone) => stone.key),
    ).toEqual([code]);
    bridge.person().delete(unid);
    await quiet();
    expect(await quarantined(bridge)).toEqual([]);
  });

  it('[TO2] is noticed although it comes back exactly as it was last seen', async () => {
    const unid = newTask(bridge.person(), code);
    await quiet();
    const note = bridge.file.read(unid);
    const { clock } = bridge.domino;
    const before = clock.now();
    bridge.person().delete(unid);
    await quiet();
    await confirmed(unid);
    // Replicated in with the very stamps that it had.
    clock.set(note?.modifiedInFile ?? 0);
    bridge.file.import(note ? [note] : []);
    clock.set(before + 5_000);
    await quiet();
    expect(await quarantined(bridge)).toMatchObject([{ unid, code: 'zombie' }]);
    bridge.person().delete(unid);
    await quiet();
  });

  it('[TO2] leaves its key to nobody by itself: a new note with it is set aside', async () => {
    await buried();
    const heir = newTask(bridge.person(), code);
    await quiet();
    expect(await quarantined(bridge)).toMatchObject([{ unid: heir, code: 'zombie' }]);
    expect(await bridge.record('task', code)).toBeNull();
    bridge.person().edit(heir, { MaNhiemVu: `${code}-moi` });
    await quiet();
    expect(await quarantined(bridge)).toEqual([]);
    expect((await bridge.record('task', `${code}-moi`))?.state).toBe('live');
  });

  it('[TO1] needs a word about a note that is missing: one that is there is refused', async () => {
    const unid = newTask(bridge.person(), code);
    await quiet();
    await expect(confirmed(unid)).rejects.toMatchObject({ code: 'refused' });
    bridge.person().delete(unid);
    await quiet();
    expect((await recordOf(bridge, unid))?.state).toBe('hidden');
  });

  it('[TO1] is not deleted when the note is back before the word is carried out', async () => {
    const unid = newTask(bridge.person(), code);
    await quiet();
    const note = bridge.file.read(unid);
    bridge.person().delete(unid);
    await quiet();
    await confirmDeleted(bridge.bridge).run(
      { link: 'thu', unids: [unid], reason: 'người phụ trách xác nhận' },
      bridge.context,
    );
    bridge.file.import(note ? [note] : []);
    await quiet();
    expect(await recordOf(bridge, unid)).toMatchObject({ state: 'live' });
    expect((await pairOf(bridge, unid)).status).toBe('live');
    expect((await bridge.verify()).differences).toEqual([]);
  });
});

describe('a deletion stub', () => {
  beforeAll(async () => {
    bridge = await openTestBridge({
      forms: ['NhiemVu'],
      way: 'direct',
      limits: { deletes: { floor: 1000, share: 1 } },
    });
  });
  afterAll(() => bridge.close());

  it('[TO1] [PL9] proves a deletion without a person', async () => {
    newTask(bridge.person(), `${code}-other`);
    const unid = newTask(bridge.person(), code);
    await quiet();
    bridge.person().delete(unid);
    await quiet();
    expect(await recordOf(bridge, unid)).toMatchObject({ state: 'deleted', fields: {} });
    expect(await bridge.store.tombstonesByUnid(bridge.link.replicaSet, [unid])).toMatchObject([
      { evidence: 'stub', key: code },
    ]);
    expect((await bridge.verify()).differences).toEqual([]);
  });

  it('[TO1] of a note that was put back proves nothing', async () => {
    const unid = newTask(bridge.person(), code);
    await quiet();
    const note = bridge.file.read(unid);
    bridge.person().delete(unid);
    bridge.file.import(note ? [note] : []);
    await quiet();
    expect(await recordOf(bridge, unid)).toMatchObject({ state: 'live' });
    expect((await bridge.verify()).differences).toEqual([]);
  });

  it('[PL18] [TO2] that was carried out and never recorded is no member’s deletion: the note that is back stays', async () => {
    newTask(bridge.person(), `${code}-other`);
    const unid = newTask(bridge.person(), code);
    await quiet();
    const note = bridge.file.read(unid);
    bridge.person().delete(unid);
    const handbook = tamper(bridge.deps.handbook, {
      async apply(real, ops) {
        const outcomes = await real(ops);
        if (ops.some((op) => op.kind === 'remove')) throw new HandbookError('unreachable', 'no answer');
        return outcomes;
      },
    });
    await expect(bridge.sync(undefined, { deps: { ...bridge.deps, handbook } })).rejects.toThrow('no answer');
    expect(await recordOf(bridge, unid)).toMatchObject({ state: 'deleted' });
    bridge.file.import(note ? [note] : []);
    await quiet();
    await quiet();
    expect(bridge.file.read(unid)?.items).toEqual(note?.items);
    expect(await pairOf(bridge, unid)).toMatchObject({ status: 'tombstone', base: {} });
    expect(await quarantined(bridge)).toMatchObject([{ unid, code: 'zombie' }]);
    bridge.person().delete(unid);
    await quiet();
  });
});
