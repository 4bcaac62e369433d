import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../engine/seeded-random.ts';
import { FaultInjector } from './fault-injector.ts';
import { NETWORKS, transferMs } from './network.ts';

describe('transferMs', () => {
  test('[FA3] half a round trip and the bytes at the speed of the line, where nothing is lost', () => {
    const line = { bitsPerSecond: 2_000_000, roundTripMs: 200, loss: 0 };
    expect(transferMs(line, 0, () => 0)).toBe(100);
    expect(transferMs(line, 1_000_000, () => 0)).toBe(4100);
    expect(transferMs(NETWORKS.lan, 1_000_000, seededRandom(1))).toBeCloseTo(8.2, 3);
  });

  test('[FA3] one packet in a hundred is sent again on the WAN', () => {
    const bytes = 1460 * 20_000;
    const { loss, ...rest } = NETWORKS.wan;
    const lossless = transferMs({ ...rest, loss: 0 }, bytes, seededRandom(1));
    const resends = (transferMs(NETWORKS.wan, bytes, seededRandom(1)) - lossless) / 200;
    expect(resends / 20_000).toBeGreaterThan(loss * 0.7);
    expect(resends / 20_000).toBeLessThan(loss * 1.3);
  });

  test('[FA3] more bytes never come sooner, and the same seed takes the same time', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), fc.nat(), (a, b, seed) => {
        const time = (bytes: number): number => transferMs(NETWORKS.wan, bytes, seededRandom(seed));
        expect(time(Math.max(a, b))).toBeGreaterThanOrEqual(time(Math.min(a, b)));
        expect(time(a)).toBe(time(a));
      }),
    );
  });
});

test('[FA8] what is left to chance follows the seed, also when it is set while rules stay', () => {
  const faults = new FaultInjector({ seed: 1 });
  faults.add({ kind: 'busy', when: { probability: 0.5 } });
  const run = (): string =>
    Array.from({ length: 40 }, () =>
      faults.next({ method: 'm', filePath: null }).before === null ? '.' : 'x',
    ).join('');
  faults.reseed(5);
  const first = run();
  expect(run()).not.toBe(first);
  faults.reseed(5);
  expect(run()).toBe(first);
});

test('[FA8] a wrong line is refused with its place', () => {
  const faults = new FaultInjector();
  const network = { bitsPerSecond: 0, roundTripMs: 1, loss: 0 };
  expect(() => faults.add({ kind: 'network', network, when: {} })).toThrow(/bitsPerSecond|network/u);
});
