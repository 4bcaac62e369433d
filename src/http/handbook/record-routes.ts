import { z } from 'zod';
import { HANDBOOK_READERS } from '../access.ts';
import { problemAnswers } from '../answers.ts';
import type { AppDeps } from '../app-deps.ts';
import { outsideAccount } from '../caller.ts';
import type { HttpApp } from '../http-app.ts';
import { ProblemError } from '../problem.ts';
import { limit, text } from '../text-schema.ts';
import { entityAnswer, entitySchema } from './entity-schema.ts';
import { listRecords } from './list-records.ts';
import { entityIn, idIn, recordAnswer, recordSchema } from './record-schema.ts';
import { createCursorSeal } from './sealed-cursor.ts';
import { sees, seesWhole } from './visibility.ts';

export function addRecordRoutes(
  app: HttpApp,
  {
    members,
    entitySchemas,
    shownRecords,
    localToken,
  }: Pick<AppDeps, 'members' | 'entitySchemas' | 'shownRecords' | 'localToken'>,
): void {
  const cursors = createCursorSeal(localToken);

  app.get(
    '/api/handbook/v1/entities',
    {
      config: { access: HANDBOOK_READERS },
      schema: {
        tags: ['handbook'],
        summary: 'What kinds of records there are and what their fields may hold',
        response: { 200: z.object({ entities: z.array(entitySchema) }), ...problemAnswers },
      },
    },
    async () => ({ entities: entitySchemas.map(entityAnswer) }),
  );

  app.get(
    '/api/handbook/v1/records/:entity',
    {
      config: { access: HANDBOOK_READERS },
      schema: {
        tags: ['handbook'],
        summary: 'Records of one entity that the account may see, page by page in order of their key',
        description: 'A page may hold fewer than `limit`: go on while `next` is not null.',
        params: z.object({ entity: entityIn }),
        querystring: z.strictObject({
          after: text(2_000).optional().describe('`next` of the page before'),
          limit: limit(500, 100),
          key: text(500).optional().describe('Only the record with this business key'),
        }),
        response: {
          200: z.object({ records: z.array(recordSchema), next: z.string().nullable() }),
          ...problemAnswers,
        },
      },
    },
    async (request) => {
      const { after = null, limit, key } = request.query;
      const schema = entitySchemas.find(({ entity }) => entity === request.params.entity);
      if (schema === undefined) throw new ProblemError('not-found');
      const reader = outsideAccount(request);
      const wanted = { schema, after, limit, ...(key === undefined ? {} : { key }) };
      const { records, next } = await listRecords(members, reader, wanted, cursors);
      if (!seesWhole(reader, schema.entity)) {
        await shownRecords.remember(
          reader.id,
          records.map(({ recordId }) => recordId),
        );
      }
      return { records: records.map(recordAnswer), next };
    },
  );

  app.get(
    '/api/handbook/v1/records/:entity/:id',
    {
      config: { access: HANDBOOK_READERS },
      schema: {
        tags: ['handbook'],
        summary: 'One record',
        params: z.object({ entity: entityIn, id: idIn }),
        response: { 200: recordSchema, ...problemAnswers },
      },
    },
    async (request) => {
      const reader = outsideAccount(request);
      const record = await members.get(request.params.id);
      if (record === null || record.entity !== request.params.entity || !sees(reader, record)) {
        throw new ProblemError('not-found');
      }
      if (!seesWhole(reader, record.entity)) await shownRecords.remember(reader.id, [record.recordId]);
      return recordAnswer(record);
    },
  );
}
