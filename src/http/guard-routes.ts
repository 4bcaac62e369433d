import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Access, accessInWords, type Admitted, mayCall } from './access.ts';
import { type AppDeps, DEFAULT_LIMITS } from './app-deps.ts';
import { bears, callerOf, callerOfSession } from './bearer-token.ts';
import type { HttpApp } from './http-app.ts';
import { ProblemError } from './problem.ts';
import { CSRF_HEADER, csrfMatches, isFromElsewhere } from './sign-in/csrf-token.ts';
import type { SessionCookies } from './sign-in/session-cookie.ts';

/**
 * Lets only those in whom a route's `config.access` names. A route without one is a mistake and stops the start; its access also goes into the
 * OpenAPI page. Must come after the rate limit, so that guessing tokens is limited too.
 */
export function guardRoutes(
  app: HttpApp,
  deps: Pick<AppDeps, 'accounts' | 'localToken' | 'issuer' | 'limits' | 'metrics'>,
  cookies: SessionCookies,
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
      security: access.zone === 'open' ? [] : [{ bearer: [] }, { cookie: [] }],
      description: [route.schema?.description, accessInWords(access)].filter(Boolean).join(' '),
    };
    if (access.zone === 'open') return;
    const guard = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      const scraper = access.zone === 'metrics' ? (deps.metrics?.token ?? null) : null;
      if (scraper !== null && bears(request.headers.authorization, scraper)) return;
      request.caller = await admitted(access, request, deps, cookies);
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
  cookies: SessionCookies,
): Promise<Admitted> {
  const { authorization } = request.headers;
  const cookie = authorization === undefined ? (cookies.session(request) ?? null) : null;
  const caller =
    cookie === null ? await callerOf(authorization, request.ip, deps) : await callerOfSession(cookie, deps);
  if (caller === null) throw new ProblemError('unauthenticated');
  if (cookie !== null && !isSafe(request.method)) refuseForgery(request, cookie);
  if (!mayCall(access, caller)) throw new ProblemError('forbidden');
  return { ...caller, cookie };
}

function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** A cookie comes by itself, whoever made the browser ask: what changes something must show that it comes from a page of ours. */
function refuseForgery(request: FastifyRequest, cookie: string): void {
  if (
    isFromElsewhere(request.headers['sec-fetch-site']) ||
    !csrfMatches(cookie, request.headers[CSRF_HEADER])
  )
    throw new ProblemError('csrf');
}
