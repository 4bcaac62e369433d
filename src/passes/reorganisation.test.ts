import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { announce } from '../operations/announce.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';

const CELLS = 14;
const [OLD, NEW] = ['01.001.001.000.000', '01.001.002.000.000'];

let bridge: TestBridge;
let unids: string[] = [];
beforeEach(async () => {
  const limits = { deletes: { floor: 3, share: 0.02 }, updates: { floor: 4, share: 0.02 } };
  bridge = await openTestBridge({ forms: ['ToChucDang'], limits });
  unids = Array.from({ length: CELLS }, (_, at) =>
    bridge.person().create({
      Form: 'ToChucDang',
      DoMat: 'Thuong',
      ChoPhepChuyen: '1',
      MaToChuc: codeOf(at),
      TenToChuc: `Chi bộ ${at}`,
      MaCapTren: OLD,
    }),
  );
  await bridge.sync();
});
afterEach(() => bridge.close());

function codeOf(at: number): string {
  return `01.001.001.000.${String(at + 1).padStart(3, '0')}`;
}

function reparent(from: number, to: number): void {
  for (const unid of unids.slice(from, to)) bridge.person().edit(unid, { MaCapTren: NEW });
}

async function moved(): Promise<number> {
  const records = await bridge.handbook.list(['organisation'], null, 100);
  return records.filter((record) => record.fields['parentCode'] === NEW).length;
}

const announced = (count: number, hours = 24) =>
  announce(bridge.bridge).run(
    { link: 'thu', entity: 'organisation', fields: ['parentCode'], count, hours, reason: 'sáp nhập đảng bộ' },
    bridge.context,
  );
const braked = async () => (await bridge.store.link('thu'))?.brakeUpdates !== null;

describe('a reorganisation of many', () => {
  it('[BR5] that comes as announced passes as a whole, in the name of who announced it', async () => {
    await announced(10);
    reparent(0, 10);
    await bridge.sync();
    expect([await moved(), await braked()]).toEqual([10, false]);
    const rows = await bridge.store.journal('thu', 0, 1000);
    expect(rows.filter((row) => row.rule === 'BR5').map((row) => [row.event, row.by])).toEqual([
      ['announce', 'tester'],
      ['release', 'tester'],
    ]);
    expect((await bridge.store.link('thu'))?.announced).toBeNull();
  });

  it.each([
    ['fewer', 9],
    ['more', 11],
  ])('[BR5] of which %s were announced is braked: nothing moves', async (_, count) => {
    await announced(count);
    reparent(0, 10);
    await bridge.sync();
    expect([await moved(), await braked()]).toEqual([0, true]);
  });

  it('[BR5] that nobody announced, or announced for another day, is braked', async () => {
    await announced(10, 1);
    bridge.advance(2 * 3_600_000);
    reparent(0, 10);
    await bridge.sync();
    expect([await moved(), await braked()]).toEqual([0, true]);
  });

  it('[BR5] that arrives bit by bit waits until it is whole', async () => {
    await announced(12);
    reparent(0, 2);
    await bridge.sync();
    expect([await moved(), await braked()]).toEqual([2, false]);
    reparent(2, 9);
    await bridge.sync();
    expect([await moved(), await braked()]).toEqual([2, true]);
    reparent(9, 12);
    await bridge.sync();
    expect([await moved(), await braked()]).toEqual([12, false]);
    expect((await bridge.verify()).differences).toEqual([]);
  });

  it('[BR5] covers no other change that would be too many by itself', async () => {
    await announced(5);
    reparent(0, 5);
    for (const unid of unids.slice(5, 11)) bridge.person().edit(unid, { TenToChuc: 'Đổi tên' });
    await bridge.sync();
    expect([await moved(), await braked()]).toEqual([0, true]);
  });

  it('[BR5] is announced of fields that exist', async () => {
    const wrong = {
      link: 'thu',
      entity: 'organisation',
      fields: ['nothing'],
      count: 1,
      hours: 1,
      reason: 'thử',
    };
    await expect(announce(bridge.bridge).run(wrong, bridge.context)).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
