import { z } from 'zod';
import type { Operation } from '../../operations/operation.ts';
import { INSIDE, OPERATORS, RELEASERS } from '../access.ts';
import { problemAnswers } from '../answers.ts';
import type { AppDeps } from '../app-deps.ts';
import { streamed } from '../binary-schema.ts';
import { insideAccount } from '../caller.ts';
import type { HttpApp } from '../http-app.ts';
import { abortOnDisconnect } from './abort-on-disconnect.ts';
import { streamOperation } from './operation-stream.ts';

const operationRow = z.object({
  name: z.string(),
  summary: z.string(),
  role: z.enum(['auditor', 'releaser', 'operator']),
  args: z.unknown().describe('JSON Schema of the body'),
});

const ACCESS = { auditor: INSIDE, releaser: RELEASERS, operator: OPERATORS } as const;

/** One route per operation, so that the OpenAPI page shows each with its arguments. */
export function addOperationRoutes(app: HttpApp, { operations }: Pick<AppDeps, 'operations'>): void {
  const running = new Set<AbortController>();
  app.addHook('preClose', async () => {
    for (const controller of running) controller.abort(new Error('The server is stopping.'));
  });

  app.get(
    '/api/ops/v1/operations',
    {
      config: { access: INSIDE },
      schema: {
        tags: ['operations'],
        summary: 'What can be asked of the bridge',
        response: { 200: z.object({ operations: z.array(operationRow) }), ...problemAnswers },
      },
    },
    async () => ({
      operations: operations.map(({ name, summary, role, args }) => ({
        name,
        summary,
        role,
        args: z.toJSONSchema(args, { io: 'input', unrepresentable: 'any' }),
      })),
    }),
  );

  for (const operation of operations) addOperationRoute(app, operation, running);
}

function addOperationRoute(app: HttpApp, operation: Operation, running: Set<AbortController>): void {
  app.post(
    `/api/ops/v1/operations/${operation.name}`,
    {
      config: { access: ACCESS[operation.role] },
      schema: {
        tags: ['operations'],
        summary: operation.summary,
        description:
          'Answers lines of JSON while it works: `{"progress":{phase,done,estimated}}`, at the end `{"result":…}` or ' +
          '`{"error":{code,message,details}}`. Closing the connection stops it.',
        body: operation.args,
        response: {
          200: {
            description: 'Progress and outcome, one JSON value a line',
            content: { 'application/x-ndjson': { schema: streamed } },
          },
          ...problemAnswers,
        },
      },
      preValidation: async (request) => {
        request.body ??= {};
      },
    },
    async (request, reply) => {
      const controller = abortOnDisconnect(reply);
      running.add(controller);
      reply.raw.once('close', () => running.delete(controller));
      const lines = streamOperation(operation, request.body, {
        by: insideAccount(request).name,
        signal: controller.signal,
        onDefect: (error) => request.log.error({ err: error, operation: operation.name }, 'operation failed'),
      });
      return reply.type('application/x-ndjson; charset=utf-8').send(lines);
    },
  );
}
