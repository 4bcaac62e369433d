import { z } from 'zod';
import { HANDBOOK_READERS } from '../access.ts';
import { problemAnswers } from '../answers.ts';
import type { AppDeps } from '../app-deps.ts';
import { outsideAccount } from '../caller.ts';
import type { HttpApp } from '../http-app.ts';
import { limit, text } from '../text-schema.ts';
import { decodeFeedCursor, encodeFeedCursor } from './feed-cursor.ts';
import { feedFor } from './member-feed.ts';
import { recordSchema } from './record-schema.ts';

const changeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('changed'), record: recordSchema.describe('As it is now') }),
  z.object({ kind: z.literal('removed'), recordId: z.string(), entity: z.string() }),
]);

export function addFeedRoute(
  app: HttpApp,
  { members, shownRecords }: Pick<AppDeps, 'members' | 'shownRecords'>,
): void {
  app.get(
    '/api/handbook/v1/changes',
    {
      config: { access: HANDBOOK_READERS },
      schema: {
        tags: ['handbook'],
        summary: 'What changed since a cursor, oldest first',
        description:
          'Without `since` from the beginning. `epochChanged: true` means that the handbook was restored: drop every record and start again ' +
          'without `since`. Go on at once while `more`; keep `cursor` for the next time.',
        querystring: z.strictObject({ since: text(1_000).optional(), limit: limit(500, 100) }),
        response: {
          200: z.object({
            epochChanged: z.boolean(),
            cursor: z.string().nullable().describe('null only with epochChanged'),
            changes: z.array(changeSchema),
            more: z.boolean(),
          }),
          ...problemAnswers,
        },
      },
    },
    async (request) => {
      const { since, limit } = request.query;
      const page = await members.feed(since === undefined ? null : decodeFeedCursor(since), limit);
      if (page.epochChanged) return { epochChanged: true, cursor: null, changes: [], more: true };
      return {
        epochChanged: false,
        cursor: encodeFeedCursor(page.cursor),
        changes: await feedFor(outsideAccount(request), page.changes, shownRecords),
        more: page.more,
      };
    },
  );
}
