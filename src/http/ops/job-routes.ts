import { z } from 'zod';
import { INSIDE } from '../access.ts';
import { problemAnswers } from '../answers.ts';
import type { AppDeps } from '../app-deps.ts';
import type { HttpApp } from '../http-app.ts';

const queueRow = z.object({
  name: z.string(),
  waiting: z.number(),
  active: z.number(),
  delayed: z.number(),
  completed: z.number(),
  failed: z.number(),
});

const jobRow = z.object({
  id: z.string(),
  queue: z.string(),
  name: z.string(),
  linkId: z.string().nullable(),
  state: z.enum(['waiting', 'active', 'delayed', 'completed', 'failed']),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  attempts: z.number(),
  failureCode: z.string().nullable(),
});

export function addJobRoutes(app: HttpApp, { jobs }: Pick<AppDeps, 'jobs'>): void {
  app.get(
    '/api/ops/v1/jobs',
    {
      config: { access: INSIDE },
      schema: {
        tags: ['operations'],
        summary: 'Queues with their counts, and recent jobs',
        response: {
          200: z.object({ queues: z.array(queueRow).readonly(), recent: z.array(jobRow).readonly() }),
          ...problemAnswers,
        },
      },
    },
    async () => jobs(),
  );
}
