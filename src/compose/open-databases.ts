import { join } from 'node:path';
import type { Logger } from 'pino';
import type { BridgeConfig } from '../../config/bridge-schema.ts';
import { migrate } from '../../connectors/postgres/migrate.ts';
import { openPglite } from '../../connectors/postgres/pool/open-pglite.ts';
import { openPostgres } from '../../connectors/postgres/pool/open-postgres.ts';
import type { SqlPool } from '../../connectors/postgres/pool/sql-pool.ts';
import { MIGRATION_SETS } from './migration-sets.ts';
import { outsideRoleUrl } from './outside-role.ts';
import type { Releasers } from './releasers.ts';

export interface Databases {
  /** Schema `bridge`: zone inside. */
  readonly inside: SqlPool;
  /** Schema `handbook`: zone outside, by connections of its own wherever it lives. */
  readonly outside: SqlPool;
  /** BullMQ's own schema; null where the queue lives in Redis. */
  readonly queue: SqlPool | null;
}

const QUEUE_SCHEMA = 'bullmq';
/** Workers and listeners of BullMQ each hold a connection. */
const QUEUE_CONNECTIONS = 12;

/** By default the outside zone gets a role of its own on the server of inside. */
async function outsideOf(insideUrl: string | null, log: Logger): Promise<string | null> {
  if (insideUrl === null) return null;
  const pool = openPostgres({ url: insideUrl, max: 1, applicationName: 'bridge roles' });
  try {
    return (await outsideRoleUrl(insideUrl, pool, log)) ?? insideUrl;
  } finally {
    await pool.close();
  }
}

/** Opens and migrates both zones' stores: PGlite in the data directory, or the servers that the configuration names. */
export async function openDatabases(
  config: BridgeConfig,
  dataDir: string,
  log: Logger,
  releasers: Releasers,
): Promise<Databases> {
  const onError = (error: Error) => log.warn({ err: error }, 'a database connection was lost');
  const wantsQueue = config.redis.url === null;
  const queueOptions = {
    searchPath: QUEUE_SCHEMA,
    types: 'pg',
    listen: ['bullmq_jobs', 'bullmq_events'],
    onError,
  } as const;
  const insideUrl = config.databases.inside.url?.reveal() ?? null;
  const outsideUrl = config.databases.outside.url?.reveal() ?? (await outsideOf(insideUrl, log));

  const embedded =
    insideUrl === null || outsideUrl === null
      ? await openPglite({ dataDir: join(dataDir, 'postgres'), onError })
      : null;
  if (embedded) releasers.add('PGlite', () => embedded.close());
  const open = (url: string | null, name: string, max: number, extra: object = { onError }): SqlPool => {
    const pool =
      url === null && embedded
        ? embedded.pool({ onError, ...extra })
        : openPostgres({ url: url as string, max, applicationName: `bridge ${name}`, onError, ...extra });
    releasers.add(`${name} connections`, () => pool.close());
    return pool;
  };
  const databases: Databases = {
    inside: open(insideUrl, 'inside', 10),
    outside: open(outsideUrl, 'outside', 10),
    queue: wantsQueue ? open(insideUrl, 'queue', QUEUE_CONNECTIONS, queueOptions) : null,
  };
  for (const zone of ['inside', 'outside'] as const)
    for (const set of MIGRATION_SETS[zone]) await migrate(databases[zone], set);
  if (databases.queue) await databases.inside.query(`CREATE SCHEMA IF NOT EXISTS ${QUEUE_SCHEMA}`);
  return databases;
}
