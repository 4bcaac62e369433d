import type pg from 'pg';
import type { SqlPool, SqlResult, SqlTx, TransactionOptions } from './sql-pool.ts';

/** {@link SqlPool} over any `pg.Pool`: one made for a server or one made for PGlite. */
export class PgSqlPool implements SqlPool {
  readonly kind: SqlPool['kind'];
  readonly pgPool: pg.Pool;
  readonly #end: () => Promise<void>;
  #closed: Promise<void> | null = null;

  constructor(
    kind: SqlPool['kind'],
    { pool, end }: { readonly pool: pg.Pool; readonly end: () => Promise<void> },
  ) {
    this.kind = kind;
    this.pgPool = pool;
    this.#end = end;
  }

  async query<R>(text: string, values: readonly unknown[] = []): Promise<SqlResult<R>> {
    return toSqlResult<R>(await this.pgPool.query(text, [...values]));
  }

  async transaction<T>(work: (tx: SqlTx) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    const client = await this.pgPool.connect();
    let lost: Error | null = null;
    const onError = (error: Error): void => {
      lost ??= error;
    };
    client.on('error', onError);
    let broken: Error | undefined;
    let open = true;
    const tx: SqlTx = {
      async query<R>(text: string, values: readonly unknown[] = []): Promise<SqlResult<R>> {
        if (!open) throw new Error('Cannot run a statement: its transaction has ended');
        try {
          return toSqlResult<R>(await client.query(text, [...values]));
        } catch (error) {
          // Why the connection broke says more than that it is broken.
          throw lost ?? error;
        }
      },
    };
    try {
      await client.query(`BEGIN ISOLATION LEVEL ${(options.isolation ?? 'read committed').toUpperCase()}`);
      const value = await work(tx);
      open = false;
      const { command } = await client.query('COMMIT');
      if (command !== 'COMMIT')
        throw new Error(
          'Transaction was rolled back: a statement in it had failed and the failure was ignored',
        );
      return value;
    } catch (error) {
      open = false;
      await client.query('ROLLBACK').catch((reason: unknown) => {
        broken = reason instanceof Error ? reason : new Error(String(reason));
      });
      throw error;
    } finally {
      client.removeListener('error', onError);
      client.release(broken);
    }
  }

  async close(): Promise<void> {
    this.#closed ??= this.#end();
    await this.#closed;
  }
}

/** pg answers several statements with a list of results. */
function toSqlResult<R>(result: pg.QueryResult | readonly pg.QueryResult[]): SqlResult<R> {
  const last = Array.isArray(result)
    ? (result.at(-1) as pg.QueryResult | undefined)
    : (result as pg.QueryResult);
  return { rows: (last?.rows ?? []) as R[], rowCount: last?.rowCount ?? 0 };
}
