import { z } from 'zod';
import { INSIDE } from '../access.ts';
import { problemAnswers } from '../answers.ts';
import type { AppDeps } from '../app-deps.ts';
import type { HttpApp } from '../http-app.ts';
import { ProblemError } from '../problem.ts';
import { limit, text } from '../text-schema.ts';
import { journalRow } from './journal-schema.ts';
import { linkSchema } from './link-schema.ts';

export function addLinkRoutes(app: HttpApp, { store }: Pick<AppDeps, 'store'>): void {
  app.get(
    '/api/ops/v1/links',
    {
      config: { access: INSIDE },
      schema: {
        tags: ['operations'],
        summary: 'All links with their state and counts',
        response: { 200: z.object({ links: z.array(linkSchema) }), ...problemAnswers },
      },
    },
    async () => {
      const links = [];
      for (const row of await store.links()) links.push({ ...row, counts: await store.counts(row.linkId) });
      return { links };
    },
  );

  app.get(
    '/api/ops/v1/links/:link',
    {
      config: { access: INSIDE },
      schema: {
        tags: ['operations'],
        summary: 'One link with its state and counts',
        params: z.object({ link: text(100) }),
        response: { 200: linkSchema, ...problemAnswers },
      },
    },
    async ({ params }) => {
      const row = await store.link(params.link);
      if (row === null) throw new ProblemError('not-found');
      return { ...row, counts: await store.counts(row.linkId) };
    },
  );

  app.get(
    '/api/ops/v1/journal/:link',
    {
      config: { access: INSIDE },
      schema: {
        tags: ['operations'],
        summary: 'The hash-chained account of every effect on a link, oldest first',
        params: z.object({ link: text(100) }),
        querystring: z.strictObject({
          after: z.coerce.number<string>().int().min(0).default(0).describe('Sequence number to go on after'),
          limit: limit(1_000, 200),
        }),
        response: {
          200: z.object({ entries: z.array(journalRow).readonly(), next: z.number().nullable() }),
          ...problemAnswers,
        },
      },
    },
    async ({ params, query }) => {
      if ((await store.link(params.link)) === null) throw new ProblemError('not-found');
      const entries = await store.journal(params.link, query.after, query.limit);
      const last = entries.at(-1);
      return { entries, next: last !== undefined && entries.length === query.limit ? last.sequence : null };
    },
  );
}
