import { randomBytes } from 'node:crypto';
import { openPglite } from '../open-pglite.ts';
import { openPostgres } from '../open-postgres.ts';
import type { PoolOptions, SqlPool } from '../sql-pool.ts';

/** An empty database for one test file. */
export interface TestDatabase {
  pool(options?: Omit<PoolOptions, 'idleInTransactionMs'>): SqlPool;
  close(): Promise<void>;
}

export interface DatabaseKind {
  /** For `describe`: says why it is skipped where it is. */
  readonly name: string;
  readonly skipped: boolean;
  readonly kind: SqlPool['kind'];
  open(options?: { readonly idleInTransactionMs?: number }): Promise<TestDatabase>;
}

const url = process.env['TEST_DATABASE_URL'];

/** PGlite always; a PostgreSQL server where `TEST_DATABASE_URL` names one whose user may create databases. */
export const databaseKinds: readonly DatabaseKind[] = [
  { name: 'PGlite', skipped: false, kind: 'pglite', open: openMemory },
  {
    name: url === undefined ? 'PostgreSQL (skipped: TEST_DATABASE_URL is not set)' : 'PostgreSQL',
    skipped: url === undefined,
    kind: 'postgres',
    open: (options) => createDatabase(url ?? '', options),
  },
];

async function openMemory(options: { readonly idleInTransactionMs?: number } = {}): Promise<TestDatabase> {
  const database = await openPglite({ dataDir: null, ...options });
  return { pool: (poolOptions = {}) => database.pool(poolOptions), close: () => database.close() };
}

async function createDatabase(
  serverUrl: string,
  options: { readonly idleInTransactionMs?: number } = {},
): Promise<TestDatabase> {
  const name = `bridge_test_${randomBytes(6).toString('hex')}`;
  const common = { max: 20, applicationName: 'bridge test' };
  const server = openPostgres({ url: serverUrl, ...common });
  await server.query(`CREATE DATABASE ${name}`);
  const own = new URL(serverUrl);
  own.pathname = `/${name}`;
  const pools: SqlPool[] = [];
  return {
    pool(poolOptions = {}) {
      const pool = openPostgres({ url: own.href, ...common, ...options, ...poolOptions });
      pools.push(pool);
      return pool;
    },
    async close() {
      await Promise.all(pools.map((pool) => pool.close()));
      await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await server.close();
    },
  };
}
