import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DominoError, type NotesDatabase } from '../../connectors/domino/port.ts';
import { newTask } from './testing/sample-notes.ts';
import { tamper } from './testing/tamper.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';
import { stateCounts } from './testing/views.ts';

const NOTES = 90;
const LIMIT = 40;

let bridge: TestBridge;
let serial = 0;
let unids: string[] = [];
beforeEach(async () => {
  const limits = { deletes: { floor: 1000, share: 1 }, updates: { floor: 1000, share: 1 } };
  bridge = await openTestBridge({ forms: ['NhiemVu'], limits });
  serial = 0;
  unids = [];
  for (let made = 0; made < NOTES; made += 1) make();
});
afterEach(() => bridge.close());

function make(): void {
  serial += 1;
  unids.push(newTask(bridge.person(), `NV-${String(serial).padStart(3, '0')}`));
  bridge.domino.clock.step(1_000);
}

/** A server that scans so many documents and no more, charging what the slice narrows the scan to, or the whole file; people work meanwhile. */
function limited(charges: 'slice' | 'file', counter: { calls: number }): NotesDatabase {
  return tamper(bridge.link.database, {
    async readSlice(real, ...given) {
      counter.calls += 1;
      if (counter.calls % 3 === 0) {
        make();
        if (counter.calls % 9 === 0) bridge.person().delete(unids.shift() ?? '');
        bridge.person().edit(unids.at(-7) ?? '', { TieuDe: `Sửa lần ${counter.calls}` });
      }
      const { total } = await real(...given);
      const scanned = charges === 'file' ? [...bridge.file.notes()].length : total;
      if (scanned > LIMIT)
        throw new DominoError('scan-limit', `the query scans more than ${LIMIT} documents`);
      return real(...given);
    },
  });
}

describe('a server with a scan limit below the size of the file', () => {
  it('[SL8] [SW1] that charges what a slice holds is read in full, with people at work', async () => {
    const counter = { calls: 0 };
    const link = { ...bridge.link, database: limited('slice', counter) };
    expect(await bridge.sync(undefined, { link })).toMatchObject({ quiet: true });
    const settled = await bridge.sync();
    expect(settled).toMatchObject({ quiet: true, links: [{ quarantined: 0 }] });
    expect((await bridge.verify()).differences).toEqual([]);
    expect((await stateCounts(bridge, 'task'))['live']).toBe(unids.length);
    expect(unids.length).toBeLessThan(serial);
    expect(bridge.logged.some((line) => /"calls":\d+.*a sweep went through everything/u.test(line))).toBe(
      true,
    );
    expect(counter.calls).toBeLessThan(400);
  });

  it('[SL8] that charges the whole file is refused: nothing is hidden, and nothing counts as read', async () => {
    await bridge.sync();
    const before = await bridge.store.checkpoint('thu', bridge.link.instanceId);
    const { sweptAt } = (await bridge.store.link('thu')) ?? {};
    bridge.person().edit(unids[0] ?? '', { TieuDe: 'Sửa khi bị từ chối' });
    const counter = { calls: 0 };
    const link = { ...bridge.link, database: limited('file', counter) };
    await expect(bridge.sync(undefined, { link })).rejects.toMatchObject({ code: 'unavailable' });
    expect(counter.calls).toBeLessThan(80);
    expect(await stateCounts(bridge, 'task')).toEqual({ live: NOTES });
    expect(await bridge.store.checkpoint('thu', bridge.link.instanceId)).toEqual(before);
    expect(await bridge.store.link('thu')).toMatchObject({ sweptAt, failureCode: 'scan-limit' });

    expect(await bridge.sync()).toMatchObject({ quiet: true });
    expect((await bridge.verify()).differences).toEqual([]);
    expect((await stateCounts(bridge, 'task'))['live']).toBe(unids.length);
  });
});
