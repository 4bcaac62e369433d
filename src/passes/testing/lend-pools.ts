import { openPglite, type PgliteDatabase } from '../../../connectors/postgres/pool/open-pglite.ts';
import type { SqlPool } from '../../../connectors/postgres/pool/sql-pool.ts';

interface LentPools {
  readonly pools: { readonly inside: SqlPool; readonly outside: SqlPool };
  giveBack(): Promise<void>;
}

/** Opening PGlite takes seconds, emptying it a moment: one after another borrows the same. */
const idle: PgliteDatabase[] = [];

/** Two pools on one empty PostgreSQL in memory that nobody else uses meanwhile. */
export async function lendPools(): Promise<LentPools> {
  const database = idle.pop() ?? (await openPglite({ dataDir: null }));
  for (const schema of ['bridge', 'handbook'])
    await database.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  const pools = { inside: database.pool({}), outside: database.pool({}) };
  return {
    pools,
    async giveBack() {
      await pools.inside.close();
      await pools.outside.close();
      idle.push(database);
    },
  };
}
