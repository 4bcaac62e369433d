import { z } from 'zod';
import type { ReaderFeedPage } from '../../../connectors/handbook/readers-port.ts';
import { HANDBOOK_READERS } from '../access.ts';
import { problemAnswers } from '../answers.ts';
import type { AppDeps } from '../app-deps.ts';
import type { HttpApp } from '../http-app.ts';
import { limit, text } from '../text-schema.ts';
import { orBadCursor } from './cursor-problem.ts';
import type { FeedWatch } from './feed-watch.ts';
import { rightsOf } from './reader.ts';
import { recordAnswer, recordSchema } from './record-schema.ts';

const changeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('changed'), record: recordSchema.describe('As it is now') }),
  z.object({ kind: z.literal('removed'), recordId: z.string(), entity: z.string() }),
]);

export const feedSchema = z.object({
  epochChanged: z.boolean().describe('Drop every record and start again without `since`'),
  reason: z.enum(['restored', 'rights']).optional().describe('Only with epochChanged'),
  cursor: z.string().nullable().describe('null only with epochChanged'),
  changes: z.array(changeSchema),
  more: z.boolean(),
});

export function feedAnswer(page: ReaderFeedPage): z.infer<typeof feedSchema> {
  if (page.kind === 'resync') {
    return { epochChanged: true, reason: page.reason, cursor: null, changes: [], more: true };
  }
  return {
    epochChanged: false,
    cursor: page.cursor,
    changes: page.changes.map((change) =>
      change.kind === 'changed' ? { kind: 'changed', record: recordAnswer(change.record) } : change,
    ),
    more: page.more,
  };
}

const MOST_WAIT_S = 30;

export function addFeedRoute(app: HttpApp, deps: Pick<AppDeps, 'readers' | 'clock'>, watch: FeedWatch): void {
  const waiting = new Set<AbortController>();
  app.addHook('preClose', async () => {
    for (const controller of waiting) controller.abort();
  });

  app.get(
    '/api/handbook/v1/changes',
    {
      config: { access: HANDBOOK_READERS },
      schema: {
        tags: ['handbook'],
        summary: 'What changed since a cursor, oldest first',
        description:
          'Without `since` from the beginning. `epochChanged: true` means that the handbook was restored or that the account may see other things ' +
          'than before: drop every record and start again without `since`. Go on at once while `more`; keep `cursor` for the next time. ' +
          '`removed` is all that is told of a record that was deleted, withdrawn, or is no more for this account.',
        querystring: z.strictObject({
          since: text(4_000).optional(),
          limit: limit(500, 100),
          wait: z.coerce
            .number<string>()
            .int()
            .min(0)
            .max(MOST_WAIT_S)
            .default(0)
            .describe(
              'Seconds to wait for something to tell; then the answer has no changes and a cursor to go on with',
            ),
        }),
        response: { 200: feedSchema, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const { since = null, limit, wait } = request.query;
      const ask = async () => {
        const rights = await rightsOf(request, deps);
        return feedAnswer(await orBadCursor(deps.readers.feed(rights, since, limit)));
      };
      let turn = watch.turn;
      let answer = await ask();
      if (wait === 0) return answer;
      const controller = new AbortController();
      waiting.add(controller);
      reply.raw.once('close', () => controller.abort());
      const over = AbortSignal.any([controller.signal, AbortSignal.timeout(wait * 1_000)]);
      try {
        while (!over.aborted && answer.changes.length === 0 && !answer.epochChanged) {
          await watch.news(turn, wait * 1_000, over);
          turn = watch.turn;
          answer = await ask();
        }
      } finally {
        waiting.delete(controller);
      }
      return answer;
    },
  );
}
