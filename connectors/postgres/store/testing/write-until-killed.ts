import { newEntry, newIntent, newPair } from '../../contract/testing/samples.ts';
import { migrate } from '../../migrate.ts';
import { bridgeMigrations } from '../../migrations/bridge-migrations.ts';
import { openPglite } from '../../pool/open-pglite.ts';
import { openSyncStore } from '../open-sync-store.ts';

/** Creates one pair after the other, each in one transaction with an intent and a journal entry, and prints its id once that committed. The test kills it. */
const pool = await openPglite({ dataDir: process.argv[2] ?? '' });
await migrate(pool, { schema: 'bridge', migrations: bridgeMigrations });
const store = openSyncStore(pool, { now: () => new Date() });
await store.registerLink({ linkId: 'link', mode: 'sync', replicaSet: 'link' });
for (;;) {
  const pair = newPair('link');
  await store.transaction(null, async (tx) => {
    await tx.insertPairs([pair]);
    await tx.putIntents([newIntent(pair.id)]);
    await tx.appendJournal('link', [newEntry(pair)]);
    await tx.updatePairs([{ id: pair.id, version: 1, status: 'live' }]);
  });
  process.stdout.write(`${pair.id}\n`);
}
