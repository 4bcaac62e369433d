import { z } from 'zod';
import type { EntitySchema } from '../../../connectors/handbook/members-port.ts';
import { HANDBOOK_READERS } from '../access.ts';
import { problemAnswers } from '../answers.ts';
import type { AppDeps } from '../app-deps.ts';
import type { HttpApp } from '../http-app.ts';
import { ProblemError } from '../problem.ts';
import { orBadCursor } from './cursor-problem.ts';
import { entityAnswer, entitySchema } from './entity-schema.ts';
import { sendUnlessKnown } from './entity-tag.ts';
import { chosen, listQuery, readFilters } from './list-query.ts';
import { rightsOf } from './reader.ts';
import { entityIn, historySchema, idIn, recordAnswer, recordSchema } from './record-schema.ts';

const COUNT_LIMIT = 10_000;

export function addRecordRoutes(
  app: HttpApp,
  deps: Pick<AppDeps, 'readers' | 'entitySchemas' | 'clock'>,
): void {
  const { readers, entitySchemas } = deps;
  const schemaOf = (entity: string): EntitySchema => {
    const schema = entitySchemas.find((one) => one.entity === entity);
    if (schema === undefined) throw new ProblemError('not-found');
    return schema;
  };

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
        summary: 'Records of one entity that the account may see, page by page',
        description: 'Go on while `next` is not null.',
        params: z.object({ entity: entityIn }),
        querystring: listQuery,
        response: {
          200: z.object({ records: z.array(recordSchema), next: z.string().nullable() }),
          ...problemAnswers,
        },
      },
    },
    async (request) => {
      const { after = null, limit, key, filter, sort, order } = request.query;
      const schema = schemaOf(request.params.entity);
      const filters = readFilters(schema, filter);
      const rights = await rightsOf(request, deps);
      const query = { after, limit, filters, sort, order, ...(key === undefined ? {} : { key }) };
      const { records, next } = await orBadCursor(readers.list(rights, schema.entity, query));
      return { records: records.map(recordAnswer), next };
    },
  );

  app.get(
    '/api/handbook/v1/records/:entity/count',
    {
      config: { access: HANDBOOK_READERS },
      schema: {
        tags: ['handbook'],
        summary: 'How many records of one entity the account may see',
        description: `Counted up to ${COUNT_LIMIT}; \`more\` says that there are others.`,
        params: z.object({ entity: entityIn }),
        querystring: z.strictObject(chosen),
        response: { 200: z.object({ count: z.int(), more: z.boolean() }), ...problemAnswers },
      },
    },
    async (request) => {
      const { key, filter } = request.query;
      const schema = schemaOf(request.params.entity);
      const filters = readFilters(schema, filter);
      const rights = await rightsOf(request, deps);
      const query = { filters, ...(key === undefined ? {} : { key }) };
      const count = await orBadCursor(readers.count(rights, schema.entity, query, COUNT_LIMIT + 1));
      return { count: Math.min(count, COUNT_LIMIT), more: count > COUNT_LIMIT };
    },
  );

  const one = z.object({ entity: entityIn, id: idIn });
  app.get(
    '/api/handbook/v1/records/:entity/:id',
    {
      config: { access: HANDBOOK_READERS },
      schema: {
        tags: ['handbook'],
        summary: 'One record',
        description: 'Answers 304 to an `If-None-Match` with the ETag of what the account would be sent.',
        params: one,
        response: {
          200: recordSchema,
          304: z.undefined().describe('As If-None-Match says'),
          ...problemAnswers,
        },
      },
    },
    async (request, reply) => {
      const { entity, id } = request.params;
      const rights = await rightsOf(request, deps);
      const record = await readers.get(rights, entity, id);
      if (record === null) throw new ProblemError('not-found');
      return sendUnlessKnown(request, reply, recordAnswer(record));
    },
  );

  app.get(
    '/api/handbook/v1/records/:entity/:id/history',
    {
      config: { access: HANDBOOK_READERS },
      schema: {
        tags: ['handbook'],
        summary: 'How one record changed, newest first',
        description: 'At most 500 changes; only those since the account may see the record.',
        params: one,
        response: { 200: z.object({ history: z.array(historySchema) }), ...problemAnswers },
      },
    },
    async (request) => {
      const { entity, id } = request.params;
      const history = await readers.history(await rightsOf(request, deps), entity, id);
      if (history === null) throw new ProblemError('not-found');
      return { history: history.map((entry) => ({ ...entry, changes: { ...entry.changes } })) };
    },
  );
}
