import { DominoError } from '../port.ts';
import { dominoErrorOf } from '../wire/failure.ts';
import { classify } from './errors.ts';
import { DEFAULT_LIMITS, type ProtonLimits } from './limits.ts';
import { asDominoDb, loadDominoDb } from './load-module.ts';
import type { DominoDbDatabase, DominoDbServer, ProtonCredentials } from './module-api.ts';
import { type Clock, type SendWire, createServerGuard } from '../wire/server-guard.ts';

export interface ProtonServerOptions {
  readonly hostName: string;
  /** 3002 by custom; Proton has no fixed default. */
  readonly port: number | string;
  /** TLS. Without it Proton serves Anonymous only. */
  readonly secure: boolean;
  /** PEM contents; required when `secure`. */
  readonly credentials?: ProtonCredentials;
  /** Package name or absolute path of HCL's module; default `@domino/domino-db`. */
  readonly module?: string;
  /** Gives the module itself, e.g. the embedded Domino's face; wins over `module`. */
  readonly loadModule?: () => Promise<unknown>;
  readonly limits?: Partial<ProtonLimits>;
  /** Only for the times in messages. Default: the system clock. */
  readonly clock?: Clock;
}

/** One Proton task. Databases opened on the same server share its concurrency limit and its circuit. */
export interface ProtonServer {
  /** `host:port`. */
  readonly name: string;
  readonly limits: ProtonLimits;
  readonly send: SendWire;
  useDatabase(filePath: string): Promise<DominoDbDatabase>;
}

/**
 * Loads the module and describes the server to it; makes no request. Throws `module-missing`, or `bad-request` when the module does not
 * accept the configuration.
 */
export async function openProtonServer(options: ProtonServerOptions): Promise<ProtonServer> {
  const { hostName, secure, credentials, loadModule } = options;
  const port = String(options.port);
  const name = `${hostName}:${port}`;
  if (secure && credentials === undefined)
    throw new DominoError(
      'bad-request',
      `Cannot use ${name}: TLS needs rootCertificate, clientCertificate and clientKey`,
    );
  const module =
    loadModule === undefined
      ? await loadDominoDb(options.module)
      : asDominoDb(await loadModule(), options.module ?? 'the given module');
  const server = await accepted(`Configuration of ${name}`, () =>
    module.useServer({
      hostName,
      connection: { port, secure },
      ...(credentials === undefined ? {} : { credentials }),
    }),
  );
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  return {
    name,
    limits,
    send: createServerGuard(name, limits, options.clock ?? { now: Date.now }, classify),
    useDatabase: (filePath) => useDatabase(server, name, filePath),
  };
}

async function useDatabase(
  server: DominoDbServer,
  name: string,
  filePath: string,
): Promise<DominoDbDatabase> {
  return accepted(`Opening of "${filePath}" on ${name}`, () => server.useDatabase({ filePath }));
}

async function accepted<T>(action: string, ask: () => PromiseLike<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    throw dominoErrorOf(classify(cause, 'query'), 'query', action);
  }
}
