import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMappings } from '../../../config/read-mappings.ts';
import { PostgresHandbook } from '../../../connectors/handbook/postgres-handbook.ts';
import { PostgresMembersHandbook } from '../../../connectors/handbook/postgres-members-handbook.ts';
import type { Handbook } from '../../../connectors/handbook/port.ts';
import type { MembersHandbook } from '../../../connectors/handbook/members-port.ts';
import { openPostgres } from '../../../connectors/postgres/pool/open-postgres.ts';
import type { SqlPool } from '../../../connectors/postgres/pool/sql-pool.ts';
import { createHttpCaller } from '../../cli/http-caller.ts';
import { entitySchemas } from '../../compose/entity-schemas.ts';
import { readRunning } from '../../data-dir/running.ts';
import { type Running, startServer } from '../testing/bridge-process.ts';
import { addressOf } from '../testing/http.ts';
import { type DominoHost, FORMS, IDENTITY, openDominoHost, REPLICA_SET } from './domino-host.ts';
import { newPostgres, newRedis, type ServerProcess } from './server-process.ts';
import type { ServerName } from './steps.ts';
import { TcpProxy } from './tcp-proxy.ts';

export const LINK = 'tac-nghiep';

/** Two PostgreSQL servers, a Redis, a Domino, the proxies before them, and the bridge as `npm start` runs it. */
export interface World {
  readonly domino: DominoHost;
  readonly proxies: Readonly<Record<ServerName, TcpProxy>>;
  readonly servers: Readonly<Record<Exclude<ServerName, 'domino'>, ServerProcess>>;
  /** Past the proxies: what the tests themselves look at. */
  readonly inside: SqlPool;
  readonly outside: SqlPool;
  readonly handbook: Handbook;
  readonly members: MembersHandbook;
  startBridge(): Promise<void>;
  /** kill -9 of the bridge, at once. */
  killBridge(): void;
  /** Asks the running bridge for an operation; throws what it answers. */
  operation(name: string, args?: Readonly<Record<string, unknown>>): Promise<unknown>;
  close(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), 'bridge-matrix-'));
  // The clusters belong to postgres, who must be able to pass through.
  chmodSync(directory, 0o711);
  const domino = await openDominoHost(directory);
  const servers = {
    inside: await newPostgres(join(directory, 'inside')),
    outside: await newPostgres(join(directory, 'outside')),
    redis: await newRedis(join(directory, 'redis')),
  };
  for (const server of Object.values(servers)) await server.start();
  const proxies = {
    inside: await TcpProxy.open(servers.inside.port),
    outside: await TcpProxy.open(servers.outside.port),
    redis: await TcpProxy.open(servers.redis.port),
    domino: await TcpProxy.open(domino.port),
  };
  const dataDir = join(directory, 'data');
  mkdirSync(dataDir, { mode: 0o700 });
  const env = {
    BRIDGE_CONFIG: writeSettings(directory, domino.password, proxies.domino.port),
    BRIDGE_DATA_DIR: dataDir,
    PORT: '0',
    DATABASE_URL: urlOf(proxies.inside.port),
    OUTSIDE_DATABASE_URL: urlOf(proxies.outside.port),
    REDIS_URL: `redis://127.0.0.1:${proxies.redis.port}`,
    BRIDGE_OPERATOR_PASSWORD: randomBytes(12).toString('base64url'),
  };
  let running: Running | null = null;
  const startBridge = async () => {
    running = startServer(env);
    await addressOf(running);
  };
  await startBridge();
  const inside = openPostgres({ url: urlOf(servers.inside.port), max: 4, applicationName: 'matrix' });
  const outside = openPostgres({ url: urlOf(servers.outside.port), max: 4, applicationName: 'matrix' });
  const mappings = readMappings(join(import.meta.dirname, '../../../config/mappings'));
  return {
    domino,
    proxies,
    servers,
    inside,
    outside,
    handbook: await PostgresHandbook.open(outside),
    members: new PostgresMembersHandbook(outside, entitySchemas(mappings)),
    startBridge,
    killBridge: () => void running?.process.kill('SIGKILL'),
    async operation(name, args = {}) {
      const { url, token } = readRunning(dataDir) ?? {};
      if (!url || !token) throw new Error('the bridge is not running');
      return createHttpCaller({ url, token }).callOperation(name, args, {
        onProgress: () => undefined,
        signal: AbortSignal.timeout(30_000),
      });
    },
    async close() {
      running?.process.kill('SIGKILL');
      await running?.ended;
      await inside.close();
      await outside.close();
      for (const proxy of Object.values(proxies)) await proxy.close();
      for (const server of Object.values(servers)) await server.kill();
      await domino.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function urlOf(port: number): string {
  return `postgres://postgres@127.0.0.1:${port}/postgres`;
}

/** One link over REST. Hundreds of edits in minutes are what the brake is for; here it would only hide what is looked for. */
function writeSettings(directory: string, password: string, dominoPort: number): string {
  const secret = join(directory, 'password');
  writeFileSync(secret, password, { mode: 0o600 });
  const brake = { floor: 100_000, share: 1 };
  const settings = {
    logLevel: 'info',
    links: [
      {
        id: LINK,
        title: { vi: 'Điều hành tác nghiệp', en: 'Operations' },
        mode: 'sync',
        database: {
          via: 'rest',
          baseUrl: `http://127.0.0.1:${dominoPort}`,
          scope: 'tacnghiep',
          filePath: 'tacnghiep.nsf',
          identity: IDENTITY,
          signIn: { kind: 'password', userName: IDENTITY, passwordFile: secret },
        },
        replicaSet: REPLICA_SET,
        mappings: FORMS,
        schedule: { pullSeconds: 5, pushSeconds: 1, sweepMinutes: 60 },
        brake: { deletes: brake, updates: brake },
      },
    ],
    embedded: null,
  };
  const file = join(directory, 'bridge.yaml');
  writeFileSync(file, JSON.stringify(settings));
  return file;
}
