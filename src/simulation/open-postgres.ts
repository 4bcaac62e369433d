import { migrate } from '../../connectors/postgres/migrate.ts';
import { bridgeMigrations } from '../../connectors/postgres/migrations/bridge-migrations.ts';
import { openPglite } from '../../connectors/postgres/pool/open-pglite.ts';
import type { SyncStore } from '../../connectors/postgres/port.ts';
import { openSyncStore } from '../../connectors/postgres/store/open-sync-store.ts';

/** PostgreSQL inside this process. */
export interface SimPostgres {
  /** A store in which there is nothing. */
  empty(now: () => Date): Promise<SyncStore>;
  close(): Promise<void>;
}

export async function openPostgres(): Promise<SimPostgres> {
  const database = await openPglite({ dataDir: null });
  const pool = database.pool({});
  await migrate(pool, { schema: 'bridge', migrations: bridgeMigrations });
  const { rows } = await pool.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'bridge' and c.relkind = 'r' and c.relname not like '%migration%' and c.relname <> 'owner'`,
  );
  const tables = rows.map(({ name }) => `bridge."${name}"`).join(', ');
  return {
    async empty(now) {
      await pool.query(`truncate ${tables} cascade`);
      return openSyncStore(pool, { now });
    },
    close: () => database.close(),
  };
}
