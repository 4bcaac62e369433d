import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stealLease, takeLease } from '../contract/testing/leases.ts';
import { openTestStore, type TestStore } from '../contract/testing/open-test-store.ts';
import { insertPair, newEntry, newIntent, newLink, newPair } from '../contract/testing/samples.ts';
import { databaseKinds } from '../pool/testing/databases.ts';
import { LeaseLostError } from '../port.ts';
import { verifyJournal } from './journal-chain.ts';

describe.each(databaseKinds)('sync store under concurrency on $name', (kind) => {
  let opened: TestStore | null = null;

  function under(): TestStore {
    if (opened === null) throw new Error('The store under test did not open');
    return opened;
  }

  beforeAll(async () => {
    if (!kind.skipped) opened = await openTestStore(kind);
  });

  afterAll(async () => {
    await opened?.close();
  });

  it.skipIf(kind.skipped)('lets one of two transactions change a pair; the other misses', async () => {
    const { store } = under();
    const pair = await insertPair(store, await newLink(store));
    const first = Promise.withResolvers<void>();
    const slow = store.transaction(null, async (tx) => {
      const missed = await tx.updatePairs([{ id: pair.id, version: 1, key: 'slow' }]);
      first.resolve();
      await sleep(100);
      return missed;
    });
    await first.promise;
    const quick = store.transaction(null, (tx) =>
      tx.updatePairs([{ id: pair.id, version: 1, key: 'quick' }]),
    );
    expect(await Promise.all([slow, quick])).toStrictEqual([new Set(), new Set([pair.id])]);
    expect(await store.pairsById([pair.id])).toMatchObject([{ key: 'slow', version: 2 }]);
  });

  it.skipIf(kind.skipped)('takes crossing batches without a deadlock, one winner per pair', async () => {
    const { store } = under();
    const linkId = await newLink(store);
    const pairs = Array.from({ length: 60 }, () => newPair(linkId));
    await store.transaction(null, (tx) => tx.insertPairs(pairs));
    const batches = Array.from({ length: 8 }, (_, batch) => {
      const part = pairs.filter((_pair, place) => (place + batch) % 3 !== 0);
      return batch % 2 === 0 ? part : part.reverse();
    });
    const missed = await Promise.all(
      batches.map((batch) =>
        store.transaction(null, async (tx) => {
          const misses = await tx.updatePairs(batch.map(({ id }) => ({ id, version: 1, status: 'live' })));
          await tx.appendJournal(linkId, [newEntry(null, { values: null })]);
          return misses.size;
        }),
      ),
    );
    const applied = batches.reduce((sum, batch, place) => sum + batch.length - (missed[place] ?? 0), 0);
    expect(applied).toBe(pairs.length);
    const versions = (await store.pairsAfter(linkId, null, 100)).map((pair) => pair.version);
    expect(new Set(versions)).toStrictEqual(new Set([2]));
    expect(verifyJournal(await store.journal(linkId, 0, 100))).toMatchObject({
      intact: true,
      head: { sequence: 8 },
    });
  });

  it.skipIf(kind.skipped)('binds a note once when two insert it at the same time', async () => {
    const { store } = under();
    const linkId = await newLink(store);
    const notes = Array.from({ length: 40 }, () => newPair(linkId));
    const rivals = notes.map(({ unid }) => newPair(linkId, { unid }));
    const inserted = await Promise.all(
      [notes, rivals].map((batch) => store.transaction(null, (tx) => tx.insertPairs(batch))),
    );
    expect(inserted.reduce((sum, ids) => sum + ids.size, 0)).toBe(notes.length);
    expect(await store.pairsAfter(linkId, null, 100)).toHaveLength(notes.length);
  });

  it.skipIf(kind.skipped)(
    'makes a thief wait for the transaction that still runs under the lease',
    async () => {
      const { store } = under();
      const linkId = await newLink(store);
      const fence = await takeLease(store, linkId, 'a', 300);
      const pair = newPair(linkId);
      const events: string[] = [];
      const began = Promise.withResolvers<void>();
      const work = store
        .transaction(fence, async (tx) => {
          await tx.insertPairs([pair]);
          began.resolve();
          await sleep(500);
          // Here, not after the commit was refused: who hears of that first is a matter of two connections.
          events.push('worked');
        })
        .catch((error: unknown) => error);
      await began.promise;
      const stolen = stealLease(store, linkId, 'b').then((taken) => {
        events.push('stolen');
        return taken;
      });
      expect(await work).toBeInstanceOf(LeaseLostError);
      expect((await stolen).fence).toBeGreaterThan(fence.fence);
      expect(events).toStrictEqual(['worked', 'stolen']);
      expect(await store.pairsById([pair.id])).toStrictEqual([]);
    },
  );

  it.skipIf(kind.skipped || kind.kind !== 'postgres')(
    'keeps nothing of a transaction whose session the server ended, and goes on',
    async () => {
      const { store, pool } = under();
      const linkId = await newLink(store);
      const pair = await insertPair(store, linkId);
      await store.transaction(null, (tx) => tx.appendJournal(linkId, [newEntry(pair)]));
      const work = store.transaction(null, async (tx) => {
        await tx.updatePairs([{ id: pair.id, version: 1, status: 'live' }]);
        await tx.putIntents([newIntent(pair.id)]);
        await tx.appendJournal(linkId, [newEntry(pair)]);
        const ended = await pool.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and state = 'idle in transaction'`,
        );
        expect(ended.rowCount).toBe(1);
        await tx.putIntents([newIntent(pair.id)]);
      });
      await expect(work).rejects.toThrow(/terminat/);
      expect(await store.pairsById([pair.id])).toMatchObject([{ status: 'new', version: 1 }]);
      expect(await store.intents([pair.id])).toStrictEqual([]);
      await store.transaction(null, (tx) => tx.appendJournal(linkId, [newEntry(pair)]));
      const verdict = verifyJournal(await store.journal(linkId, 0, 9));
      expect(verdict).toMatchObject({ intact: true, head: { sequence: 2 } });
    },
  );
});
