import { randomUUID } from 'node:crypto';
import type { Bench } from './open-bench.ts';

const BATCH = 500;
/** Where a document that crossed leaves rows, by key. */
const TABLES = {
  'bridge.pair': 'id',
  'bridge.journal': 'link_id, sequence',
  'bridge.journal_key': 'record_id',
  'handbook.record': 'record_id',
  'handbook.feed': 'record_id',
  'handbook.applied_op': 'op_id',
} as const;

/**
 * Every row that the synchronisation left behind, upserted batch after batch into tables of the same columns and indexes, without triggers: what the server alone
 * needs for what has to be kept. Rows and the seconds that the statements took.
 */
export async function rawRows(bench: Bench): Promise<{ readonly rows: number; readonly seconds: number }> {
  const pool = await bench.openRaw();
  let rows = 0;
  let milliseconds = 0;
  try {
    for (const [table, key] of Object.entries(TABLES)) {
      const copy = `bench_${randomUUID().replaceAll('-', '')}`;
      await pool.query(`CREATE TABLE ${copy} (LIKE ${table} INCLUDING ALL)`);
      for (let from = 0; ; from += BATCH) {
        const page = await pool.query<{ rows: string | null }>(
          `SELECT json_agg(r)::text AS rows FROM (SELECT * FROM ${table} ORDER BY ${key} OFFSET $1 LIMIT ${BATCH}) r`,
          [from],
        );
        const json = page.rows[0]?.rows ?? null;
        if (json === null) break;
        const started = performance.now();
        const { rowCount } = await pool.query(
          `INSERT INTO ${copy} SELECT * FROM json_populate_recordset(null::${table}, $1::json) ON CONFLICT DO NOTHING`,
          [json],
        );
        milliseconds += performance.now() - started;
        rows += rowCount;
      }
      await pool.query(`DROP TABLE ${copy}`);
    }
    return { rows, seconds: milliseconds / 1000 };
  } finally {
    await pool.close();
  }
}
