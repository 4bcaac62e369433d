import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatInstant } from '../../connectors/domino/embedded/engine/notes-date-time.ts';
import type { Slice } from '../../connectors/domino/port.ts';
import { newTask } from './testing/sample-notes.ts';
import { tamper } from './testing/tamper.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';

/** More than one call answers. */
const CROWD = 205;
/** Headers alone are read of them. */
const WITHHELD = { ChoPhepChuyen: null };

let bridge: TestBridge;
beforeAll(async () => {
  bridge = await openTestBridge({ forms: ['NhiemVu'] });
});
afterAll(() => bridge.close());

/** Does `work` so many times, each at the instant (of the server's clock) that `at` says. */
function atInstants(count: number, at: (index: number) => number, work: (index: number) => void): void {
  const { clock } = bridge.domino;
  const end = bridge.domino.now() + 60_000;
  for (let index = 0; index < count; index += 1) {
    clock.set(at(index));
    work(index);
  }
  clock.set(end);
}

/** Syncs; the slices and pages that were asked for. */
async function watched(): Promise<{ readonly slices: Slice[]; readonly pages: number }> {
  const slices: Slice[] = [];
  let pages = 0;
  const database = tamper(bridge.link.database, {
    readSlice: (real, slice, ...rest) => {
      slices.push(slice);
      return real(slice, ...rest);
    },
    readSlicePage: (real, ...given) => {
      pages += 1;
      return real(...given);
    },
  });
  const { quiet } = await bridge.sync(undefined, { link: { ...bridge.link, database } });
  expect(quiet).toBe(true);
  return { slices, pages };
}

describe('a second of the server that holds more than one call answers', () => {
  it('[SL6] is enumerated until two enumerations agree when its notes were made at once, too, and a sweep looks after it', async () => {
    const person = bridge.person();
    const second = Math.floor(bridge.domino.now() / 1000) * 1000;
    atInstants(
      CROWD,
      (index) => second + (index % 90) * 10,
      (index) => newTask(person, `NV-${index}`, WITHHELD),
    );
    const { pages } = await watched();
    expect(pages).toBeGreaterThanOrEqual(4);
    expect(await bridge.store.counts(bridge.link.id)).toMatchObject({ withheld: CROWD });
  });

  it('[SL6] is cut by the creation of its notes where that tells them apart', async () => {
    const person = bridge.person('CN=Agent/O=Mau');
    const start = Math.floor(bridge.domino.now() / 1000) * 1000;
    const unids: string[] = [];
    atInstants(
      CROWD,
      (index) => start + index * 1000,
      (index) => unids.push(newTask(person, `NV-${CROWD + index}`, WITHHELD)),
    );
    await watched();
    const second = Math.floor(bridge.domino.now() / 1000) * 1000 + 600_000;
    atInstants(
      CROWD,
      (index) => second + (index % 90) * 10,
      (index) => person.edit(unids[index] as string, { TieuDe: 'Sửa hàng loạt' }),
    );
    const { slices } = await watched();
    expect(slices.some(({ within }) => within?.by === 'created' && within.from !== null)).toBe(true);
    const seen = await bridge.store.pairsByUnid(bridge.link.replicaSet, unids);
    expect(new Set(seen.map((pair) => pair.seenNotes?.value))).toEqual(
      new Set(unids.map((unid) => formatInstant(bridge.file.readBare(unid)?.modifiedInFile ?? 0))),
    );
  });
});
