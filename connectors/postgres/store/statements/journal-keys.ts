import type { SqlExecutor } from '../../pool/sql-pool.ts';

export async function journalKeys(
  db: SqlExecutor,
  recordIds: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const { rows } = await db.query<{ recordId: string; key: Buffer }>(
    `select k.record_id as "recordId", k.key from bridge.journal_key k where k.record_id = any ($1::text[])`,
    [recordIds],
  );
  return new Map(rows.map((row) => [row.recordId, row.key]));
}

/** Leaves existing keys alone. `keys` are lower-case hex. */
export async function insertJournalKeys(
  db: SqlExecutor,
  recordIds: readonly string[],
  keys: readonly string[],
): Promise<void> {
  await db.query(
    `insert into bridge.journal_key (record_id, key)
     select r.record_id, decode(r.key, 'hex') from unnest($1::text[], $2::text[]) as r (record_id, key)
     order by r.record_id
     on conflict do nothing`,
    [recordIds, keys],
  );
}
