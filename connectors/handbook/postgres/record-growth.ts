import type { HandbookSql } from './handbook-sql.ts';

/** Fewer new records than this change no plan. */
const FIRST = 1_000;

/**
 * Has the planner count the records again each time that this process has doubled what it made of them. A first synchronisation fills the tables faster than
 * autovacuum looks, and until then every connection keeps the plans that it made for empty ones: the triggers would read them from end to end. Needs the
 * owner's rights; without them PostgreSQL leaves it at a warning.
 */
export class RecordGrowth {
  readonly #sql: HandbookSql;
  #made = 0;
  #next = FIRST;

  constructor(sql: HandbookSql) {
    this.#sql = sql;
  }

  async grewBy(records: number): Promise<void> {
    this.#made += records;
    if (this.#made < this.#next) return;
    this.#next = 2 * this.#made;
    await this.#sql.query('analyze handbook.record, handbook.feed');
  }
}
