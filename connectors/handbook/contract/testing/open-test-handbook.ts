import { migrate } from '../../../postgres/migrate.ts';
import type { SqlPool } from '../../../postgres/pool/sql-pool.ts';
import type { DatabaseKind, TestDatabase } from '../../../postgres/pool/testing/databases.ts';
import { handbookMigrations } from '../../migrations/handbook-migrations.ts';
import { PostgresHandbook } from '../../postgres-handbook.ts';
import { PostgresMembersHandbook } from '../../postgres-members-handbook.ts';
import { type HandbookUnderTest, memberSchema, noticeSchema } from './samples.ts';

export interface TestHandbook extends HandbookUnderTest {
  readonly database: TestDatabase;
  readonly pool: SqlPool;
}

/** The PostgreSQL handbook on an empty database. */
export async function openTestHandbook(kind: DatabaseKind): Promise<TestHandbook> {
  const database = await kind.open();
  const pool = database.pool();
  await migrate(pool, { schema: 'handbook', migrations: handbookMigrations });
  return {
    database,
    pool,
    handbook: await PostgresHandbook.open(pool),
    members: new PostgresMembersHandbook(pool, [memberSchema, noticeSchema]),
    dump: () => dumpSchema(pool),
    settled: () => settled(pool),
    close: () => database.close(),
  };
}

/** Transactions of other databases on the same server count as running, too. */
async function settled(pool: SqlPool): Promise<void> {
  const { rows: now } = await pool.query<{ xid: string }>('select pg_current_xact_id()::text as xid');
  for (let past = false; !past; ) {
    const { rows } = await pool.query<{ past: boolean }>(
      'select $1::xid8 < pg_snapshot_xmin(pg_current_snapshot()) as past',
      [now[0]?.xid],
    );
    past = rows[0]?.past === true;
  }
}

/** Every row of every table as text, and every bytea also as the text that it may be. */
async function dumpSchema(pool: SqlPool): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'handbook'`,
  );
  const texts = await Promise.all(
    tables.map(({ name }) =>
      pool.query<{ text: string }>(`select row_.*::text as text from handbook.${name} as row_`),
    ),
  );
  const { rows: chunks } = await pool.query<{ text: string }>(
    `select encode(bytes, 'escape') as text from handbook.blob_chunk`,
  );
  return [...texts.flatMap(({ rows }) => rows), ...chunks].map(({ text }) => text).join('\n');
}
