import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { describeApi, serveApiDocs } from './api-docs.ts';
import { type AppDeps, DEFAULT_LIMITS, LOCAL_TOKEN_MIN } from './app-deps.ts';
import { addConsolePages } from './console-pages.ts';
import { compressAnswers } from './compress-answers.ts';
import { errorAnswer } from './error-answer.ts';
import { FrameworkLog } from './framework-log.ts';
import { guardRoutes } from './guard-routes.ts';
import { addHandbookRoutes } from './handbook/handbook-routes.ts';
import { setSafeHeaders } from './headers.ts';
import { addHealthRoutes } from './health-routes.ts';
import type { HttpApp, HttpReply, HttpRequest } from './http-app.ts';
import { readJsonBodies } from './json-body.ts';
import { addLandingPage } from './landing-page.ts';
import { addMetricsRoute, measureRequests } from './metrics-route.ts';
import { answerUnknownRoutes } from './not-found.ts';
import { addOpsRoutes } from './ops/ops-routes.ts';
import { addQueueBoard } from './queue-board.ts';
import { PROBLEMS } from './problem.ts';
import { discreetLogger, logRequests } from './request-log.ts';
import { sendProblem } from './send-problem.ts';
import { addSessionRoutes } from './session-routes.ts';
import { SessionCookies } from './sign-in/session-cookie.ts';
import { addSignInRoutes } from './sign-in/sign-in-routes.ts';

const BODY_LIMIT = 1024 * 1024;

/**
 * The HTTP application, not yet listening. `close()` aborts running operations, waits for requests that are being answered and refuses new ones.
 * Throws when the local token is too short to keep a guesser out.
 */
export function buildApp(deps: AppDeps): FastifyInstance {
  if (deps.localToken.length < LOCAL_TOKEN_MIN) {
    throw new Error(
      `The local token must have at least ${LOCAL_TOKEN_MIN} characters; generate a random one.`,
    );
  }
  const app: HttpApp = fastify({
    loggerInstance: discreetLogger(deps.logger),
    logController: new FrameworkLog(),
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: 512 },
    genReqId: () => crypto.randomUUID(),
    return503OnClosing: true,
    trustProxy: deps.web?.trustedProxies.length ? [...deps.web.trustedProxies] : false,
    frameworkErrors: (error, request, reply) => answerError(error, request, reply),
    clientErrorHandler: answerBrokenHttp,
  }).withTypeProvider<ZodTypeProvider>();

  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler<FastifyError>((error, request, reply) => answerError(error, request, reply));
  app.decorateRequest('caller', null);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  logRequests(app);
  if (deps.metrics) measureRequests(app, deps.metrics);
  setSafeHeaders(app);
  readJsonBodies(app);
  compressAnswers(app);
  app.register(rateLimit, { max: deps.limits?.perMinute ?? DEFAULT_LIMITS.perMinute, timeWindow: 60_000 });
  app.register(cookie);
  const cookies = new SessionCookies(deps.web?.publicUrl ?? null);
  describeApi(app, cookies.sessionName);
  answerUnknownRoutes(app);
  serveApiDocs(app);
  app.register(async (scope) => addQueueBoard(scope.withTypeProvider<ZodTypeProvider>(), deps, cookies));
  app.register(async (scope) =>
    addConsolePages(scope.withTypeProvider<ZodTypeProvider>(), deps.consolePages),
  );
  app.register(async (scope) => {
    const routes = scope.withTypeProvider<ZodTypeProvider>();
    guardRoutes(routes, deps, cookies);
    addLandingPage(routes);
    addHealthRoutes(routes, deps);
    if (deps.metrics) addMetricsRoute(routes, deps.metrics);
    addSessionRoutes(routes, deps, cookies);
    routes.register(async (pages) =>
      addSignInRoutes(pages.withTypeProvider<ZodTypeProvider>(), deps, cookies),
    );
    addHandbookRoutes(routes, deps);
    addOpsRoutes(routes, deps);
  });
  return app;
}

function answerError(
  error: unknown,
  request: HttpRequest & { readonly log: { error(fields: object, message: string): void } },
  reply: HttpReply,
): void {
  const { code, extras } = errorAnswer(error);
  if (PROBLEMS[code][0] >= 500) request.log.error({ err: error, problem: code }, 'request failed');
  sendProblem(request, reply, code, extras);
}

/** What is not even HTTP has no request, so its answer is written by hand. */
function answerBrokenHttp(
  error: Error & { readonly code?: string },
  socket: import('node:net').Socket,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
}
