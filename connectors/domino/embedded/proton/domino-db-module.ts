import * as z from 'zod';
import type { EmbeddedDomino } from '../engine/embedded-domino.ts';
import type { NotesIdentity } from '../engine/identity.ts';
import { seededRandom } from '../engine/seeded-random.ts';
import { FaultInjector } from '../faults/fault-injector.ts';
import { badRequest } from './domino-db-error.ts';
import { delayFor } from './proton-host.ts';
import type { ProtonServer } from './proton-api.ts';
import { createServerFace } from './proton-server.ts';
import { QueryResults } from './query-results.ts';
import { HARSH_QUIRKS, type ProtonQuirks } from './quirks.ts';

export interface DominoDbModuleOptions {
  readonly domino: EmbeddedDomino;
  /** Who the bridge is, or how to tell from the configuration given to `useServer`; null = refused at the first call. */
  readonly identity: NotesIdentity | ((config: ServerConfig) => NotesIdentity | null);
  /** Who an `accessToken` stands for (act-as-user); without it every token is refused. */
  readonly identityOfToken?: (accessToken: string) => NotesIdentity | null;
  readonly quirks?: Partial<ProtonQuirks>;
  readonly faults?: FaultInjector;
  /** Seed of the order in which results come. */
  readonly seed?: number;
  /** How time passes for scripted latency; real time unless given. */
  readonly delay?: (ms: number) => Promise<void>;
}

/** The face of `@domino/domino-db`: the module exports one function. */
export interface EmbeddedDominoDb {
  readonly useServer: (config?: unknown) => Promise<ProtonServer>;
}

const bytes = z.instanceof(Uint8Array);

const connection = z.strictObject({
  port: z
    .string()
    .regex(/^\d{1,5}$/u)
    .optional(),
  secure: z.boolean().optional(),
});

const serverConfig = z
  .strictObject({
    hostName: z.string().min(1),
    connection: connection.optional(),
    credentials: z
      .strictObject({
        rootCertificate: bytes.optional(),
        clientCertificate: bytes.optional(),
        clientKey: bytes.optional(),
        idFilePassword: z.string().optional(),
      })
      .optional(),
  })
  .superRefine((config, context) => {
    if (config.connection?.secure !== true) return;
    for (const name of ['rootCertificate', 'clientCertificate', 'clientKey'] as const) {
      if (config.credentials?.[name] === undefined) {
        context.addIssue({ code: 'custom', message: `${name} is required if TLS is enabled` });
      }
    }
  });

export type ServerConfig = z.infer<typeof serverConfig>;

function withPortText(config: unknown): unknown {
  const connection = (config as { readonly connection?: { readonly port?: unknown } } | null | undefined)
    ?.connection;
  return typeof connection?.port === 'number'
    ? { ...(config as object), connection: { ...connection, port: String(connection.port) } }
    : config;
}

/** Proton's customary port. */
const DEFAULT_PORT = '3002';

export function createDominoDbModule(options: DominoDbModuleOptions): EmbeddedDominoDb {
  const { domino } = options;
  const faults = options.faults ?? new FaultInjector({ stepClock: (ms) => domino.clock.step(ms) });
  const given = { ...HARSH_QUIRKS, ...options.quirks };
  const byDatabase = new Map<string, ProtonQuirks>();
  const shared = {
    domino,
    faults,
    quirks: domino.switches.live(given, null),
    quirksIn: (filePath: string) => {
      const quirks = byDatabase.get(filePath) ?? domino.switches.live(given, filePath);
      byDatabase.set(filePath, quirks);
      return quirks;
    },
    random: seededRandom(options.seed ?? 1),
    results: new QueryResults(),
    delay: options.delay ?? delayFor,
  };
  return Object.freeze({
    // No request goes out: a server that is down shows at the first call.
    useServer: async (given?: unknown) => {
      const result = serverConfig.safeParse(
        shared.quirks.portNumber === 'accept' ? withPortText(given) : given,
      );
      if (!result.success) throw badRequest(`useServer: ${z.prettifyError(result.error)}`);
      const config = result.data;
      const own = typeof options.identity === 'function' ? options.identity(config) : options.identity;
      const identify = (token: string | undefined): NotesIdentity | null =>
        token === undefined ? own : (options.identityOfToken?.(token) ?? null);
      return createServerFace(
        { ...shared, hostName: config.hostName, identify },
        {
          port: config.connection?.port ?? DEFAULT_PORT,
          secure: config.connection?.secure ?? false,
        },
      );
    },
  });
}
