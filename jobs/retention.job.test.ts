import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handbookMigrations } from '../connectors/handbook/migrations/handbook-migrations.ts';
import { PostgresRetention } from '../connectors/handbook/postgres-retention.ts';
import { migrate } from '../connectors/postgres/migrate.ts';
import { databaseKinds, type TestDatabase } from '../connectors/postgres/pool/testing/databases.ts';
import type { SqlPool } from '../connectors/postgres/pool/sql-pool.ts';
import { type RetentionDays, runRetentionJob } from './retention.job.ts';

const NOW = Date.UTC(2026, 0, 31);
const DAYS_OLD = [1, 9, 11, 400];
const ID = '00000000-0000-7000-8000-000000000001';
const daysAgo = (days: number) => new Date(NOW - days * 86_400_000);

for (const kind of databaseKinds) {
  describe.skipIf(kind.skipped)(`retention on ${kind.name}`, () => {
    let database: TestDatabase;
    let pool: SqlPool;
    const run = (days: Partial<RetentionDays>) =>
      runRetentionJob(
        {
          retention: new PostgresRetention(pool),
          days: { recordHistory: null, readAudit: null, mutationAnswers: null, ...days },
          clock: { now: () => NOW },
          dropExpiredSessions: async () => 3,
          uploads: { dropAbandoned: async (before) => (before === NOW - 7 * 86_400_000 ? 2 : 0) },
        },
        new AbortController().signal,
      );
    const ages = async (table: string, condition = 'true') => {
      const { rows } = await pool.query<{ at: Date }>(
        `select at from handbook.${table} where ${condition} order by at desc`,
      );
      return rows.map(({ at }) => (NOW - at.getTime()) / 86_400_000);
    };
    const VALUES = `result::text like '%bí mật%'`;

    beforeAll(async () => {
      database = await kind.open();
      pool = database.pool();
      await migrate(pool, { schema: 'handbook', migrations: handbookMigrations });
      await pool.query(
        `insert into handbook.record (record_id, entity, state, version, fields, field_versions, held, born_in)
         values ($1::uuid, 'member', 'live', 9, '{}', '{}', '{}', 'notes')`,
        [ID],
      );
      for (const [index, days] of DAYS_OLD.entries()) {
        const at = daysAgo(days);
        await pool.query(
          `insert into handbook.record_history (record_id, version, at, changes, audience) values ($1::uuid, $2, $3, '{}', '{}')`,
          [ID, index + 1, at],
        );
        await pool.query(
          `insert into handbook.read_audit (at, account_id, role, operation, record_ids) values ($1, 'a', 'app', 'get', array[$2::uuid])`,
          [at, ID],
        );
        await pool.query(
          `insert into handbook.mutation (client_id, mutation_id, account_id, kind, entity, record_id, base_version, result, at)
           values ('c', $1, 'a', 'update', 'member', $2, 1, $3::jsonb, $4)`,
          [
            `m${index}`,
            ID,
            JSON.stringify({
              kind: 'conflict',
              version: 2,
              fields: { phone: { yours: 'bí mật', current: 'x' } },
            }),
            at,
          ],
        );
      }
    });
    afterAll(() => database.close());

    it('null keeps everything; ended sessions go anyway', async () => {
      expect(await run({})).toEqual({
        recordHistory: 0,
        readAudit: 0,
        mutationAnswers: 0,
        sessions: 3,
        uploads: 2,
      });
      expect(await ages('record_history')).toEqual(DAYS_OLD);
    });

    it('each table by its own setting', async () => {
      const gone = await run({ recordHistory: 10, readAudit: 100, mutationAnswers: 5 });
      expect(gone).toMatchObject({ recordHistory: 2, readAudit: 1, mutationAnswers: 3 });
      expect(await ages('record_history')).toEqual([1, 9]);
      expect(await ages('read_audit')).toEqual([1, 9, 11]);
      expect(await ages('mutation', VALUES)).toEqual([1]);
      // Without its row a mutation that is sent again would have its effect twice.
      expect(await ages('mutation')).toEqual(DAYS_OLD);
    });

    it('a second run finds nothing, and the audit is append-only again', async () => {
      const gone = await run({ recordHistory: 10, readAudit: 100, mutationAnswers: 5 });
      expect(gone).toMatchObject({ recordHistory: 0, readAudit: 0, mutationAnswers: 0 });
      await expect(pool.query('delete from handbook.read_audit')).rejects.toThrow('append-only');
    });

    it('goes on until nothing is too old, however much it is', async () => {
      await pool.query(
        `insert into handbook.read_audit (at, account_id, role, operation, record_ids)
         select $1, 'b', 'app', 'get', array[$2::uuid] from generate_series(1, 5001)`,
        [daysAgo(200), ID],
      );
      expect(await run({ readAudit: 100 })).toMatchObject({ readAudit: 5_001 });
    });
  });
}
