import { setTimeout as sleep } from 'node:timers/promises';
import type { LeaseFence, SyncStore } from '../../port.ts';

/** Longer than any test runs, milliseconds. */
export const LONG = 600_000;

export async function takeLease(
  store: SyncStore,
  linkId: string,
  holder: string,
  ttlMs = LONG,
): Promise<LeaseFence> {
  const fence = await store.acquireLease(linkId, holder, ttlMs);
  if (fence === null) throw new Error(`${holder} did not get the lease of ${linkId}`);
  return fence;
}

/** Takes the lease as soon as the present one has expired. */
export async function stealLease(store: SyncStore, linkId: string, holder: string): Promise<LeaseFence> {
  for (;;) {
    const fence = await store.acquireLease(linkId, holder, LONG);
    if (fence !== null) return fence;
    await sleep(5);
  }
}
