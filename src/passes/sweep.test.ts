import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newTask } from './testing/sample-notes.ts';
import { tamper } from './testing/tamper.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';
import { recordOf } from './testing/views.ts';
import { patientPass } from '../operations/patient-pass.ts';
import { sweep } from './sweep.ts';

let bridge: TestBridge;
const unids: string[] = [];
beforeAll(async () => {
  bridge = await openTestBridge({ forms: ['NhiemVu'] });
  for (const code of ['NV-1', 'NV-2', 'NV-3']) unids.push(newTask(bridge.person(), code));
  await bridge.sync();
});
afterAll(() => bridge.close());

describe('a sweep', () => {
  it('[SW1] finds what no slice shows: a note that is gone, one that Readers hide, one that no slice brought', async () => {
    const [gone = '', hidden = ''] = unids;
    bridge.person().delete(gone);
    bridge.person().setReaders(hidden, ['CN=Somebody Else/O=Mau']);
    const missed = newTask(bridge.person(), 'NV-4');
    const deaf = tamper(bridge.link.database, {
      readSlice: async (real, slice, ...rest) =>
        slice.by === 'modifiedInThisFile' ? { total: 0, notes: [] } : real(slice, ...rest),
    });
    await bridge.sync(undefined, { link: { ...bridge.link, database: deaf } });
    expect((await recordOf(bridge, gone))?.state).toBe('hidden');
    expect((await recordOf(bridge, hidden))?.state).toBe('hidden');
    expect((await recordOf(bridge, missed))?.fields).toMatchObject({ taskCode: 'NV-4' });
  });

  it('[SW1] compares tokens: an edit that no slice brought is found', async () => {
    const [, , edited = ''] = unids;
    bridge.person().edit(edited, { TieuDe: 'Đã sửa' });
    const deaf = tamper(bridge.link.database, { readSlice: async () => ({ total: 0, notes: [] }) });
    await bridge.sync(undefined, { link: { ...bridge.link, database: deaf } });
    expect((await recordOf(bridge, edited))?.fields).toMatchObject({ title: 'Đã sửa' });
  });

  it('[SW1] goes on where it stopped', async () => {
    const asked: string[][] = [];
    const database = tamper(bridge.link.database, {
      readNotes: (real, ...given) => {
        asked.push([...given[0]]);
        return real(...given);
      },
    });
    const one = new Proxy(database, {
      get: (target, name) =>
        name === 'capabilities' ? { ...target.capabilities, cap: 1 } : Reflect.get(target, name),
    });
    // Out of time at once: each pass reads one note of the known ones.
    const link = { ...bridge.link, database: one, limits: { ...bridge.link.limits, passMs: -1 } };
    const pass = () =>
      patientPass(bridge.deps, link, bridge.context, 'sweep', async (run) => {
        const row = (await bridge.store.link(link.id)) ?? run.row;
        return sweep(bridge.deps, { ...run, row });
      });
    const finished: boolean[] = [];
    for (let round = 0; round < 10 && finished.at(-1) !== true; round += 1)
      finished.push((await pass()).value.finished);
    const known = (await bridge.store.pairsAfterUnid(link.id, null, 100)).map((pair) => pair.unid);
    expect(asked.flat()).toEqual(known);
    expect(finished).toEqual([...known.map(() => false), true]);
  });
});
