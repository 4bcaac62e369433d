import { z } from 'zod';
import { OPEN } from './access.ts';
import { problemAnswers } from './answers.ts';
import type { AppDeps } from './app-deps.ts';
import type { HttpApp } from './http-app.ts';
import { ProblemError } from './problem.ts';

/** Open: they say which part fails by name, and nothing else. */
export function addHealthRoutes(app: HttpApp, deps: Pick<AppDeps, 'readiness'>): void {
  app.get(
    '/health/live',
    {
      config: { access: OPEN },
      schema: {
        tags: ['health'],
        summary: 'Whether the process answers',
        response: { 200: z.object({ status: z.literal('ok') }), ...problemAnswers },
      },
    },
    async () => ({ status: 'ok' as const }),
  );

  app.get(
    '/health/ready',
    {
      config: { access: OPEN },
      schema: {
        tags: ['health'],
        summary: 'Whether requests can be served; 503 names what fails',
        response: { 200: z.object({ status: z.literal('ready') }), ...problemAnswers },
      },
    },
    async (request) => {
      const failing = (await deps.readiness()).filter(({ ok }) => !ok);
      if (failing.length > 0) {
        request.log.warn({ failing }, 'not ready');
        throw new ProblemError('not-ready', { failing: failing.map(({ name }) => name) });
      }
      return { status: 'ready' as const };
    },
  );
}
