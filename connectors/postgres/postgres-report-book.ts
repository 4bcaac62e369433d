import type { SqlPool } from './pool/sql-pool.ts';
import type { KnownReport, ReportBook } from './reports-port.ts';

export class PostgresReportBook implements ReportBook {
  readonly #pool: SqlPool;

  constructor(pool: SqlPool) {
    this.#pool = pool;
  }

  async open(linkId: string): Promise<readonly KnownReport[]> {
    const { rows } = await this.#pool.query<KnownReport>(
      `select conflict_id as "conflictId", unid from bridge.report where link_id = $1`,
      [linkId],
    );
    return rows;
  }

  async expect(linkId: string, conflictId: string): Promise<void> {
    await this.#pool.query(
      `insert into bridge.report (conflict_id, link_id) values ($1, $2) on conflict (conflict_id) do nothing`,
      [conflictId, linkId],
    );
  }

  async bind(conflictId: string, unid: string): Promise<void> {
    await this.#pool.query(`update bridge.report set unid = $2 where conflict_id = $1`, [conflictId, unid]);
  }

  async forget(conflictId: string): Promise<void> {
    await this.#pool.query(`delete from bridge.report where conflict_id = $1`, [conflictId]);
  }
}
