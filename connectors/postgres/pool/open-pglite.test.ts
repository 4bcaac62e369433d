import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPgPool } from './create-pg-pool.ts';
import { openPglite } from './open-pglite.ts';
import { PgSqlPool } from './pg-sql-pool.ts';
import { PgliteThread } from './pglite-thread.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bridge-pglite-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Last number that the killed process had been told was written. */
async function killWhileWriting(dataDir: string, afterRows: number): Promise<number> {
  const script = fileURLToPath(new URL('./testing/write-until-killed.ts', import.meta.url));
  const child = spawn(process.execPath, [script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let acknowledged = 0;
  let lines = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged = Number(line);
    lines += 1;
    if (lines === afterRows) child.kill('SIGKILL');
  }
  await exited;
  return acknowledged;
}

describe('openPglite', () => {
  it('keeps what was committed from one opening to the next', async () => {
    const dataDir = join(folder, 'deep', 'database');
    const first = await openPglite({ dataDir });
    await first.query('CREATE TABLE kept (v text)');
    await first.query(`INSERT INTO kept VALUES ('Sổ tay đảng viên')`);
    await first.close();
    const second = await openPglite({ dataDir });
    expect((await second.query('SELECT v FROM kept')).rows).toEqual([{ v: 'Sổ tay đảng viên' }]);
    await second.close();
  });

  it('loses no acknowledged row to kill -9', async () => {
    const dataDir = join(folder, 'database');
    for (const rows of [1, 200]) {
      const acknowledged = await killWhileWriting(dataDir, rows);
      const database = await openPglite({ dataDir });
      const { rows: found } = await database.query<{ last: number; count: number }>(
        'SELECT max(n) AS last, count(*) AS count FROM written',
      );
      expect(found[0]?.last).toBeGreaterThanOrEqual(acknowledged);
      expect(found[0]?.count).toBe(found[0]?.last);
      await database.close();
    }
  }, 180_000);

  it('says why it cannot open', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'not a directory');
    await expect(openPglite({ dataDir: join(file, 'below') })).rejects.toThrow('ENOTDIR');
  });

  it('closes although a client is still held', async () => {
    const database = await openPglite({ dataDir: null });
    const client = await database.pgPool.connect();
    const lost = once(client, 'error');
    await database.close();
    await expect(lost).resolves.toMatchObject([
      { message: expect.stringContaining('it was closed') as string },
    ]);
  });
});

describe('connections that share the one session', () => {
  it('are told what cannot be shared, and go on', async () => {
    const database = await openPglite({ dataDir: null });
    const client = await database.pgPool.connect();
    await client.query('BEGIN');
    await expect(client.query({ name: 'kept', text: 'SELECT $1::int', values: [1] })).rejects.toMatchObject({
      code: '0A000',
      message: expect.stringContaining('leave "name" out of the query') as string,
    });
    const portions = { text: 'SELECT generate_series(1, 9)', values: [], rows: 2 };
    await expect(client.query(portions)).rejects.toMatchObject({ code: '0A000' });
    expect((await client.query('SELECT 1 AS a')).rows).toEqual([{ a: 1 }]);
    await expect(client.query('SELECT nothing_like_this')).rejects.toMatchObject({ code: '42703' });
    await client.query('UNLISTEN *');
    await expect(client.query('SELECT 1')).rejects.toMatchObject({ code: '25P02' });
    await client.query('ROLLBACK');
    client.release();
    expect((await database.query('SELECT 1 AS a')).rows).toEqual([{ a: 1 }]);
    await database.close();
  });
});

describe('a database thread that dies', () => {
  it('fails what runs, what waits and what comes later, each with the reason', async () => {
    const thread = await PgliteThread.start({ dataDir: null, idleInTransactionMs: 60_000 });
    const idleErrors: Error[] = [];
    const made = createPgPool(
      { max: 5, stream: () => thread.stream('public') },
      { onError: (error) => idleErrors.push(error) },
      () => Promise.resolve(),
    );
    const pool = new PgSqlPool('pglite', made);
    const idle = await made.pool.connect();
    const open = pool.transaction(async (tx) => {
      await tx.query('SELECT 1');
      const waiting = pool.query('SELECT 2');
      idle.release();
      await Promise.all([
        expect(waiting).rejects.toThrow('The embedded database is gone'),
        thread.terminate(),
      ]);
      await tx.query('SELECT 3');
    });
    await expect(open).rejects.toThrow('The embedded database is gone');
    await expect(pool.query('SELECT 4')).rejects.toThrow('The embedded database is gone');
    expect(idleErrors.map(({ message }) => message)).toEqual([
      expect.stringContaining('The embedded database is gone'),
    ]);
  });
});
