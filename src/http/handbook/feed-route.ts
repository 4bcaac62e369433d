import { z } from 'zod';
import type { ReaderFeedPage } from '../../../connectors/handbook/readers-port.ts';
import { HANDBOOK_READERS } from '../access.ts';
import { problemAnswers } from '../answers.ts';
import type { AppDeps } from '../app-deps.ts';
import type { HttpApp } from '../http-app.ts';
import { limit, text } from '../text-schema.ts';
import { orBadCursor } from './cursor-problem.ts';
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

export function addFeedRoute(app: HttpApp, deps: Pick<AppDeps, 'readers' | 'clock'>): void {
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
        querystring: z.strictObject({ since: text(4_000).optional(), limit: limit(500, 100) }),
        response: { 200: feedSchema, ...problemAnswers },
      },
    },
    async (request) => {
      const { since = null, limit } = request.query;
      const rights = await rightsOf(request, deps);
      return feedAnswer(await orBadCursor(deps.readers.feed(rights, since, limit)));
    },
  );
}
