import { afterEach, describe, expect, it } from 'vitest';
import type { Handbook } from '../../connectors/handbook/port.ts';
import { Crash } from './testing/crashing.ts';
import { newTask } from './testing/sample-notes.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';
import { itemOf, stateCounts } from './testing/views.ts';
import { pullPass, pushPass, sweepPass } from './link-passes.ts';
import { runPass } from './run-pass.ts';

let bridge: TestBridge;
afterEach(() => bridge.close());

const LIMITS = {
  deletes: { floor: 3, share: 0.02 },
  updates: { floor: 4, share: 0.02 },
  writeDeadlineMs: 0,
};

async function withTasks(count: number): Promise<string[]> {
  bridge = await openTestBridge({ forms: ['NhiemVu'], limits: LIMITS });
  const unids = Array.from({ length: count }, (_, index) => newTask(bridge.person(), `NV-${index}`));
  await bridge.sync();
  return unids;
}

/** A worker that dies right after the handbook took a batch: what it did is nowhere recorded. */
async function dyingRun(): Promise<void> {
  const handbook: Handbook = new Proxy(bridge.handbook, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== 'function') return value;
      return async (...given: unknown[]) => {
        const answer: unknown = await Reflect.apply(value, target, given);
        if (property === 'apply') throw new Crash('apply');
        return answer;
      };
    },
  });
  const deps = { ...bridge.deps, handbook };
  try {
    for (const pass of [pullPass, pushPass, sweepPass])
      await runPass(deps, bridge.link, { signal: bridge.context.signal, evenIfResting: true }, (run) =>
        pass(deps, run),
      );
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
    await bridge.pools.inside.query(`UPDATE bridge.lease SET expires_at = '-infinity'`);
  }
}

describe('what was done and not recorded before a death', () => {
  it('[BR1] hidings count: a worker that dies again and again cannot hide a side bit by bit', async () => {
    const unids = await withTasks(12);
    for (let at = 0; at < 12; at += 2) {
      bridge.person().delete(unids[at] ?? '');
      bridge.person().delete(unids[at + 1] ?? '');
      await dyingRun();
    }
    await bridge.sync();
    expect((await stateCounts(bridge, 'task'))['hidden']).toBeLessThanOrEqual(3);
    expect((await bridge.store.link('thu'))?.brakeDeletes).not.toBeNull();
  });

  it('[BR1] updates count as well', async () => {
    const unids = await withTasks(12);
    for (let at = 0; at < 12; at += 2) {
      for (const unid of unids.slice(at, at + 2)) bridge.person().edit(unid, { TieuDe: 'Sửa' });
      await dyingRun();
    }
    await bridge.sync();
    const changed = (await bridge.handbook.list(['task'], null, 500)).filter(
      (record) => record.fields['title'] === 'Sửa',
    );
    expect(changed.length).toBeLessThanOrEqual(4);
    expect((await bridge.store.link('thu'))?.brakeUpdates).not.toBeNull();
    expect(itemOf(bridge, unids[0] ?? '', 'TieuDe')).toBe('Sửa');
  });

  it('[BR1] what is found done is told in the journal, once', async () => {
    const unids = await withTasks(6);
    bridge.person().delete(unids[0] ?? '');
    bridge.person().edit(unids[1] ?? '', { TieuDe: 'Sửa' });
    await dyingRun();
    await bridge.sync();
    await bridge.sync();
    const events = (await bridge.store.journal('thu', 0, 1000)).map((row) => row.event);
    expect(events.filter((event) => event === 'hide-record')).toHaveLength(1);
    expect(events.filter((event) => event === 'update-record')).toHaveLength(1);
    expect((await bridge.store.counts('thu')).openIntents).toBe(0);
  });
});
