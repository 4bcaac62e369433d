import { DominoError } from '../port.ts';
import { SERVER_LIMITS, type ServerLimits } from '../wire/limits.ts';
import { type Clock, createServerGuard } from '../wire/server-guard.ts';
import { RestClient } from './client.ts';
import { classify } from './errors.ts';
import type { HttpTransport } from './http.ts';
import { type RestSignIn, signIn } from './sign-in.ts';
import { TokenSource } from './token-source.ts';

export interface RestServerOptions {
  /** Where the API is, without `/api`: `https://domino.example:8880`. */
  readonly baseUrl: URL;
  readonly signIn: RestSignIn;
  readonly transport: HttpTransport;
  readonly limits?: Partial<ServerLimits>;
  /** After refused credentials. Default 20 min: at most three bad logins an hour, and five lock the account. */
  readonly loginPauseMs?: number;
  /** Only for the times in messages. Default: the system clock. */
  readonly clock?: Clock;
}

/** One server with one identity. Databases opened on the same server share its token, its concurrency limit and its circuit. */
export interface RestServer {
  /** `host:port`. */
  readonly name: string;
  readonly limits: ServerLimits;
  readonly hostRoot: URL;
  readonly client: RestClient;
  /** What the specification of the server offers, once a database has asked. */
  learn(operations: ReadonlySet<string>): void;
  close(): Promise<void>;
}

const LOGIN_PAUSE_MS = 20 * 60_000;

/** Makes no request. Throws `bad-request` for an address that would send the password in the clear to another machine. */
export function openRestServer(options: RestServerOptions): RestServer {
  const { baseUrl, transport } = options;
  if (baseUrl.protocol !== 'https:' && !isThisMachine(baseUrl.hostname))
    throw new DominoError(
      'bad-request',
      `Cannot use ${baseUrl.origin}: a password must not travel without TLS; use https`,
    );
  const hostRoot = new URL(baseUrl);
  const apiRoot = new URL(`${hostRoot.pathname.replace(/\/+$/, '')}/api/v1`, hostRoot);
  const limits = { ...SERVER_LIMITS, ...options.limits };
  let operations: ReadonlySet<string> = new Set();
  const tokens = new TokenSource({
    obtain: (previous) =>
      signIn(
        options.signIn,
        { transport, apiRoot, canExtend: () => operations.has('authRenewJwt') },
        previous,
      ),
    pauseMs: options.loginPauseMs ?? LOGIN_PAUSE_MS,
    now: () => performance.now(),
  });
  const send = createServerGuard(baseUrl.host, limits, options.clock ?? { now: Date.now }, classify);
  return {
    name: baseUrl.host,
    limits,
    hostRoot,
    client: new RestClient({ transport, apiRoot, tokens, send }),
    learn: (known) => {
      operations = known;
    },
    close: () => transport.close(),
  };
}

const isThisMachine = (host: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\]|embedded)$/.test(host);
