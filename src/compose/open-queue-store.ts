import type { PgPool } from 'bullmq';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { BridgeConfig } from '../../config/bridge-schema.ts';
import type { QueueStore } from '../../jobs/queue-backend.ts';
import type { Databases } from './open-databases.ts';
import type { Releasers } from './releasers.ts';

/** Where the jobs are kept: Redis where one is configured, else beside the inside store. */
export function openQueueStore(
  config: BridgeConfig,
  databases: Databases,
  log: Logger,
  releasers: Releasers,
): QueueStore {
  const url = config.redis.url?.reveal();
  if (url !== undefined) {
    // BullMQ's workers block on the server: a command may wait as long as it takes.
    const connection = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true });
    connection.on('error', (error) => log.warn({ err: error }, 'Redis does not answer'));
    releasers.add('Redis', () => connection.quit());
    return { kind: 'redis', connection };
  }
  if (databases.queue === null) throw new Error('Neither Redis nor PostgreSQL was opened for the queue');
  // BullMQ's own type of a pool says less about its events than pg's; at run time a pg.Pool is what it is written for.
  return { kind: 'postgres', pool: databases.queue.pgPool as unknown as PgPool };
}
