import type { AlertBook, KeptAlert } from './alerts-port.ts';
import type { SqlPool } from './pool/sql-pool.ts';

export class PostgresAlertBook implements AlertBook {
  readonly #pool: SqlPool;

  constructor(pool: SqlPool) {
    this.#pool = pool;
  }

  async all(): Promise<readonly KeptAlert[]> {
    const { rows } = await this.#pool.query<KeptAlert>(
      `select key, title, since, told from bridge.alert order by key`,
    );
    return rows;
  }

  async replace(alerts: readonly KeptAlert[]): Promise<void> {
    await this.#pool.transaction(async (tx) => {
      await tx.query(`delete from bridge.alert`);
      for (const { key, title, since, told } of alerts)
        await tx.query(`insert into bridge.alert (key, title, since, told) values ($1, $2, $3, $4)`, [
          key,
          title,
          since,
          JSON.stringify(told),
        ]);
    });
  }
}
