import { describe, expect, test } from 'vitest';
import { FaultInjector } from './fault-injector.ts';

const read = { method: 'bulkReadDocuments', filePath: 'a.nsf' };
const write = { method: 'bulkReplaceItemsByUnid', filePath: 'a.nsf' };

describe('[FA8] FaultInjector', () => {
  test('without rules nothing goes wrong', () => {
    expect(new FaultInjector().next(read)).toEqual({
      latencyMs: 0,
      before: null,
      after: null,
      bulkLimit: null,
      pageLimit: null,
      chunkLimit: null,
      msPerDocument: 0,
      network: null,
      expired: false,
    });
  });

  test('nth fires once, at the n-th call that fits', () => {
    const faults = new FaultInjector();
    faults.add({ kind: 'busy', when: { method: read.method, nth: 2 } });
    expect([read, write, read, read].map((call) => faults.next(call).before)).toEqual([
      null,
      null,
      'busy',
      null,
    ]);
  });

  test('nth with times fires from the n-th call on', () => {
    const faults = new FaultInjector();
    faults.add({ kind: 'lost-after', when: { nth: 2, times: 2 } });
    expect([1, 2, 3, 4].map(() => faults.next(read).after)).toEqual([null, 'lost', 'lost', null]);
  });

  test('a server that is down stays down until the rule is removed', () => {
    const faults = new FaultInjector();
    const up = faults.add({ kind: 'down', when: { filePath: 'a.nsf' } });
    expect(faults.next(read).before).toBe('down');
    expect(faults.next({ ...read, filePath: 'b.nsf' }).before).toBeNull();
    up();
    expect(faults.next(read).before).toBeNull();
  });

  test('faults of several rules add up', () => {
    const faults = new FaultInjector();
    faults.add({ kind: 'latency', when: {}, ms: 5 });
    faults.add({ kind: 'latency', when: {}, ms: 7 });
    faults.add({ kind: 'half-bulk', when: {}, afterDocuments: 3 });
    faults.add({ kind: 'lost-before', when: {}, silent: true });
    expect(faults.next(write)).toMatchObject({
      latencyMs: 12,
      before: 'silent',
      after: null,
      bulkLimit: 3,
      chunkLimit: null,
    });
  });

  test('the same seed gives the same faults, also through JSON; another seed others', () => {
    const run = (faults: FaultInjector): string =>
      Array.from({ length: 200 }, () => (faults.next(read).before === null ? '.' : 'x')).join('');
    const script = { seed: 7, rules: [{ kind: 'busy' as const, when: { probability: 0.3 } }] };
    const first = new FaultInjector();
    first.load(script);
    const expected = run(first);
    const second = new FaultInjector();
    second.load(JSON.parse(JSON.stringify(first)));
    expect(run(second)).toBe(expected);
    second.load({ ...script, seed: 8 });
    expect(run(second)).not.toBe(expected);
    expect(expected.split('x').length - 1).toBeGreaterThan(30);
    expect(expected.split('x').length - 1).toBeLessThan(90);
  });

  test('clock steps reach the clock at the call they are scripted for', () => {
    const steps: number[] = [];
    const faults = new FaultInjector({ stepClock: (ms) => steps.push(ms) });
    faults.add({ kind: 'clock-step', when: { nth: 2 }, ms: -3_600_000 });
    faults.next(read);
    expect(steps).toEqual([]);
    faults.next(read);
    expect(steps).toEqual([-3_600_000]);
  });

  test('a wrong script is refused with the place of the fault', () => {
    expect(() => new FaultInjector().load({ rules: [{ kind: 'latency', when: {}, ms: -1 }] })).toThrow(
      /rules\[0\]\.ms/u,
    );
    expect(() => new FaultInjector().load({ rules: [{ kind: 'flood', when: {} }] })).toThrow(/fault script/u);
  });
});
