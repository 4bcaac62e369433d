import type { ShownRecords } from './port.ts';
import { type SqlPool, tableName } from './sql-pool.ts';

/** {@link ShownRecords} in PostgreSQL; `schema` is the one that {@link shownRecordMigrations} ran in. */
export function createShownRecords(pool: SqlPool, schema: string): ShownRecords {
  const table = tableName(schema, 'shown_record');
  return {
    async remember(accountId, recordIds) {
      if (recordIds.length === 0) return;
      await pool.query(
        `insert into ${table} (account_id, record_id) select distinct $1::uuid, id from unnest($2::text[]) as id
         on conflict do nothing`,
        [accountId, recordIds],
      );
    },
    async among(accountId, recordIds) {
      if (recordIds.length === 0) return new Set();
      const { rows } = await pool.query<{ readonly record_id: string }>(
        `select record_id from ${table} where account_id = $1 and record_id = any($2::text[])`,
        [accountId, recordIds],
      );
      return new Set(rows.map((row) => row.record_id));
    },
  };
}
