import multipart from '@fastify/multipart';
import fastify, { type FastifyInstance } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DqlSwitches, HARSH_DQL } from '../dql/switches.ts';
import type { EmbeddedDomino } from '../engine/embedded-domino.ts';
import type { Random } from '../engine/seeded-random.ts';
import { FaultInjector } from '../faults/fault-injector.ts';
import { Accounts, type RestAccount } from './auth/accounts.ts';
import type { TrustedProvider } from './auth/external-tokens.ts';
import { answerToken, type OAuthApplication } from './auth/oauth.ts';
import { Tokens } from './auth/tokens.ts';
import { refuseOrigins } from './http/origins.ts';
import { answerErrors } from './http/error-answers.ts';
import type { RestAgent, RestContext } from './rest-context.ts';
import { HARSH_REST_QUIRKS, type RestQuirks } from './rest-quirks.ts';
import { defineAgents } from './routes/agent-operations.ts';
import { defineAttachments } from './routes/attachment-operations.ts';
import { defineAuth, defineExtend } from './routes/auth-operations.ts';
import { defineBulk } from './routes/bulk-operations.ts';
import { type Define, definer } from './routes/define-operation.ts';
import { defineDocuments } from './routes/document-operations.ts';
import { defineLists } from './routes/list-operations.ts';
import { defineQuery, defineQueryFormula } from './routes/query-operations.ts';
import { defineRichText } from './routes/rich-text-operations.ts';
import { defineServer } from './routes/server-operations.ts';
import { defineSetup } from './routes/setup-operations.ts';
import type { KeepSchema } from './schema/rest-schema.ts';
import { parseRestScope, type RestScope, type RestScopeInput } from './schema/rest-scope.ts';

export interface RestFaceOptions {
  readonly domino: EmbeddedDomino;
  readonly scopes: readonly RestScopeInput[];
  readonly accounts: readonly RestAccount[];
  readonly quirks?: Partial<RestQuirks>;
  /** Open points of DQL, its limits among them. */
  readonly dql?: Partial<DqlSwitches>;
  readonly faults?: FaultInjector;
  /** For the order of queries; `Math.random` unless given. */
  readonly random?: Random;
  readonly delay?: (ms: number) => Promise<void>;
  /** Other identity providers whose tokens are taken. */
  readonly providers?: readonly TrustedProvider[];
  readonly applications?: readonly OAuthApplication[];
  readonly agents?: Readonly<Record<string, RestAgent>>;
  /** Origins that browsers may come from; none by default. */
  readonly origins?: readonly RegExp[];
  readonly disabledOperations?: readonly string[];
  /** `JwtDuration`; 7200 by default. */
  readonly tokenSeconds?: number;
  /** `concurrentRequestMaxCount`; -1 (no limit) by default. */
  readonly maxConcurrent?: number;
  /** Bytes of a request's body, -1 = no limit; 10,000,000 as in HCL's sample configuration. */
  readonly bodyLimit?: number;
  /** Credentials of `/health`; without them there is no such address. */
  readonly health?: { readonly username: string; readonly password: string };
}

export interface RestFace {
  /** Listens nowhere yet: `listen` it, or use `inject`. */
  readonly app: FastifyInstance;
  readonly quirks: RestQuirks;
  readonly faults: FaultInjector;
  /** As after a restart of the server's task: every token is worthless, nobody is locked out. The data stay. */
  restart(): void;
}

const UNLIMITED = 2 ** 31 - 1;

/** HCL's Domino REST API on the embedded Domino. Throws for a scope that is none. The Domino belongs to whoever opened it. */
export async function createRestFace(options: RestFaceOptions): Promise<RestFace> {
  const { domino } = options;
  const now = (): number => domino.now();
  const accounts = new Accounts(options.accounts, now);
  const tokens = new Tokens({ issuer: domino.name, now, seconds: options.tokenSeconds ?? 7200 });
  const restart = (): void => {
    tokens.restart();
    accounts.forgetFailures();
  };
  const faults = options.faults ?? new FaultInjector({ stepClock: (ms) => domino.clock.step(ms) });
  let { restarts } = faults;
  const followRestarts = (): void => {
    if (faults.restarts !== restarts) restart();
    ({ restarts } = faults);
  };
  const bodyLimit = options.bodyLimit ?? 10_000_000;
  const context: RestContext = {
    domino,
    ...configuration(options.scopes.map(parseRestScope)),
    providers: options.providers ?? [],
    quirks: domino.switches.live({ ...HARSH_REST_QUIRKS, ...options.quirks }, null),
    dqlOf: dqlByDatabase(domino, options.dql),
    faults,
    random: options.random ?? Math.random,
    delay: options.delay ?? (async (ms) => sleep(ms)),
    followRestarts,
    accounts,
    tokens,
    applications: options.applications ?? [],
    agents: options.agents ?? {},
    origins: options.origins ?? [],
    disabledOperations: new Set(options.disabledOperations),
    maxConcurrent: options.maxConcurrent ?? -1,
    bodyLimit: bodyLimit < 0 ? UNLIMITED : bodyLimit,
    health: options.health ?? null,
  };
  const app = await createApp(context);
  return {
    app,
    quirks: context.quirks,
    faults: context.faults,
    restart,
  };
}

/** Partial dates find nothing on Domino 10 alone, which HCL's Domino REST API never ran on. */
function dqlByDatabase(domino: EmbeddedDomino, given: Partial<DqlSwitches> = {}): RestContext['dqlOf'] {
  const base: DqlSwitches = { ...HARSH_DQL, partialDates: 'as-documented', ...given };
  const known = new Map<string, DqlSwitches>();
  return (filePath) => {
    const switches = known.get(filePath) ?? domino.switches.live(base, filePath);
    known.set(filePath, switches);
    return switches;
  };
}

function configuration(scopes: readonly RestScope[]): Pick<RestContext, 'scopes' | 'schemas'> {
  const schemas: RestContext['schemas'] = new Map();
  for (const { apiName, nsfPath, schema } of scopes) {
    const ofFile = schemas.get(nsfPath) ?? new Map<string, KeepSchema>();
    schemas.set(nsfPath, ofFile.set(schema.schemaName ?? apiName, schema));
  }
  return { scopes: new Map(scopes.map((scope) => [scope.apiName, scope])), schemas };
}

async function createApp(context: RestContext): Promise<FastifyInstance> {
  const { bodyLimit, quirks } = context;
  const app = fastify({
    bodyLimit,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 1000 },
  });
  await app.register(multipart, { limits: { fileSize: bodyLimit, files: 100 } });
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(body))));
    },
  );
  const served = new Set<string>();
  refuseOrigins(app, context);
  answerErrors(app, quirks);
  const define = noting(definer(app, context), context, served);
  defineServer(define, () => served);
  defineAuth(define);
  if (quirks.authExtend === 'present') defineExtend(define);
  defineDocuments(define);
  defineBulk(define);
  defineQuery(define);
  if (quirks.queryFormula === 'present') defineQueryFormula(define);
  defineLists(define);
  defineAttachments(define);
  defineRichText(define);
  defineAgents(define);
  defineSetup(define);
  app.post('/oauth/token', async (request, reply) => {
    const { status, body } = answerToken(request.body, context);
    return reply.code(status).send(body);
  });
  return app;
}

/** Remembers what is defined, for the specification that the face serves. */
function noting(define: Define, { disabledOperations }: RestContext, served: Set<string>): Define {
  const note = (operationId: string): void => {
    if (!disabledOperations.has(operationId)) served.add(operationId);
  };
  return {
    open: (plan) => {
      note(plan.operationId);
      define.open(plan);
    },
    token: (plan) => {
      note(plan.operationId);
      define.token(plan);
    },
    scope: (plan) => {
      note(plan.operationId);
      define.scope(plan);
    },
  };
}
