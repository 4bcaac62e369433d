import { Redis } from 'ioredis';
import pg from 'pg';
import { expect, it } from 'vitest';
import { describeWithServers } from './servers.ts';

async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

describeWithServers('servers for tests', ['postgres', 'outside', 'redis'], ({ postgres, outside, redis }) => {
  it('are two PostgreSQL servers, so that nothing can cross from one zone to the other by accident', async () => {
    const sql = 'SELECT system_identifier::text AS id FROM pg_control_system()';
    const [inside, other] = [await query(postgres, sql), await query(outside, sql)];
    expect(inside).toHaveLength(1);
    expect(inside).not.toEqual(other);
  });

  it.each([
    ['inside', postgres],
    ['outside', outside],
  ])('keep Vietnamese text and let their user create databases: %s', async (_, url) => {
    expect(
      await query(url, "SELECT 'Đỗ Thị Ước' AS name, current_setting('server_encoding') AS encoding"),
    ).toEqual([{ name: 'Đỗ Thị Ước', encoding: 'UTF8' }]);
    expect(
      await query(
        url,
        'SELECT rolcreatedb AND rolcreaterole AS may FROM pg_roles WHERE rolname = current_user',
      ),
    ).toEqual([{ may: true }]);
  });

  it('have a Redis that answers', async () => {
    const client = new Redis(redis, { maxRetriesPerRequest: 1 });
    try {
      expect(await client.ping()).toBe('PONG');
    } finally {
      await client.quit();
    }
  });
});
