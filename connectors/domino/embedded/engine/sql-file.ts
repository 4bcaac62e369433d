import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Statements and transactions of one open file. */
export class SqlFile {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #batching = false;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /**
   * The transactions inside `work` become one, which also stays when `work` throws after some of them; only when the file cannot be written is it
   * rolled back. `work` must not wait.
   */
  batch<T>(work: () => T): T {
    if (this.#batching) return work();
    const outcome = this.transaction((): { readonly result: T } | { readonly cause: unknown } => {
      this.#batching = true;
      try {
        return { result: work() };
      } catch (cause) {
        if ((cause as { readonly code?: unknown } | null)?.code === 'ERR_SQLITE_ERROR') throw cause;
        return { cause };
      } finally {
        this.#batching = false;
      }
    });
    if ('cause' in outcome) throw outcome.cause;
    return outcome.result;
  }

  transaction<T>(work: () => T): T {
    if (this.#batching) return work();
    this.prepare('BEGIN IMMEDIATE').run();
    try {
      const result = work();
      this.prepare('COMMIT').run();
      return result;
    } catch (error) {
      this.prepare('ROLLBACK').run();
      throw error;
    }
  }

  /** Answers rows as arrays. Prepared once. */
  prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      statement.setReturnArrays(true);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
