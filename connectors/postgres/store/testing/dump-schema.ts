import type { SqlPool } from '../../pool/sql-pool.ts';

/** Every row of every table of the schema as JSON text, by table name. */
export async function dumpSchema(
  pool: SqlPool,
  schema: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = $1 order by 1`,
    [schema],
  );
  const dump = new Map<string, readonly string[]>();
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: string }>(
      `select row_to_json(t)::text as row from "${schema}"."${name}" t`,
    );
    dump.set(
      name,
      rows.map(({ row }) => row),
    );
  }
  return dump;
}
