import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { Queue } from 'bullmq';
import { INSIDE } from './access.ts';
import type { AppDeps } from './app-deps.ts';
import { errorAnswer } from './error-answer.ts';
import { guardRoutes } from './guard-routes.ts';
import type { HttpApp } from './http-app.ts';
import { PROBLEMS } from './problem.ts';
import type { SessionCookies } from './sign-in/session-cookie.ts';

const PREFIX = '/console/bull';

/** The board brings its own style attributes; everything else comes from this server. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

/** bull-board for the queue, behind the same sign-in, only to look: what a link needs is asked for on its own page. Must be registered in a scope of its own. */
export async function addQueueBoard(app: HttpApp, deps: AppDeps, cookies: SessionCookies): Promise<void> {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: INSIDE };
    route.schema = { ...route.schema, hide: true };
  });
  guardRoutes(app, deps, cookies);
  app.addHook('onSend', async (_request, reply, payload) => {
    reply.header('content-security-policy', POLICY);
    return payload;
  });
  const adapter = new FastifyAdapter();
  adapter.setBasePath(PREFIX);
  createBullBoard({
    queues: deps.queue === null ? [] : [new BullMQAdapter(deps.queue as Queue, { readOnlyMode: true })],
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'Cầu nối', hideRedisDetails: true } },
  });
  // Its own would answer 500 to whoever is not signed in.
  adapter.setErrorHandler((error) => {
    const [status, title] = PROBLEMS[errorAnswer(error).code];
    // The board's types know fewer states than it passes on.
    return { status: status as 500, body: { error: title } };
  });
  await app.register(adapter.registerPlugin(), { prefix: PREFIX });
}
