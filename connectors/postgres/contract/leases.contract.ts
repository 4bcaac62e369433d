import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { LeaseLostError, type SyncStore } from '../port.ts';
import { LONG, stealLease, takeLease } from './testing/leases.ts';
import { insertPair, newLink, newPair } from './testing/samples.ts';

export function describeLeases(storeOf: () => SyncStore): void {
  it('gives a lease to one holder, who may renew it under the same fence', async () => {
    const linkId = await newLink(storeOf());
    const first = await takeLease(storeOf(), linkId, 'a');
    expect(first).toMatchObject({ linkId, holder: 'a' });
    expect(await storeOf().acquireLease(linkId, 'b', LONG)).toBeNull();
    expect((await takeLease(storeOf(), linkId, 'a')).fence).toBe(first.fence);
  });

  it('gives greater fences after release, even to the same holder', async () => {
    const linkId = await newLink(storeOf());
    const first = await takeLease(storeOf(), linkId, 'a');
    await storeOf().releaseLease(first);
    const second = await takeLease(storeOf(), linkId, 'b');
    await storeOf().releaseLease(first);
    expect(await storeOf().acquireLease(linkId, 'a', LONG)).toBeNull();
    await storeOf().releaseLease(second);
    await storeOf().releaseLease(second);
    const third = await takeLease(storeOf(), linkId, 'b');
    expect([first.fence < second.fence, second.fence < third.fence]).toStrictEqual([true, true]);
  });

  it('ends the lease of a dead holder, and the next one gets a greater fence', async () => {
    const store = storeOf();
    const linkId = await newLink(store);
    const dead = await store.acquireLease(linkId, 'dead', 60_000);
    expect(await store.acquireLease(linkId, 'next', 60_000)).toBeNull();
    await store.endLeasesOfTheDead([linkId]);
    const next = await store.acquireLease(linkId, 'next', 60_000);
    expect(next?.fence).toBeGreaterThan(dead?.fence ?? 0);
  });

  it('gives one of many that ask at once the lease', async () => {
    const linkId = await newLink(storeOf());
    const holders = ['a', 'b', 'c', 'd', 'e', 'f'];
    const fences = await Promise.all(holders.map((holder) => storeOf().acquireLease(linkId, holder, LONG)));
    expect(fences.filter((fence) => fence !== null)).toHaveLength(1);
  });

  it('gives an expired lease a new fence, also when its own holder comes back', async () => {
    const linkId = await newLink(storeOf());
    const first = await takeLease(storeOf(), linkId, 'a', 1);
    await sleep(20);
    expect((await takeLease(storeOf(), linkId, 'a')).fence).toBeGreaterThan(first.fence);
  });

  it('commits under a lease that holds', async () => {
    const linkId = await newLink(storeOf());
    const fence = await takeLease(storeOf(), linkId, 'a');
    const pair = newPair(linkId);
    expect(await storeOf().transaction(fence, (tx) => tx.insertPairs([pair]))).toStrictEqual(
      new Set([pair.id]),
    );
    expect(await storeOf().pairsById([pair.id])).toHaveLength(1);
  });

  it('writes nothing under a lease that was stolen, and does not begin the work', async () => {
    const linkId = await newLink(storeOf());
    const lost = await takeLease(storeOf(), linkId, 'a', 1);
    await stealLease(storeOf(), linkId, 'b');
    let began = false;
    const work = storeOf().transaction(lost, () => {
      began = true;
      return Promise.resolve();
    });
    await expect(work).rejects.toThrow(LeaseLostError);
    expect(began).toBe(false);
  });

  it('writes nothing under a lease that expires while the work is going on', async () => {
    const linkId = await newLink(storeOf());
    const fence = await takeLease(storeOf(), linkId, 'a', 250);
    const pair = newPair(linkId);
    const work = storeOf().transaction(fence, async (tx) => {
      await tx.insertPairs([pair]);
      await sleep(300);
    });
    await expect(work).rejects.toThrow(LeaseLostError);
    expect(await storeOf().pairsById([pair.id])).toStrictEqual([]);
  });

  it('writes nothing under a fence of a link that nobody leased', async () => {
    const linkId = await newLink(storeOf());
    const made = { linkId, holder: 'a', fence: 1, expiresAt: Number.MAX_SAFE_INTEGER };
    await expect(storeOf().transaction(made, () => Promise.resolve())).rejects.toThrow(LeaseLostError);
  });

  it('writes nothing when the work fails, and passes the failure on', async () => {
    const linkId = await newLink(storeOf());
    const pair = await insertPair(storeOf(), linkId);
    const fault = new Error('the work failed');
    const work = storeOf().transaction(null, async (tx) => {
      await tx.updatePairs([{ id: pair.id, version: 1, status: 'live' }]);
      throw fault;
    });
    await expect(work).rejects.toBe(fault);
    expect((await storeOf().pairsById([pair.id]))[0]?.version).toBe(1);
  });
}
