import { z } from 'zod';
import { HANDBOOK_READERS } from '../access.ts';
import { problemAnswers } from '../answers.ts';
import type { AppDeps } from '../app-deps.ts';
import type { HttpApp } from '../http-app.ts';
import { limit, text } from '../text-schema.ts';
import { orBadCursor } from './cursor-problem.ts';
import { rightsOf } from './reader.ts';
import { entityIn, recordAnswer, recordSchema } from './record-schema.ts';

export function addSearchRoute(
  app: HttpApp,
  deps: Pick<AppDeps, 'readers' | 'entitySchemas' | 'clock'>,
): void {
  app.get(
    '/api/handbook/v1/search',
    {
      config: { access: HANDBOOK_READERS },
      schema: {
        tags: ['handbook'],
        summary: 'Records that hold every word, best first',
        description:
          'Without regard to case, tones and other marks, and to where a tone stands: “nguyen thi dao” finds “Nguyễn Thị Đào”. ' +
          'A word also finds longer ones that begin with it. What has the same marks comes first.',
        querystring: z.strictObject({
          q: text(200),
          entity: z
            .union([entityIn.transform((name) => [name]), z.array(entityIn).max(30)])
            .optional()
            .describe('May be given several times; all entities without it'),
          after: text(4_000).optional().describe('`next` of the page before, of the same question'),
          limit: limit(100, 20),
        }),
        response: {
          200: z.object({ records: z.array(recordSchema), next: z.string().nullable() }),
          ...problemAnswers,
        },
      },
    },
    async (request) => {
      const { q, entity, after = null, limit } = request.query;
      const rights = await rightsOf(request, deps);
      const entities = entity ?? deps.entitySchemas.map((schema) => schema.entity);
      const { records, next } = await orBadCursor(
        deps.readers.search(rights, { text: q, entities, after, limit }),
      );
      return { records: records.map(recordAnswer), next };
    },
  );
}
