import fastify from 'fastify';
import type { SqlPool } from '../../connectors/postgres/pool/sql-pool.ts';

export const barePaths = { read: '/read', search: '/search', feed: '/feed', mutate: '/mutate' } as const;

const COLUMNS = 'record_id, entity, key, state, version, fields, born_in';

interface Sample {
  readonly memberId: string;
  readonly memberKey: string;
  readonly assignments: readonly { readonly id: string; readonly version: number }[];
}

/** One statement a route, on the tables of the handbook; what it writes goes to copies of them. Nothing is checked. */
export async function openBare(
  pool: SqlPool,
): Promise<{ readonly origin: string; readonly sample: Sample; close(): Promise<void> }> {
  const sample = await sampleOf(pool);
  await pool.query('create table handbook.bench_record as select * from handbook.record');
  await pool.query('alter table handbook.bench_record add primary key (record_id)');
  await pool.query('create table handbook.bench_mutation (mutation_id bigint primary key, result jsonb)');
  const app = fastify();
  app.get(barePaths.read, async () => {
    const { rows } = await pool.query(
      `select ${COLUMNS} from handbook.record where record_id = $1::uuid and entity = 'member' and state = 'live'`,
      [sample.memberId],
    );
    return rows[0];
  });
  app.get(barePaths.search, async () => {
    const { rows } = await pool.query(
      `select ${COLUMNS} from handbook.record where state = 'live' and entity = 'member' and search @@ to_tsquery('simple', $1)
        order by ts_rank(search, to_tsquery('simple', $1)) desc, record_id limit 20`,
      ['nguyen:* & thi:*'],
    );
    return { records: rows };
  });
  app.get(barePaths.feed, async () => {
    const { rows } = await pool.query(
      `select ${COLUMNS} from (select record_id, xid, position from handbook.feed order by xid, position limit 100) as told
         join handbook.record using (record_id) order by xid, position`,
    );
    return { changes: rows };
  });
  let made = 0;
  app.post(barePaths.mutate, async () => {
    made += 1;
    const turn = made;
    const id = sample.assignments[turn % sample.assignments.length]?.id;
    return pool.transaction(async (tx) => {
      await tx.query('insert into handbook.bench_mutation values ($1, $2::jsonb)', [
        turn,
        '{"kind": "applied"}',
      ]);
      const { rows } = await tx.query(
        `update handbook.bench_record set fields = fields || $2::jsonb, version = version + 1 where record_id = $1::uuid returning version`,
        [id, JSON.stringify({ progress: turn % 101 })],
      );
      return rows[0];
    });
  });
  return {
    origin: await app.listen({ host: '127.0.0.1', port: 0 }),
    sample,
    async close() {
      await app.close();
      await pool.query('drop table handbook.bench_record, handbook.bench_mutation');
    },
  };
}

async function sampleOf(pool: SqlPool): Promise<Sample> {
  const members = await pool.query<{ id: string; key: string }>(
    `select record_id as id, key from handbook.record
      where entity = 'member' and state = 'live' and fields ->> 'status' = any(
        (select active_statuses from handbook.access_setting)::text[]) order by key limit 1`,
  );
  const assignments = await pool.query<{ id: string; version: number }>(
    `select record_id as id, version from handbook.record where entity = 'assignment' and state = 'live' order by record_id limit 200`,
  );
  const member = members.rows[0];
  if (member === undefined || assignments.rows.length === 0) {
    throw new Error('There is no active member or no assignment to measure with: take more --members');
  }
  return { memberId: member.id, memberKey: member.key, assignments: assignments.rows };
}
