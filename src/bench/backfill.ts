import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { readConfig } from '../../config/read-config.ts';
import { openPglite } from '../../connectors/postgres/pool/open-pglite.ts';
import { openPostgres } from '../../connectors/postgres/pool/open-postgres.ts';
import type { SqlPool } from '../../connectors/postgres/pool/sql-pool.ts';
import { compose } from '../compose.ts';
import { syncOnce } from '../operations/sync-once.ts';
import { verify } from '../operations/verify.ts';
import type { Fields } from '../sync/values.ts';

const RAW_BATCH = 500;

/** A rate counts only when the comparison after the run finds both sides equal. */
export async function backfill(members: number): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'bridge-bench-'));
  const config = readConfig({
    env: {
      ...process.env,
      BRIDGE_DATA_DIR: directory,
      BRIDGE_SAMPLE_MEMBERS: String(members),
      BRIDGE_LOG_LEVEL: 'error',
    },
    cwd: process.cwd(),
  });
  const url = process.env['DATABASE_URL'];
  const context = { by: 'bench', signal: new AbortController().signal, progress: () => undefined };
  const composed = await compose({ config, dataDir: directory, log: pino({ level: 'error' }) });
  const rows: { entity: string; key: string | null; fields: Fields }[] = [];
  let seconds = 0;
  try {
    const started = performance.now();
    const result = await syncOnce(composed.bridge).run({}, context);
    seconds = (performance.now() - started) / 1000;
    const checked = await verify(composed.bridge).run({}, context);
    if (!result.quiet || checked.differences.length > 0)
      throw new Error(
        `not quiet or not equal (${checked.differences.length} differences): the rate does not count`,
      );
    for (let after: string | null = null; ; ) {
      const entities = composed.bridge.links.flatMap((link) =>
        link.mappings.map((mapping) => mapping.entity),
      );
      const page = await composed.bridge.deps.handbook.list(entities, after, 500);
      if (page.length === 0) break;
      rows.push(...page.map(({ entity, key, fields }) => ({ entity, key, fields })));
      after = page.at(-1)?.recordId ?? null;
    }
    console.log(
      `bridge  ${rows.length} documents in ${seconds.toFixed(1)} s = ${(rows.length / seconds).toFixed(0)}/s end to end (${checked.compared} compared, 0 differences)`,
    );
  } finally {
    await composed.close();
  }
  const pool =
    url === undefined
      ? await openPglite({ dataDir: join(directory, 'raw') })
      : openPostgres({ url, max: 2, applicationName: 'bridge bench' });
  try {
    const raw = await rawUpsert(pool, rows);
    console.log(
      `raw     ${rows.length} rows in ${raw.toFixed(1)} s = ${(rows.length / raw).toFixed(0)}/s batched upsert into the same ${pool.kind}`,
    );
    console.log(`ratio   ${(raw / seconds).toFixed(3)}`);
  } finally {
    await pool.close();
    await rm(directory, { recursive: true, force: true });
  }
}

async function rawUpsert(
  pool: SqlPool,
  rows: readonly { entity: string; key: string | null; fields: Fields }[],
): Promise<number> {
  const table = `bench_${randomUUID().replaceAll('-', '')}`;
  await pool.query(
    `CREATE TABLE ${table} (id bigint PRIMARY KEY, entity text, key text, fields jsonb, UNIQUE (entity, key))`,
  );
  const started = performance.now();
  for (let start = 0; start < rows.length; start += RAW_BATCH) {
    const batch = rows.slice(start, start + RAW_BATCH).map((row, index) => ({ id: start + index, ...row }));
    await pool.query(
      `INSERT INTO ${table} SELECT id, entity, key, fields FROM jsonb_to_recordset($1::jsonb) AS r(id bigint, entity text, key text, fields jsonb)
       ON CONFLICT (id) DO UPDATE SET entity = excluded.entity, key = excluded.key, fields = excluded.fields`,
      [JSON.stringify(batch)],
    );
  }
  const seconds = (performance.now() - started) / 1000;
  await pool.query(`DROP TABLE ${table}`);
  return seconds;
}
