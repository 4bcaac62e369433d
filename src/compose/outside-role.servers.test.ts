import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../config/read-config.ts';
import { openPostgres } from '../../connectors/postgres/pool/open-postgres.ts';
import type { SqlPool } from '../../connectors/postgres/pool/sql-pool.ts';
import { describeWithServers } from '../testing/servers.ts';
import { openDatabases } from './open-databases.ts';
import { Releasers } from './releasers.ts';

describeWithServers('two zones out of one DATABASE_URL', ['postgres'], ({ postgres }) => {
  const name = `zones_${randomBytes(4).toString('hex')}`;
  const log = pino({ level: 'silent' });
  let root: SqlPool;
  beforeAll(async () => {
    root = openPostgres({ url: postgres, max: 1, applicationName: 'test' });
    await root.query(`create role ${name} login createrole password 'mot-mat-khau'`);
    await root.query(`create role ${name}_plain login password 'mot-mat-khau'`);
  });
  afterAll(async () => {
    for (const database of [name, `${name}_plain`])
      await root.query(`drop database if exists ${database} with (force)`);
    for (const role of [`${name}_outside`, `${name}_plain`, name])
      await root.query(`drop role if exists ${role}`);
    await root.close();
  });
  const urlOf = (role: string) => {
    const url = new URL(postgres);
    Object.assign(url, { username: role, password: 'mot-mat-khau', pathname: `/${role}` });
    return url.href;
  };
  /** Both zones as a start opens them, for the length of `work`. */
  async function opened<T>(
    env: Readonly<Record<string, string>>,
    work: (zones: { readonly inside: SqlPool; readonly outside: SqlPool }) => Promise<T>,
  ): Promise<T> {
    const releasers = new Releasers(log);
    try {
      return await work(await openDatabases(readConfig({ env, cwd: '/' }), '/nowhere', log, releasers));
    } finally {
      await releasers.close();
    }
  }
  const userOf = async (pool: SqlPool) =>
    (await pool.query<{ user: string }>(`select current_user as "user"`)).rows[0]?.user;

  it('gives the outside a role that cannot see the inside, also where one role had made both', async () => {
    const url = urlOf(name);
    await root.query(`create database ${name} owner ${name}`);
    await opened({ DATABASE_URL: url, OUTSIDE_DATABASE_URL: url }, async ({ outside }) => {
      expect(await userOf(outside)).toBe(name);
    });
    for (const start of ['first', 'second'])
      await opened({ DATABASE_URL: url }, async ({ inside, outside }) => {
        expect([await userOf(inside), await userOf(outside)], start).toEqual([name, `${name}_outside`]);
        await expect(outside.query('select * from bridge.pair')).rejects.toMatchObject({ code: '42501' });
        expect((await outside.query('select count(*) from handbook.record')).rowCount).toBe(1);
        await expect(inside.query(`set role ${name}_outside`)).rejects.toMatchObject({ code: '42501' });
      });
  });

  it('leaves one role where it may not make another', async () => {
    await root.query(`create database ${name}_plain owner ${name}_plain`);
    await opened({ DATABASE_URL: urlOf(`${name}_plain`) }, async ({ outside }) => {
      expect(await userOf(outside)).toBe(`${name}_plain`);
    });
  });
});
