import { z } from 'zod';
import { DOCUMENT_STATES } from '../../../connectors/postgres/watch-port.ts';
import { INSIDE } from '../access.ts';
import { problemAnswers } from '../answers.ts';
import type { AppDeps } from '../app-deps.ts';
import type { HttpApp } from '../http-app.ts';
import { ProblemError } from '../problem.ts';
import { limit, text } from '../text-schema.ts';
import { abortOnDisconnect } from './abort-on-disconnect.ts';
import { documentHead, documentSchema } from './document-schema.ts';

export function addDocumentRoutes(
  app: HttpApp,
  { watch, viewDocument }: Pick<AppDeps, 'watch' | 'viewDocument'>,
): void {
  app.get(
    '/api/ops/v1/documents',
    {
      config: { access: INSIDE },
      schema: {
        tags: ['operations'],
        summary: 'Documents by link, state and reason: the list behind a number; never their values',
        querystring: z.strictObject({
          link: text(100).optional(),
          state: z.enum(DOCUMENT_STATES).optional(),
          reason: text(100).optional(),
          after: text(100).optional(),
          limit: limit(500, 100),
        }),
        response: {
          200: z.object({ documents: z.array(documentHead).readonly(), next: z.string().nullable() }),
          ...problemAnswers,
        },
      },
    },
    async ({ query }) => {
      const documents = await watch.documents({
        linkId: query.link ?? null,
        state: query.state ?? null,
        reason: query.reason ?? null,
        after: query.after ?? null,
        limit: query.limit,
      });
      return {
        documents,
        next: documents.length === query.limit ? (documents.at(-1)?.pairId ?? null) : null,
      };
    },
  );

  app.get(
    '/api/ops/v1/document-search',
    {
      config: { access: INSIDE },
      schema: {
        tags: ['operations'],
        summary: 'Documents by UNID, record id, number or a text in what both sides are known to hold',
        querystring: z.strictObject({ q: text(200), limit: limit(50, 20) }),
        response: { 200: z.object({ documents: z.array(documentHead).readonly() }), ...problemAnswers },
      },
    },
    async ({ query }) => ({ documents: await watch.findDocuments(query.q, query.limit) }),
  );

  app.get(
    '/api/ops/v1/documents/:pair',
    {
      config: { access: INSIDE },
      schema: {
        tags: ['operations'],
        summary: 'One document: both sides beside the base, field by field, and every event of its life',
        description:
          'The note is read now, through the gate. A document that is not released, or hidden by its Readers, shows no value.',
        params: z.object({ pair: text(100) }),
        response: { 200: documentSchema, ...problemAnswers },
      },
    },
    async ({ params }, reply) => {
      const view = await viewDocument(params.pair, abortOnDisconnect(reply).signal);
      if (view === null) throw new ProblemError('not-found');
      return view;
    },
  );
}
