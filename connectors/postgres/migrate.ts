import { Kysely, PostgresDialect, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { SqlPool } from './pool/sql-pool.ts';

export interface MigrateOptions {
  /** Schema that the migrations fill and that keeps the account of them; made when it is not there. */
  readonly schema: string;
  /** By name; they run in the order of their names, so names begin with a number. */
  readonly migrations: Readonly<Record<string, Migration>>;
  /** Table of the account; sets of migrations that grow independently in one schema keep one each. @default 'migration' */
  readonly table?: string;
}

const MIGRATION_TABLE = 'migration';

/** The database was written by a newer program, or not by this one at all: using it could harm it. */
export class UnknownMigrationError extends Error {
  override readonly name = 'UnknownMigrationError';
  readonly unknown: readonly string[];

  constructor(schema: string, unknown: readonly string[]) {
    super(
      `Schema "${schema}" has migrations that this program does not know (${unknown.join(', ')}): start the version that made them, or a newer one`,
    );
    this.unknown = unknown;
  }
}

/**
 * Brings a schema up to date and answers the names of the migrations that it ran, in order. All of them run in one transaction under an advisory
 * lock, so programs that start together run each once, and a failing one leaves the schema as it was. Throws
 * {@link UnknownMigrationError} before touching anything when the database is ahead.
 */
export async function migrate(
  pool: SqlPool,
  { schema, migrations, table = MIGRATION_TABLE }: MigrateOptions,
): Promise<readonly string[]> {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: pool.pgPool }) });
  await refuseUnknown(db, schema, table, migrations);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
    migrationTableSchema: schema,
    migrationTableName: table,
    migrationLockTableName: `${table}_lock`,
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const failed = results.find(({ status }) => status === 'Error');
    const reason = error instanceof Error ? error.message : 'unknown error';
    throw new Error(
      `Migration ${failed?.migrationName ?? ''} of schema "${schema}" failed and was undone: ${reason}`,
      {
        cause: error,
      },
    );
  }
  return results.map(({ migrationName }) => migrationName);
}

async function refuseUnknown(
  db: Kysely<unknown>,
  schema: string,
  account: string,
  known: MigrateOptions['migrations'],
): Promise<void> {
  const table = sql.table(`${schema}.${account}`);
  const { rows: found } = await sql<{
    there: boolean;
  }>`SELECT to_regclass(${`"${schema}"."${account}"`}) IS NOT NULL AS there`.execute(db);
  if (found[0]?.there !== true) return;
  const { rows } = await sql<{ name: string }>`SELECT name FROM ${table} ORDER BY name`.execute(db);
  const unknown = rows.map(({ name }) => name).filter((name) => !Object.hasOwn(known, name));
  if (unknown.length > 0) throw new UnknownMigrationError(schema, unknown);
}
