import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import * as z from 'zod';
import type { CallFaults } from '../../faults/fault-injector.ts';
import { type Caller, externalCaller } from '../auth/external-tokens.ts';
import type { ScopeCall, TokenCall } from '../rest-call.ts';
import type { RestContext } from '../rest-context.ts';
import { asRestError, badRequest, ConnectionLost, ERROR_ID, forbidden, RestError } from '../rest-error.ts';
import { cappedIdentity, type RestScope } from '../schema/rest-scope.ts';
import { type Answer, sendAnswer } from './answer.ts';
import { arrive, leave, stillUp } from './travel.ts';

export interface Parsed<Q, B> {
  readonly query: Q;
  readonly body: B;
  readonly params: Readonly<Record<string, string>>;
}

interface Plan<Q, B, C> {
  /** As the specification names it; faults and switched-off operations go by it. */
  readonly operationId: string;
  readonly method: HTTPMethods;
  /** With the mount point. */
  readonly url: string;
  readonly query?: z.ZodType<Q>;
  readonly body?: z.ZodType<B>;
  readonly work: (call: C, parsed: Parsed<Q, B>) => Answer | Promise<Answer>;
}

/** What a request without a token has. */
export interface OpenCall {
  readonly context: RestContext;
  readonly request: FastifyRequest;
}

export interface Define {
  /** Without a token. */
  open<Q = unknown, B = unknown>(plan: Plan<Q, B, OpenCall>): void;
  token<Q = unknown, B = unknown>(plan: Plan<Q, B, TokenCall>): void;
  /** With a token that lets into the scope `dataSource`. */
  scope<Q = unknown, B = unknown>(plan: Plan<Q, B, ScopeCall>): void;
}

/** Operations of one face: the order of checks is faults, token, scope, parameters, work. */
export function definer(app: FastifyInstance, context: RestContext): Define {
  let running = 0;
  const define = <Q, B, C>(
    plan: Plan<Q, B, C>,
    enter: (request: FastifyRequest, faults: CallFaults) => C,
  ): void => {
    if (context.disabledOperations.has(plan.operationId)) return;
    app.route({
      method: plan.method,
      url: plan.url,
      handler: async (request, reply) => {
        const { maxConcurrent, quirks } = context;
        if (maxConcurrent >= 0 && running >= maxConcurrent) {
          throw new RestError(quirks.overloadStatus, 'Too many concurrent requests');
        }
        running += 1;
        try {
          return await answer(context, plan, request, reply, enter);
        } catch (cause) {
          if (!(cause instanceof ConnectionLost)) throw asRestError(cause);
          return loseConnection(reply, cause);
        } finally {
          running -= 1;
        }
      },
    });
  };
  return {
    open: (plan) => define(plan, (request) => ({ context, request })),
    token: (plan) => define(plan, (request, faults) => tokenCall(context, plan.operationId, request, faults)),
    scope: (plan) =>
      define(plan, (request, faults) => scopeCall(tokenCall(context, plan.operationId, request, faults))),
  };
}

async function answer<Q, B, C>(
  context: RestContext,
  plan: Plan<Q, B, C>,
  request: FastifyRequest,
  reply: FastifyReply,
  enter: (request: FastifyRequest, faults: CallFaults) => C,
): Promise<FastifyReply> {
  const faults = context.faults.next({ method: plan.operationId, filePath: filePathOf(context, request) });
  context.followRestarts();
  const { restarts } = context.faults;
  if (faults.expired) throw new ConnectionLost(false);
  await arrive(context, faults, request.body);
  if (faults.before === 'busy') throw new RestError(503, 'Service Unavailable');
  if (faults.before !== null) throw new ConnectionLost(faults.before === 'silent');
  stillUp(context, restarts);
  const call = enter(request, faults);
  const result = await plan.work(call, {
    query: checked(plan.query, request.query, 'query'),
    body: checked(plan.body, request.body, 'body'),
    params: request.params as Readonly<Record<string, string>>,
  });
  await leave(context, faults, result);
  stillUp(context, restarts);
  if (faults.after !== null) throw new ConnectionLost(faults.after === 'silent');
  return sendAnswer(reply, result, {
    chunkLimit: faults.chunkLimit,
    pageLimit: faults.pageLimit,
    arrays: context.quirks.arrays,
    isUp: () => context.faults.restarts === restarts,
  });
}

/** The socket is closed under the client, whose library calls it a reset; `silent` leaves it open and says nothing. */
export function loseConnection(reply: FastifyReply, { silent }: ConnectionLost): FastifyReply {
  reply.hijack();
  if (!silent) reply.raw.destroy();
  return reply;
}

function checked<T>(schema: z.ZodType<T> | undefined, given: unknown, where: string): T {
  if (schema === undefined) return undefined as T;
  const result = schema.safeParse(given ?? {});
  if (!result.success) throw badRequest(`Wrong ${where}`, z.prettifyError(result.error));
  return result.data;
}

function tokenCall(
  context: RestContext,
  operationId: string,
  request: FastifyRequest,
  faults: CallFaults,
): TokenCall {
  const token = /^Bearer (.+)$/iu.exec(request.headers.authorization ?? '')?.[1];
  const caller = token === undefined ? null : callerOf(context, token);
  const identity = caller === null ? null : context.accounts.identityOf(caller.sub);
  if (token === undefined || caller === null || identity === null) {
    throw new RestError(401, 'Unauthorized', ERROR_ID.generic);
  }
  const tokenScopes = caller.scope.split(/\s+/u);
  return { context, operationId, request, faults, identity, tokenScopes, token };
}

function callerOf({ tokens, providers, domino }: RestContext, token: string): Caller | null {
  return tokens.verify(token) ?? externalCaller(token, providers, domino.now() / 1000);
}

function scopeCall(call: TokenCall): ScopeCall {
  const { context, tokenScopes } = call;
  const name = dataSourceOf(call.request);
  if (name === null) throw badRequest('dataSource is required');
  const scope = context.scopes.get(name);
  if (scope === undefined || !scope.isActive) {
    throw new RestError(404, `Scope ${name} not found`, ERROR_ID.noScope);
  }
  if (!isOpen(scope, tokenScopes)) throw forbidden(`The token does not include scope ${name}`);
  if (!context.domino.hasDatabase(scope.nsfPath)) {
    throw new RestError(404, `Database of scope ${name} not found`, ERROR_ID.noConfiguration);
  }
  const database = context.domino.openDatabase(scope.nsfPath);
  const identity = cappedIdentity(database.identityOf(call.identity), scope);
  if (identity.access === 'none') throw forbidden(`You are not allowed to access ${name}`);
  return { ...call, identity, scope, database };
}

/** `$DATA` stands for every scope whose schema does not insist on its own. */
function isOpen({ apiName, schema }: RestScope, tokenScopes: readonly string[]): boolean {
  return tokenScopes.includes(apiName) || (schema.openAccess && tokenScopes.includes('$DATA'));
}

function dataSourceOf({ query }: FastifyRequest): string | null {
  const { dataSource } = query as { readonly dataSource?: unknown };
  return typeof dataSource === 'string' ? dataSource : null;
}

function filePathOf({ scopes }: RestContext, request: FastifyRequest): string | null {
  const name = dataSourceOf(request);
  return name === null ? null : (scopes.get(name)?.nsfPath ?? null);
}
