import { createPostgresBackend, type PgPool, type PgPoolClient, runMigrations, withBackend } from 'bullmq';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlPool } from './sql-pool.ts';
import { databaseKinds, type TestDatabase } from './testing/databases.ts';

const { FlowProducer, Queue, QueueEvents, Worker } = withBackend(createPostgresBackend);

interface Closable {
  close(): Promise<unknown>;
}

/** Everything that is held open, closed after each database; a queue without an error listener would print. */
function quiet<T extends Closable & { on(event: 'error', listener: (error: Error) => void): unknown }>(
  made: T,
  errors: Error[],
  open: Closable[],
): T {
  made.on('error', (error) => errors.push(error));
  open.push(made);
  return made;
}

for (const kind of databaseKinds) {
  describe.skipIf(kind.skipped)(`BullMQ on ${kind.name}`, () => {
    let database: TestDatabase;
    // Its own type says less than pg's about `on`; at run time a `pg.Pool` is what it wants.
    let connection: PgPool;
    const errors: Error[] = [];
    const open: Closable[] = [];
    beforeAll(async () => {
      database = await kind.open();
      const pool: SqlPool = database.pool({
        searchPath: 'bullmq',
        types: 'pg',
        listen: ['bullmq_jobs', 'bullmq_events'],
      });
      connection = pool.pgPool as unknown as PgPool;
      const client: PgPoolClient = await connection.connect();
      await runMigrations(client);
      client.release();
    });
    afterAll(async () => {
      await Promise.all(open.map((each) => each.close()));
      await database.close();
      if (errors.length > 0) throw new AggregateError(errors, 'BullMQ met errors');
    });

    it('adds, processes and tells of it', async () => {
      const queue = quiet(new Queue('sums', { connection }), errors, open);
      const events = quiet(new QueueEvents('sums', { connection }), errors, open);
      await events.waitUntilReady();
      quiet(new Worker<{ x: number }>('sums', async ({ data }) => data.x * 2, { connection }), errors, open);
      const jobs = await Promise.all([1, 2, 3].map((x) => queue.add('double', { x })));
      expect(await Promise.all(jobs.map((job) => job.waitUntilFinished(events, 8_000)))).toEqual([2, 4, 6]);
    });

    it('retries with a delay and then fails', async () => {
      const queue = quiet(new Queue('failing', { connection }), errors, open);
      const worker = quiet(
        new Worker('failing', () => Promise.reject(new Error('no')), { connection }),
        errors,
        open,
      );
      const finallyFailed = new Promise<number>((resolve) => {
        worker.on('failed', (job) => {
          if (job?.attemptsMade === 3) resolve(job.attemptsMade);
        });
      });
      const job = await queue.add('fail', {}, { attempts: 3, backoff: { type: 'exponential', delay: 20 } });
      expect(await finallyFailed).toBe(3);
      expect(await job.getState()).toBe('failed');
    });

    it('keeps a schedule', async () => {
      const queue = quiet(new Queue('ticks', { connection }), errors, open);
      const threeTicks = new Promise<void>((resolve) => {
        let ticks = 0;
        const tick = async (): Promise<void> => {
          ticks += 1;
          if (ticks === 3) resolve();
        };
        quiet(new Worker('ticks', tick, { connection }), errors, open);
      });
      await queue.upsertJobScheduler('often', { every: 100 }, { name: 'tick' });
      await threeTicks;
      expect((await queue.getJobSchedulers()).map(({ key }) => key)).toEqual(['often']);
      expect(await queue.removeJobScheduler('often')).toBe(true);
    });

    it('runs a parent after its children, while transactions of ours go on beside it', async () => {
      const own = database.pool();
      await own.query('CREATE TABLE public.beside (n int)');
      quiet(new Worker<{ v: number }>('child', async ({ data }) => data.v, { connection }), errors, open);
      const sum = new Promise<number>((resolve) => {
        const add = async (job: { getChildrenValues(): Promise<Record<string, number>> }): Promise<void> =>
          resolve(Object.values(await job.getChildrenValues()).reduce((a, b) => a + b, 0));
        quiet(new Worker('parent', add, { connection }), errors, open);
      });
      const flows = quiet(new FlowProducer({ connection }), errors, open);
      await flows.add({
        name: 'sum',
        queueName: 'parent',
        children: [1, 2, 3].map((v) => ({ name: 'value', queueName: 'child', data: { v } })),
      });
      await Promise.all(
        Array.from({ length: 50 }, (_, n) =>
          own.transaction((tx) => tx.query('INSERT INTO public.beside VALUES ($1)', [n])),
        ),
      );
      expect(await sum).toBe(6);
      expect((await own.query('SELECT count(*) AS n FROM public.beside')).rows).toEqual([{ n: 50 }]);
    });
  });
}
