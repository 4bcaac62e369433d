import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { readConfig } from '../../config/read-config.ts';
import type { SqlPool } from '../../connectors/postgres/pool/sql-pool.ts';
import { openPglite } from '../../connectors/postgres/pool/open-pglite.ts';
import { openPostgres } from '../../connectors/postgres/pool/open-postgres.ts';
import { compose, type ComposedBridge } from '../compose.ts';
import type { Bridge } from '../operations/bridge.ts';
import type { OperationContext } from '../operations/operation.ts';
import { Counter } from './counting.ts';
import { PhaseTimes } from './phase-times.ts';
import { createScratchDatabase } from './scratch-database.ts';

/** An embedded Domino full of invented members and an empty handbook, with everything counted. */
export interface Bench {
  readonly composed: ComposedBridge;
  readonly bridge: Bridge;
  readonly context: OperationContext;
  readonly counter: Counter;
  readonly phases: PhaseTimes;
  /** A pool for the comparison: on the same server, or on a PGlite of its own. */
  openRaw(): Promise<SqlPool>;
}

/** Runs `work` on a fresh bridge in its own directory (and, where a server is named, its own database); nothing of it stays behind. */
export async function withBench(members: number, work: (bench: Bench) => Promise<void>): Promise<void> {
  const server = [process.env['DATABASE_URL'], process.env['TEST_DATABASE_URL']].find((url) => url);
  const scratch = server === undefined ? null : await createScratchDatabase(server);
  const directory = await mkdtemp(join(tmpdir(), 'bridge-bench-'));
  try {
    const counter = new Counter();
    counter.watchSql();
    const composed = await compose({
      config: benchConfig(directory, members, scratch?.url),
      dataDir: directory,
      log: pino({ level: 'error' }),
    });
    try {
      await work(benchOf(composed, counter, () => openRaw(scratch?.url, directory)));
    } finally {
      await composed.close();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
    await scratch?.drop();
  }
}

function benchConfig(directory: string, members: number, url: string | undefined) {
  const { OUTSIDE_DATABASE_URL: _outside, DATABASE_URL: _inside, ...env } = process.env;
  return readConfig({
    env: {
      ...env,
      ...(url === undefined ? {} : { DATABASE_URL: url }),
      BRIDGE_DATA_DIR: directory,
      BRIDGE_SAMPLE_MEMBERS: String(members),
      BRIDGE_LOG_LEVEL: 'error',
    },
    cwd: process.cwd(),
  });
}

function benchOf(composed: ComposedBridge, counter: Counter, raw: Bench['openRaw']): Bench {
  const phases = new PhaseTimes();
  // Changing much at once is what is measured: the brake on updates would ask a person.
  const unbraked = { floor: Number.MAX_SAFE_INTEGER, share: 1 };
  const links = composed.bridge.links.map((link) => ({
    ...link,
    database: counter.counted(link.database),
    limits: { ...link.limits, updates: unbraked },
  }));
  return {
    composed,
    bridge: { ...composed.bridge, links },
    context: {
      by: 'bench',
      signal: new AbortController().signal,
      progress: (step) => phases.step(step),
    },
    counter,
    phases,
    openRaw: raw,
  };
}

async function openRaw(url: string | undefined, directory: string): Promise<SqlPool> {
  return url === undefined
    ? openPglite({ dataDir: join(directory, 'raw') })
    : openPostgres({ url, max: 2, applicationName: 'bridge bench' });
}
