import { setTimeout as sleep } from 'node:timers/promises';
import { fastifySSE } from '@fastify/sse';
import { z } from 'zod';
import { INSIDE } from '../access.ts';
import { problemAnswers } from '../answers.ts';
import type { AppDeps } from '../app-deps.ts';
import { streamed } from '../binary-schema.ts';
import { insideAccount } from '../caller.ts';
import { errorAnswer } from '../error-answer.ts';
import type { HttpApp } from '../http-app.ts';
import { text } from '../text-schema.ts';
import { OverviewFeed } from './overview-feed.ts';
import { formSchema, overviewSchema, seriesSchema } from './watch-schema.ts';

const LOOK_EVERY_MS = 2_000;
/** The client comes back and proves anew who it is. */
const MOST_MS = 10 * 60_000;
const HOUR_MS = 3_600_000;

/** Must be registered in a scope that closes with the application. */
export async function addOverviewRoutes(app: HttpApp, deps: AppDeps): Promise<void> {
  await app.register(fastifySSE, { heartbeatInterval: 20_000 });
  const feed = new OverviewFeed(deps);
  const open = new Set<AbortController>();
  app.addHook('preClose', async () => {
    for (const controller of open) controller.abort();
  });

  app.get(
    '/api/ops/v1/me',
    {
      config: { access: INSIDE },
      schema: {
        tags: ['operations'],
        summary: 'Who is asking, and what decides here',
        response: {
          200: z.object({
            name: z.string(),
            role: z.string(),
            fourEyes: z.boolean(),
            forms: z.array(formSchema),
          }),
          ...problemAnswers,
        },
      },
    },
    async (request) => {
      const { name, role } = insideAccount(request);
      return { name, role, fourEyes: deps.fourEyes, forms: deps.facts.flatMap(({ forms }) => forms) };
    },
  );

  app.get(
    '/api/ops/v1/overview',
    {
      config: { access: INSIDE },
      schema: {
        tags: ['operations'],
        summary: 'Every link at a glance, and what waits for a person, most urgent first',
        response: { 200: overviewSchema, ...problemAnswers },
      },
    },
    () => feed.now(),
  );

  app.get(
    '/api/ops/v1/series',
    {
      config: { access: INSIDE },
      schema: {
        tags: ['operations'],
        summary: 'Throughput, backlog and lag over 24 hours or 30 days, of one link or of all',
        querystring: z.strictObject({
          link: text(100).optional(),
          hours: z.enum(['24', '720']).default('24'),
        }),
        response: { 200: seriesSchema, ...problemAnswers },
      },
    },
    async ({ query }) => {
      const stepSeconds = query.hours === '24' ? 300 : 7_200;
      const from = new Date(deps.clock.now() - Number(query.hours) * HOUR_MS);
      return {
        stepSeconds,
        points: await deps.watch.series({ linkId: query.link ?? null, from, stepSeconds }),
      };
    },
  );

  app.get(
    '/api/ops/v1/overview/stream',
    {
      sse: 'only',
      config: { access: INSIDE },
      schema: {
        tags: ['operations'],
        summary: 'The overview, again with each change (server-sent events)',
        description:
          'Events `overview` with the JSON of `GET /overview`. Ends with an event `problem` (its `code`) when the store fails, and after ten minutes.',
        response: {
          200: { description: 'Events', content: { 'text/event-stream': { schema: streamed } } },
          ...problemAnswers,
        },
      },
    },
    async (_request, reply) => {
      const controller = new AbortController();
      open.add(controller);
      const over = AbortSignal.any([controller.signal, AbortSignal.timeout(MOST_MS)]);
      reply.sse.onClose(() => controller.abort());
      reply.sse.keepAlive();
      reply.sse.sendHeaders();
      reply.raw.flushHeaders();
      let sent = '';
      try {
        while (!over.aborted) {
          const { at, ...rest } = overviewSchema.parse(await feed.now());
          const state = JSON.stringify(settled(rest));
          if (state !== sent) await reply.sse.send({ event: 'overview', data: { at, ...rest } });
          sent = state;
          await sleep(LOOK_EVERY_MS, undefined, { signal: over });
        }
      } catch (error) {
        if (!over.aborted) {
          // The answer has begun: what would have been a problem is the last event.
          const { code } = errorAnswer(error);
          await reply.sse.send({ event: 'problem', data: { code } }).catch(() => undefined);
        }
      } finally {
        open.delete(controller);
        reply.sse.close();
      }
    },
  );
}

/** Without what grows by itself: the page counts that on. */
function settled({ links, attention }: Omit<z.infer<typeof overviewSchema>, 'at'>): unknown {
  return [links.map(({ lagSeconds: _lag, ...link }) => link), attention];
}
