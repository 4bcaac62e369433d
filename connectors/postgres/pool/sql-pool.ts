import type pg from 'pg';

/** Anything a statement can be sent to: a pool or an open transaction. */
export interface SqlExecutor {
  /**
   * Runs one statement with `$1…` parameters; without parameters, several statements may be joined by `;` and the last one answers.
   * `rowCount` is what the server counted: rows returned or rows changed. A failing statement rejects with pg's `DatabaseError`
   * (`code`, `detail`, `constraint`, …). Objects go in as JSON, `Buffer` as bytea, arrays as PostgreSQL arrays: a JSON array must be
   * stringified by the caller.
   */
  query<R>(text: string, values?: readonly unknown[]): Promise<SqlResult<R>>;
}

export interface SqlResult<R> {
  readonly rows: R[];
  readonly rowCount: number;
}

/** One open transaction. Unusable once the work that it was given to has settled. */
export type SqlTx = SqlExecutor;

export interface TransactionOptions {
  /** @default 'read committed' */
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable';
}

/**
 * What stores use: the same on PGlite and on a server.
 *
 * Types read back: int8 → number (text beyond ±2^53), numeric → text, timestamptz → Date, date and timestamp → text, json(b) → value, bytea → Buffer,
 * arrays → arrays. No statement of ours relies on `search_path`: names are written with their schema.
 */
export interface SqlPool extends SqlExecutor {
  /**
   * Runs `work` in one transaction: committed when it resolves, rolled back when it rejects. The rejection is passed on. Never ask the pool
   * itself (instead of `tx`) and wait for the answer inside `work`: PGlite has one session, so that would wait for itself.
   */
  transaction<T>(work: (tx: SqlTx) => Promise<T>, options?: TransactionOptions): Promise<T>;

  /** The pool underneath, for Kysely and BullMQ. */
  readonly pgPool: pg.Pool;

  /** Waits for running statements, then closes; later statements are refused. May be called twice. */
  close(): Promise<void>;

  readonly kind: 'pglite' | 'postgres';
}

/** What both kinds of pool can be opened with. */
export interface PoolOptions {
  /** Schemas, comma separated, plain lower-case names. Only for libraries that write names without their schema (BullMQ). */
  readonly searchPath?: string;
  /** `ours`: as {@link SqlPool} says. `pg`: node-postgres' own parsing (int8 as text), which BullMQ is written for. @default 'ours' */
  readonly types?: 'ours' | 'pg';
  /** Channels that every connection listens on from its first moment; what comes before anybody hears it waits for the first listener. */
  readonly listen?: readonly string[];
  /** A connection was lost while nobody was using it. The next statement gets a new one, so this is for the log. */
  readonly onError?: (error: Error) => void;
  /** A transaction in which nothing happens for so long is ended by the server (SQLSTATE 25P03), on PGlite only while others wait. @default 60000 */
  readonly idleInTransactionMs?: number;
}
