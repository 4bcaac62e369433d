import { mkdirSync } from 'node:fs';
import { checkSearchPath, createPgPool } from './create-pg-pool.ts';
import { PgSqlPool } from './pg-sql-pool.ts';
import { PgliteThread } from './pglite-thread.ts';
import type { PoolOptions, SqlPool } from './sql-pool.ts';

export interface PgliteOptions extends PoolOptions {
  /**
   * Directory of the database, made when it is not there; null = in memory. The caller sees to it that no other process has it open: PGlite
   * opens a directory twice without a word and then destroys it.
   */
  readonly dataDir: string | null;
}

/** The embedded database. Its own pool is one of many that it can have. */
export interface PgliteDatabase extends SqlPool {
  /** Another pool on the same database, with its own search_path and types. Closing it leaves the others open. */
  pool(options: Omit<PoolOptions, 'idleInTransactionMs'>): SqlPool;
}

/** Connections cost no session here; this many statements or listeners can be under way or waiting in each pool. */
const CONNECTIONS = 200;

/** How long `close` waits for clients that somebody still holds, milliseconds. */
const GRACE = 5_000;

/**
 * Opens PostgreSQL inside this process (PGlite in a thread of its own) behind real `pg.Pool`s: pg talks its protocol to the thread instead of
 * a socket, so types, errors and notifications are the very same as with a server. A directory whose process was killed opens again with
 * everything that was acknowledged; after a power failure the last moments may be missing, since PGlite does not fsync.
 */
export async function openPglite(options: PgliteOptions): Promise<PgliteDatabase> {
  if (options.dataDir !== null) mkdirSync(options.dataDir, { recursive: true });
  const thread = await PgliteThread.start({
    dataDir: options.dataDir,
    idleInTransactionMs: options.idleInTransactionMs ?? 60_000,
  });
  const pools: SqlPool[] = [];

  function open(poolOptions: PoolOptions): SqlPool {
    const searchPath = checkSearchPath(poolOptions.searchPath ?? 'public');
    const config = { max: CONNECTIONS, keepAlive: true, ssl: false, stream: () => thread.stream(searchPath) };
    const pool = new PgSqlPool(
      'pglite',
      createPgPool(config, poolOptions, () => Promise.resolve()),
    );
    pools.push(pool);
    return pool;
  }

  const main = open(options);
  async function close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, GRACE);
    });
    await Promise.race([Promise.all(pools.map((pool) => pool.close())), grace]);
    clearTimeout(timer);
    await thread.stop();
  }
  let closing: Promise<void> | null = null;

  return {
    kind: 'pglite',
    pgPool: main.pgPool,
    query: (text, values) => main.query(text, values),
    transaction: (work, transactionOptions) => main.transaction(work, transactionOptions),
    pool: open,
    close() {
      closing ??= close();
      return closing;
    },
  };
}
