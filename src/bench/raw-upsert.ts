import { randomUUID } from 'node:crypto';
import type { Fields } from '../sync/values.ts';
import type { Bench } from './open-bench.ts';

const BATCH = 500;

/** The same rows as one table knows them, upserted batch after batch into the same server: rows and the seconds that the statements took. */
export async function rawUpsert(bench: Bench): Promise<{
  readonly rows: number;
  readonly seconds: number;
  readonly server: string;
}> {
  const { deps, links } = bench.bridge;
  const entities = links.flatMap((link) => link.mappings.map((mapping) => mapping.entity));
  const table = `bench_${randomUUID().replaceAll('-', '')}`;
  const pool = await bench.openRaw();
  try {
    await pool.query(
      `CREATE TABLE ${table} (id bigint PRIMARY KEY, entity text, key text, fields jsonb, UNIQUE (entity, key))`,
    );
    let rows = 0;
    let milliseconds = 0;
    for (let after: string | null = null; ; ) {
      const page = await deps.handbook.list(entities, after, BATCH);
      if (page.length === 0) break;
      after = page.at(-1)?.recordId ?? null;
      const started = performance.now();
      await upsert(pool, table, rows, page);
      milliseconds += performance.now() - started;
      rows += page.length;
    }
    await pool.query(`DROP TABLE ${table}`);
    return { rows, seconds: milliseconds / 1000, server: pool.kind };
  } finally {
    await pool.close();
  }
}

async function upsert(
  pool: Awaited<ReturnType<Bench['openRaw']>>,
  table: string,
  first: number,
  page: readonly { readonly entity: string; readonly key: string | null; readonly fields: Fields }[],
): Promise<void> {
  const rows = page.map(({ entity, key, fields }, index) => ({ id: first + index, entity, key, fields }));
  await pool.query(
    `INSERT INTO ${table} SELECT id, entity, key, fields FROM jsonb_to_recordset($1::jsonb) AS r(id bigint, entity text, key text, fields jsonb)
     ON CONFLICT (id) DO UPDATE SET entity = excluded.entity, key = excluded.key, fields = excluded.fields`,
    [JSON.stringify(rows)],
  );
}
