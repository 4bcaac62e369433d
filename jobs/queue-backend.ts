import { createPostgresBackend, type PgPool, Queue, runMigrations, Worker, withBackend } from 'bullmq';
import type { Redis } from 'ioredis';
import type { AlertsJob } from './alerts.job.ts';
import type { PassJob, PassJobResult } from './pass-job.ts';
import type { RetentionJob } from './retention.job.ts';
import type { WebhookJob } from './webhook.job.ts';
import type { SampleJob } from './sample.job.ts';

/** Where BullMQ keeps its jobs: PostgreSQL by default, Redis where one is configured. */
export type QueueStore =
  | { readonly kind: 'postgres'; readonly pool: PgPool }
  | { readonly kind: 'redis'; readonly connection: Redis };

export interface QueueParts {
  readonly queue: PassQueue;
  readonly worker: (
    process: (data: unknown, progress: (done: number) => void) => Promise<PassJobResult>,
    concurrency: number,
  ) => PassWorker;
}

/** The part of BullMQ's queue that both backends share and that is used here. */
export interface PassQueue {
  upsertJobScheduler(
    id: string,
    repeat: { every: number },
    template: {
      name: string;
      data: PassJob | RetentionJob | AlertsJob | SampleJob | WebhookJob;
      opts?: object;
    },
  ): Promise<unknown>;
  removeJobScheduler(id: string): Promise<boolean>;
  getJobSchedulers(): Promise<readonly { key: string }[]>;
  add(name: string, data: PassJob | WebhookJob, options?: object): Promise<unknown>;
  getJobCounts(): Promise<Record<string, number>>;
  getJobs(types: string[], start: number, end: number): Promise<readonly KeptJob[]>;
  close(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

export interface KeptJob {
  readonly id?: string | undefined;
  readonly name: string;
  readonly data: unknown;
  readonly processedOn?: number | undefined;
  readonly finishedOn?: number | undefined;
  readonly attemptsMade: number;
  readonly failedReason?: string | undefined;
  getState(): Promise<string>;
}

export interface PassWorker {
  close(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

export const QUEUE_NAME = 'bridge-passes';

/** Prepares the backend (its own migrations included) and opens the queue. */
export async function openQueue(store: QueueStore): Promise<QueueParts> {
  if (store.kind === 'redis') {
    const connection = store.connection;
    return parts(
      () => new Queue(QUEUE_NAME, { connection }) as unknown as PassQueue,
      (processor, concurrency) => new Worker(QUEUE_NAME, processor, { connection, concurrency }),
    );
  }
  const client = await store.pool.connect();
  try {
    await runMigrations(client);
  } finally {
    client.release();
  }
  const onPostgres = withBackend(createPostgresBackend);
  const connection = store.pool;
  return parts(
    () => new onPostgres.Queue(QUEUE_NAME, { connection }) as unknown as PassQueue,
    (processor, concurrency) => new onPostgres.Worker(QUEUE_NAME, processor, { connection, concurrency }),
  );
}

type Processor = (job: {
  data: unknown;
  updateProgress(progress: number): Promise<void>;
}) => Promise<PassJobResult>;

function parts(
  makeQueue: () => PassQueue,
  makeWorker: (processor: Processor, concurrency: number) => PassWorker,
): QueueParts {
  return {
    queue: makeQueue(),
    worker: (process, concurrency) =>
      makeWorker((job) => {
        let last = 0;
        return process(job.data, (done) => {
          // Progress is for people: twice a second is more than anybody reads.
          if (Date.now() - last < 500) return;
          last = Date.now();
          job.updateProgress(done).catch(() => undefined);
        });
      }, concurrency),
  };
}
