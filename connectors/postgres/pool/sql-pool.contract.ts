import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlPool } from './sql-pool.ts';
import type { DatabaseKind, TestDatabase } from './testing/databases.ts';

/** What every {@link SqlPool} keeps to, whatever is underneath. */
export function describeSqlPool(kind: DatabaseKind): void {
  describe.skipIf(kind.skipped)(`SqlPool on ${kind.name}`, () => {
    let database: TestDatabase;
    let pool: SqlPool;
    beforeAll(async () => {
      database = await kind.open();
      pool = database.pool();
      await pool.query('CREATE TABLE thing (id int PRIMARY KEY, name text NOT NULL UNIQUE)');
    });
    afterAll(() => database.close());

    const names = async (): Promise<string[]> =>
      (await pool.query<{ name: string }>('SELECT name FROM thing ORDER BY id')).rows.map(({ name }) => name);

    it('reads every type that stores use the same way', async () => {
      const { rows } = await pool.query(
        `SELECT 42::int8 AS small, 9007199254740993::int8 AS large, ARRAY[1, NULL, 3]::int8[] AS int8s, ARRAY['a', NULL, 'b "c"'] AS texts,
                '{"a":[1,null,"ễ"]}'::jsonb AS object, '[1]'::jsonb AS list, '\\x00ff10'::bytea AS bytes, 1.50::numeric AS numeric, true AS yes,
                '2026-03-01T10:20:30.123+07'::timestamptz AS instant, '2026-03-01'::date AS day, ARRAY['2026-03-01']::date[] AS days,
                '2026-03-01T10:20:30'::timestamp AS local, NULL::text AS nothing, count(*) AS counted, 1.5::float8 AS float
           FROM generate_series(1, 3)`,
      );
      expect(rows).toEqual([
        {
          small: 42,
          large: '9007199254740993',
          int8s: [1, null, 3],
          texts: ['a', null, 'b "c"'],
          object: { a: [1, null, 'ễ'] },
          list: [1],
          bytes: Buffer.from([0, 255, 16]),
          numeric: '1.50',
          yes: true,
          instant: new Date('2026-03-01T03:20:30.123Z'),
          day: '2026-03-01',
          days: ['2026-03-01'],
          local: '2026-03-01 10:20:30',
          nothing: null,
          counted: 3,
          float: 1.5,
        },
      ]);
    });

    it('takes parameters of every type that stores use', async () => {
      const at = new Date('2026-03-01T03:20:30.123Z');
      const bytes = Buffer.alloc(70_000, 0xab);
      const { rows } = await pool.query(
        'SELECT $1::jsonb AS object, $2::bytea AS bytes, $3::timestamptz AS at, $4::text[] AS texts, $5::int8 AS number, $6::text AS nothing',
        [{ name: 'Nguyễn Văn Ẩn' }, bytes, at, ['a', 'b,"c"', null], 7, null],
      );
      expect(rows).toEqual([
        {
          object: { name: 'Nguyễn Văn Ẩn' },
          bytes,
          at,
          texts: ['a', 'b,"c"', null],
          number: 7,
          nothing: null,
        },
      ]);
    });

    it('keeps the fields of an error', async () => {
      await pool.query(`INSERT INTO thing VALUES (1, 'one')`);
      await expect(pool.query('INSERT INTO thing VALUES (2, $1)', ['one'])).rejects.toMatchObject({
        code: '23505',
        constraint: 'thing_name_key',
        table: 'thing',
        detail: 'Key (name)=(one) already exists.',
      });
      await expect(pool.query('SELECT $1::int', ['x'])).rejects.toMatchObject({ code: '22P02' });
      expect(await names()).toEqual(['one']);
    });

    it('counts rows and answers the last of several statements', async () => {
      expect((await pool.query('UPDATE thing SET name = name')).rowCount).toBe(1);
      expect((await pool.query('DELETE FROM thing WHERE id = 99')).rowCount).toBe(0);
      expect(await pool.query('SELECT 1 AS a; SELECT 2 AS b')).toEqual({ rows: [{ b: 2 }], rowCount: 1 });
    });

    it('rolls back a transaction whose work rejects, and passes the rejection on', async () => {
      const failure = new Error('no');
      await expect(
        pool.transaction(async (tx) => {
          await tx.query(`INSERT INTO thing VALUES (10, 'ten')`);
          throw failure;
        }),
      ).rejects.toBe(failure);
      expect(await names()).toEqual(['one']);
    });

    it('rejects a transaction that went on after a failed statement instead of losing it silently', async () => {
      await expect(
        pool.transaction(async (tx) => {
          await tx.query(`INSERT INTO thing VALUES (11, 'eleven')`);
          await tx.query('SELECT nothing_like_this').catch(() => undefined);
        }),
      ).rejects.toThrow('Transaction was rolled back');
      expect(await names()).toEqual(['one']);
    });

    it('refuses a statement after its transaction has ended', async () => {
      const leaked = await pool.transaction((tx) => Promise.resolve(tx));
      await expect(leaked.query('SELECT 1')).rejects.toThrow('its transaction has ended');
    });

    it('keeps transactions apart, many at once', async () => {
      await pool.query('CREATE TABLE counter (n int); INSERT INTO counter VALUES (0)');
      const seen = await Promise.all(
        Array.from({ length: 15 }, () =>
          pool.transaction(async (tx) => {
            const { rows } = await tx.query<{ n: number }>('SELECT n FROM counter FOR UPDATE');
            await tx.query('SELECT 1');
            await tx.query('UPDATE counter SET n = $1', [(rows[0]?.n ?? 0) + 1]);
            return rows[0]?.n;
          }),
        ),
      );
      expect([...seen].sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(
        Array.from({ length: 15 }, (_, index) => index),
      );
    });

    it('honours the isolation level', async () => {
      const read = (tx: Pick<SqlPool, 'query'>) => tx.query('SHOW transaction_isolation');
      expect((await pool.transaction(read)).rows).toEqual([{ transaction_isolation: 'read committed' }]);
      expect((await pool.transaction(read, { isolation: 'serializable' })).rows).toEqual([
        { transaction_isolation: 'serializable' },
      ]);
    });

    it('rolls back what a client leaves open when it is released', async () => {
      const client = await pool.pgPool.connect();
      await client.query('BEGIN');
      await client.query(`INSERT INTO thing VALUES (12, 'twelve')`);
      client.release();
      expect(await names()).toEqual(['one']);
      await pool.pgPool.query('BEGIN');
      expect(await pool.transaction((tx) => tx.query('SELECT 1 AS a'))).toEqual({
        rows: [{ a: 1 }],
        rowCount: 1,
      });
    });

    it('gives each pool its own search_path and types', async () => {
      await pool.query(
        'CREATE SCHEMA one; CREATE SCHEMA two; CREATE TABLE one.own (id int8); CREATE TABLE two.own (id int8)',
      );
      await pool.query('INSERT INTO one.own VALUES (1); INSERT INTO two.own VALUES (2)');
      const one = database.pool({ searchPath: 'one' });
      const two = database.pool({ searchPath: 'two', types: 'pg' });
      const read = (from: SqlPool) => from.query('SELECT id FROM own').then(({ rows }) => rows[0]);
      const answers = await Promise.all([read(one), read(two), read(one), read(two)]);
      expect(answers).toEqual([{ id: 1 }, { id: '2' }, { id: 1 }, { id: '2' }]);
      await expect(read(pool)).rejects.toMatchObject({ code: '42P01' });
      await one.transaction(async (tx) => {
        await tx.query('SET LOCAL search_path TO two');
        expect((await tx.query('SELECT id FROM own')).rows).toEqual([{ id: 2 }]);
      });
      expect(await Promise.all([read(one), read(two)])).toEqual([{ id: 1 }, { id: '2' }]);
      await Promise.all([one.close(), two.close()]);
    });

    it('keeps a search_path that a client has set for its own session only', async () => {
      const client = await pool.pgPool.connect();
      await client.query('CREATE SCHEMA three; CREATE TABLE three.mine (id int); SET search_path TO three');
      expect((await pool.query('SHOW search_path')).rows).not.toEqual([{ search_path: 'three' }]);
      expect((await client.query('SHOW search_path')).rows).toEqual([{ search_path: 'three' }]);
      client.release(true);
    });

    it('delivers notifications to the clients that listen, also those that came before anybody heard them', async () => {
      const early = database.pool({ listen: ['news'] });
      const client = await early.pgPool.connect();
      const deaf = await pool.pgPool.connect();
      const unheard: string[] = [];
      deaf.on('notification', ({ payload }) => unheard.push(payload ?? ''));
      await pool.query(`NOTIFY news, 'first'`);
      await client.query('SELECT 1');
      const heard: string[] = [];
      const three = new Promise<void>((resolve) => {
        client.on('notification', ({ channel, payload }) => {
          heard.push(`${channel}:${payload}`);
          if (heard.length === 3) resolve();
        });
      });
      await client.query('LISTEN "Other"');
      await pool.query(`NOTIFY news, 'second'`);
      await pool.query(`NOTIFY "Other", 'third'`);
      await three;
      expect(heard).toEqual(['news:first', 'news:second', 'Other:third']);
      await client.query('UNLISTEN *');
      await pool.query(`NOTIFY news, 'fourth'`);
      await client.query('SELECT 1');
      expect(heard).toHaveLength(3);
      expect(unheard).toEqual([]);
      client.release(true);
      deaf.release(true);
      await early.close();
    });

    it('answers results and parameters of many megabytes', async () => {
      const text = 'ễ'.repeat(2_000_000);
      const { rows } = await pool.query<{ text: string }>('SELECT $1::text AS text', [text]);
      expect(rows[0]?.text === text).toBe(true);
    });

    it('refuses statements after close', async () => {
      const other = database.pool();
      await other.query('SELECT 1');
      await other.close();
      await other.close();
      await expect(other.query('SELECT 1')).rejects.toThrow('after calling end on the pool');
      expect((await pool.query('SELECT 1 AS a')).rows).toEqual([{ a: 1 }]);
    });

    it('ends a transaction that keeps others waiting while nothing happens in it', async () => {
      const impatient = await kind.open({ idleInTransactionMs: 50 });
      const own = impatient.pool();
      const stuck = own.transaction(async (tx) => {
        await tx.query('SELECT 1');
        await own.query('SELECT 1');
        await new Promise((resolve) => setTimeout(resolve, 400));
        await tx.query('SELECT 1');
      });
      await expect(stuck).rejects.toThrow(/idle-in-transaction timeout|nothing happened in this transaction/);
      expect((await own.query('SELECT 1 AS a')).rows).toEqual([{ a: 1 }]);
      await impatient.close();
    });
  });
}
