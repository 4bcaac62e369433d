import { fastifySSE } from '@fastify/sse';
import { z } from 'zod';
import { HANDBOOK_READERS } from '../access.ts';
import { problemAnswers } from '../answers.ts';
import type { AppDeps } from '../app-deps.ts';
import { errorAnswer } from '../error-answer.ts';
import { streamed } from '../binary-schema.ts';
import type { HttpApp } from '../http-app.ts';
import { text } from '../text-schema.ts';
import { orBadCursor } from './cursor-problem.ts';
import { feedAnswer } from './feed-route.ts';
import type { FeedWatch } from './feed-watch.ts';
import { rightsOf } from './reader.ts';

const PAGE = 100;
/** Rights are looked at again at least this often. */
const LOOK_AGAIN_MS = 15_000;
/** The client comes back with its last cursor and proves anew who it is. */
const MOST_MS = 10 * 60_000;

/** Must be registered in a scope that closes with the application. */
export async function addStreamRoute(
  app: HttpApp,
  deps: Pick<AppDeps, 'readers' | 'clock'>,
  watch: FeedWatch,
): Promise<void> {
  await app.register(fastifySSE, { heartbeatInterval: 20_000 });
  const open = new Set<AbortController>();
  app.addHook('preClose', async () => {
    for (const controller of open) controller.abort();
  });

  app.get(
    '/api/handbook/v1/changes/stream',
    {
      sse: 'only',
      config: { access: HANDBOOK_READERS },
      schema: {
        tags: ['handbook'],
        summary: 'What changes, as it changes (server-sent events)',
        description:
          'Events `changes` with the same JSON as `GET /changes`; the cursor is the id of the event, so that `Last-Event-ID` goes on where it ended. ' +
          'The stream ends after an event with `epochChanged`, with an event `problem` (its `code`) when the person is not active any more or the store fails, and after ten minutes.',
        querystring: z.strictObject({ since: text(4_000).optional() }),
        response: {
          200: { description: 'Events', content: { 'text/event-stream': { schema: streamed } } },
          ...problemAnswers,
        },
      },
    },
    async (request, reply) => {
      const last = request.headers['last-event-id'];
      const controller = new AbortController();
      open.add(controller);
      const over = AbortSignal.any([controller.signal, AbortSignal.timeout(MOST_MS)]);
      let cursor = typeof last === 'string' && last !== '' ? last : (request.query.since ?? null);
      // The first page outside the stream: a bad cursor and an inactive person still get their problem.
      let turn = watch.turn;
      let page = feedAnswer(
        await orBadCursor(deps.readers.feed(await rightsOf(request, deps), cursor, PAGE)),
      );
      reply.sse.onClose(() => controller.abort());
      reply.sse.keepAlive();
      reply.sse.sendHeaders();
      reply.raw.flushHeaders();
      try {
        while (!over.aborted) {
          if (page.epochChanged || page.changes.length > 0 || cursor === null) {
            await reply.sse.send({ event: 'changes', id: page.cursor ?? '', data: page });
          }
          if (page.epochChanged) break;
          cursor = page.cursor;
          if (!page.more) await watch.news(turn, LOOK_AGAIN_MS, over);
          if (over.aborted) break;
          turn = watch.turn;
          page = feedAnswer(await deps.readers.feed(await rightsOf(request, deps), cursor, PAGE));
        }
      } catch (error) {
        // The answer has begun: what would have been a problem is the last event.
        const { code } = errorAnswer(error);
        await reply.sse.send({ event: 'problem', data: { code } }).catch(() => undefined);
      } finally {
        open.delete(controller);
        reply.sse.close();
      }
    },
  );
}
