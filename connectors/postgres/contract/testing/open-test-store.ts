import { migrate } from '../../migrate.ts';
import { bridgeMigrations } from '../../migrations/bridge-migrations.ts';
import type { SqlPool } from '../../pool/sql-pool.ts';
import type { DatabaseKind } from '../../pool/testing/databases.ts';
import type { SyncStore } from '../../port.ts';
import { openSyncStore } from '../../store/open-sync-store.ts';

export interface TestStore {
  readonly store: SyncStore;
  readonly pool: SqlPool;
  close(): Promise<void>;
}

/** A store on an empty database of its own. */
export async function openTestStore(kind: DatabaseKind): Promise<TestStore> {
  const database = await kind.open();
  const pool = database.pool();
  await migrate(pool, { schema: 'bridge', migrations: bridgeMigrations });
  return { store: openSyncStore(pool, { now: () => new Date() }), pool, close: () => database.close() };
}
