import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, UnknownMigrationError } from './migrate.ts';
import type { SqlPool } from './pool/sql-pool.ts';
import { databaseKinds, type TestDatabase } from './pool/testing/databases.ts';

function creating(table: string): Migration {
  return {
    async up(db) {
      await sql`CREATE TABLE ${sql.table(table)} (id int)`.execute(db);
    },
  };
}

for (const kind of databaseKinds) {
  describe.skipIf(kind.skipped)(`migrate on ${kind.name}`, () => {
    let database: TestDatabase;
    let pool: SqlPool;
    beforeAll(async () => {
      database = await kind.open();
      pool = database.pool();
    });
    afterAll(() => database.close());

    const tables = async (schema: string): Promise<string[]> =>
      (
        await pool.query<{ name: string }>(
          `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = $1 AND table_name NOT LIKE 'migration%' ORDER BY 1`,
          [schema],
        )
      ).rows.map(({ name }) => name);

    it('runs what is missing, in order, and nothing twice', async () => {
      const first = { '001-a': creating('steps.a') };
      expect(await migrate(pool, { schema: 'steps', migrations: first })).toEqual(['001-a']);
      const both = { '002-b': creating('steps.b'), ...first };
      expect(await migrate(pool, { schema: 'steps', migrations: both })).toEqual(['002-b']);
      expect(await migrate(pool, { schema: 'steps', migrations: both })).toEqual([]);
      expect(await tables('steps')).toEqual(['a', 'b']);
    });

    it('runs each migration once however many start together', async () => {
      const migrations = { '001-a': creating('race.a'), '002-b': creating('race.b') };
      const ran = await Promise.all(
        Array.from({ length: 4 }, () => migrate(pool, { schema: 'race', migrations })),
      );
      expect(ran.flat()).toEqual(['001-a', '002-b']);
    });

    it('undoes everything when one migration fails, and says which', async () => {
      const migrations = { '001-a': creating('undone.a'), '002-again': creating('undone.a') };
      await expect(migrate(pool, { schema: 'undone', migrations })).rejects.toThrow(
        'Migration 002-again of schema "undone" failed and was undone: relation "a" already exists',
      );
      expect(await tables('undone')).toEqual([]);
    });

    it('refuses a database that a newer program has migrated', async () => {
      const older = { '001-a': creating('newer.a') };
      await migrate(pool, { schema: 'newer', migrations: { ...older, '002-b': creating('newer.b') } });
      await expect(migrate(pool, { schema: 'newer', migrations: older })).rejects.toThrow(
        UnknownMigrationError,
      );
      await expect(migrate(pool, { schema: 'newer', migrations: older })).rejects.toThrow('002-b');
    });
  });
}
