import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContractSubject } from '../../contract/contract-case.ts';
import type { EmbeddedDatabase } from '../../embedded/engine/embedded-database.ts';
import { EmbeddedDomino } from '../../embedded/engine/embedded-domino.ts';
import type { AccessLevel } from '../../embedded/engine/identity.ts';
import { FaultInjector } from '../../embedded/faults/fault-injector.ts';
import { personAt } from '../../embedded/testing/person-at.ts';
import { createDominoDbModule, type EmbeddedDominoDb } from '../../embedded/proton/domino-db-module.ts';
import type { ProtonQuirks } from '../../embedded/proton/quirks.ts';
import type { ProtonLimits } from '../limits.ts';
import { type ProtonDatabase, type ProtonDatabaseOptions, openProtonDatabase } from '../proton-database.ts';

export const BRIDGE = { name: 'CN=Bridge/O=Party' } as const;
const START = Date.parse('2026-01-15T08:00:00.370Z');
export const FILE_PATH = 'party/scratch.nsf';

type AnyDatabase = Record<string, (options: Record<string, unknown>) => Promise<unknown>>;

export interface EmbeddedSubject extends ContractSubject {
  readonly database: ProtonDatabase;
  readonly domino: EmbeddedDomino;
  readonly stored: EmbeddedDatabase;
  readonly faults: FaultInjector;
}

export interface EmbeddedOptions {
  readonly quirks?: Partial<ProtonQuirks>;
  readonly limits?: Partial<ProtonLimits>;
  /** The server's time goes by as ours does, instead of standing still unless a test moves it. */
  readonly clockRuns?: boolean;
  /** Rights of the bridge. */
  readonly access?: AccessLevel;
  /** Replaces methods of the module's database, e.g. to cut an answer short. */
  readonly alter?: (face: AnyDatabase) => Partial<AnyDatabase>;
  readonly database?: Partial<Pick<ProtonDatabaseOptions, 'forms' | 'guardedWrites' | 'filePath'>>;
}

/** The connector on the embedded Domino's face of `@domino/domino-db`, with an empty database. */
export async function openEmbedded(options: EmbeddedOptions = {}): Promise<EmbeddedSubject> {
  const root = mkdtempSync(join(tmpdir(), 'proton-'));
  const domino = new EmbeddedDomino({
    root,
    timeSource: options.clockRuns === true ? Date.now : () => START,
  });
  const stored = domino.createDatabase(FILE_PATH);
  const faults = new FaultInjector({ stepClock: (ms) => domino.clock.step(ms) });
  const module = createDominoDbModule({
    domino,
    identity: { ...BRIDGE, access: options.access ?? 'editor' },
    faults,
    quirks: options.quirks ?? {},
  });
  const database = await openProtonDatabase({
    server: {
      hostName: 'embedded',
      port: 3002,
      secure: false,
      loadModule: async () => altered(module, options.alter),
      limits: { firstRetryDelayMs: 1, lastRetryDelayMs: 2, ...options.limits },
    },
    filePath: FILE_PATH,
    ...options.database,
  });
  return {
    database,
    domino,
    stored,
    faults,
    person: personAt(stored),
    advanceClock: (ms) => domino.clock.step(ms),
    close: async () => {
      await database.close();
      domino.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function altered(module: EmbeddedDominoDb, alter: EmbeddedOptions['alter']): unknown {
  if (alter === undefined) return module;
  return {
    useServer: async (config: unknown) => {
      const server = await module.useServer(config);
      return {
        useDatabase: async (options: unknown) => {
          const face = { ...(await server.useDatabase(options)) } as unknown as AnyDatabase;
          return { ...face, ...alter(face) };
        },
      };
    },
  };
}
