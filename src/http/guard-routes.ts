import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Access, accessInWords, type Caller, mayCall } from './access.ts';
import { type AppDeps, DEFAULT_LIMITS } from './app-deps.ts';
import { bears, callerOf } from './bearer-token.ts';
import type { HttpApp } from './http-app.ts';
import { ProblemError } from './problem.ts';

/**
 * Lets only those in whom a route's `config.access` names. A route without one is a mistake and stops the start; its access also goes into the
 * OpenAPI page. Must come after the rate limit, so that guessing tokens is limited too.
 */
export function guardRoutes(
  app: HttpApp,
  deps: Pick<AppDeps, 'accounts' | 'localToken' | 'issuer' | 'limits' | 'metrics'>,
): void {
  const { perMinute, perAccountPerMinute } = { ...DEFAULT_LIMITS, ...deps.limits };
  const limitAccount = app.createRateLimit({
    timeWindow: 60_000,
    max: ({ caller }) => (caller?.account.role === 'app' ? perMinute : perAccountPerMinute),
    keyGenerator: ({ caller }) => `account ${caller?.account.id}`,
  });
  app.addHook('onRoute', (route) => {
    const access = route.config?.access;
    if (access === undefined)
      throw new Error(`Route ${route.url} does not say who may call it (config.access).`);
    route.schema = {
      ...route.schema,
      security: access.zone === 'open' ? [] : [{ bearer: [] }],
      description: [route.schema?.description, accessInWords(access)].filter(Boolean).join(' '),
    };
    if (access.zone === 'open') return;
    const guard = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      const scraper = access.zone === 'metrics' ? (deps.metrics?.token ?? null) : null;
      if (scraper !== null && bears(request.headers.authorization, scraper)) return;
      request.caller = await admitted(access, request, deps);
      if (request.caller.zone === 'inside') return;
      const account = await limitAccount(request);
      if (account.isAllowed || !account.isExceeded) return;
      reply.header('retry-after', account.ttlInSeconds);
      throw new ProblemError('rate-limited');
    };
    const before = route.onRequest ?? [];
    route.onRequest = [...(Array.isArray(before) ? before : [before]), guard];
  });
}

async function admitted(
  access: Access,
  request: FastifyRequest,
  deps: Pick<AppDeps, 'accounts' | 'localToken' | 'issuer'>,
): Promise<Caller> {
  const caller = await callerOf(request.headers.authorization, request.ip, deps);
  if (caller === null) throw new ProblemError('unauthenticated');
  if (!mayCall(access, caller)) throw new ProblemError('forbidden');
  return caller;
}
