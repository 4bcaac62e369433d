import { z } from 'zod';
import { INSIDE } from '../access.ts';
import { problemAnswers } from '../answers.ts';
import type { AppDeps } from '../app-deps.ts';
import type { HttpApp } from '../http-app.ts';
import { limit, text } from '../text-schema.ts';
import { conflictRow, conflictState, quarantineRow } from './case-schema.ts';

const withheldRow = z.object({
  linkId: z.string(),
  withheld: z.number(),
  byReason: z.record(z.string(), z.number()),
});

/** What waits for a person: conflicts, quarantine, and what the gate keeps back. */
export function addCaseRoutes(app: HttpApp, { store }: Pick<AppDeps, 'store'>): void {
  app.get(
    '/api/ops/v1/conflicts',
    {
      config: { access: INSIDE },
      schema: {
        tags: ['operations'],
        summary: 'Conflicts, newest first, with the values of both sides',
        querystring: z.strictObject({
          link: text(100).optional(),
          state: conflictState.optional(),
          limit: limit(1_000, 200),
        }),
        response: { 200: z.object({ conflicts: z.array(conflictRow).readonly() }), ...problemAnswers },
      },
    },
    async ({ query }) => ({
      conflicts: await store.conflicts({
        ...(query.link === undefined ? {} : { linkId: query.link }),
        ...(query.state === undefined ? {} : { state: query.state }),
        limit: query.limit,
      }),
    }),
  );

  app.get(
    '/api/ops/v1/quarantine',
    {
      config: { access: INSIDE },
      schema: {
        tags: ['operations'],
        summary: 'Documents that could not be processed, newest first; never their values',
        querystring: z.strictObject({ link: text(100).optional(), limit: limit(1_000, 200) }),
        response: { 200: z.object({ quarantine: z.array(quarantineRow).readonly() }), ...problemAnswers },
      },
    },
    async ({ query }) => ({
      quarantine: await store.quarantined({
        ...(query.link === undefined ? {} : { linkId: query.link }),
        limit: query.limit,
      }),
    }),
  );

  app.get(
    '/api/ops/v1/withheld',
    {
      config: { access: INSIDE },
      schema: {
        tags: ['operations'],
        summary: 'How many notes the gate keeps back, by link and reason; never which ones',
        response: { 200: z.object({ links: z.array(withheldRow) }), ...problemAnswers },
      },
    },
    async () => {
      const links = [];
      for (const { linkId } of await store.links()) {
        const { withheld, withheldByReason } = await store.counts(linkId);
        links.push({ linkId, withheld, byReason: withheldByReason });
      }
      return { links };
    },
  );
}
