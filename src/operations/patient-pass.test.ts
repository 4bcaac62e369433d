import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestBridge, type TestBridge } from '../passes/testing/test-bridge.ts';
import { patientPass } from './patient-pass.ts';

let bridge: TestBridge;
beforeAll(async () => {
  bridge = await openTestBridge({ forms: ['NhiemVu'] });
});
afterAll(() => bridge.close());

it('an operator’s pass that lost its lease waits like for any other holder, and is done again', async () => {
  let begun = 0;
  const outcome = await patientPass(bridge.deps, bridge.link, bridge.context, 'sync', async (run) => {
    begun += 1;
    if (begun > 1) return 'done';
    // This process slept: another took the link, worked and gave it back.
    await bridge.pools.inside.query(`update bridge.lease set expires_at = '-infinity'`);
    const other = await bridge.store.acquireLease('thu', 'another', 60_000);
    if (other) await bridge.store.releaseLease(other);
    bridge.advance(45_000);
    await run.fence();
    return 'went on without a lease';
  });
  expect([outcome.value, begun]).toEqual(['done', 2]);
});
