import type { ConnectionOptions } from 'node:tls';
import type pg from 'pg';
import { checkSearchPath, createPgPool } from './create-pg-pool.ts';
import { PgSqlPool } from './pg-sql-pool.ts';
import type { PoolOptions, SqlPool } from './sql-pool.ts';

/** The oldest server that PostgreSQL's own project still mended when this was written. */
const OLDEST_SERVER = 14;

export interface PostgresOptions extends PoolOptions {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  readonly ssl?: boolean | ConnectionOptions;
  /** Most connections at once. BullMQ holds one for each worker and each event listener, so its pool needs those and two more. */
  readonly max: number;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  /** How long to wait for a connection, milliseconds. @default 10000 */
  readonly connectTimeoutMs?: number;
}

/**
 * A pool on a PostgreSQL server. Connects on first use, so it can be opened while the server is down; every statement then fails until it
 * is back. A server older than 14 is refused on connecting.
 */
export function openPostgres(options: PostgresOptions): SqlPool {
  let checked = false;
  const config: pg.PoolConfig = {
    connectionString: options.url,
    max: options.max,
    application_name: options.applicationName,
    keepAlive: true,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 10_000,
    idle_in_transaction_session_timeout: options.idleInTransactionMs ?? 60_000,
    ...(options.ssl === undefined ? {} : { ssl: options.ssl }),
    ...(options.searchPath === undefined
      ? {}
      : { options: `-c search_path=${checkSearchPath(options.searchPath).replaceAll(' ', '')}` }),
  };
  return new PgSqlPool(
    'postgres',
    createPgPool(config, options, async (client) => {
      if (checked) return;
      const { rows } = await client.query<{ number: string; name: string }>(
        `SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS name`,
      );
      checkServerVersion(rows[0]?.number ?? '0', rows[0]?.name ?? 'unknown');
      checked = true;
    }),
  );
}

/** Throws when `server_version_num` is below the oldest supported major version. */
export function checkServerVersion(versionNumber: string, name: string): void {
  if (Math.floor(Number(versionNumber) / 10_000) >= OLDEST_SERVER) return;
  throw new Error(
    `PostgreSQL ${OLDEST_SERVER} or newer is needed, the server is ${name}: upgrade it or point the connection at another`,
  );
}
