import { z } from 'zod';
import { SCRAPERS } from './access.ts';
import { problemAnswers } from './answers.ts';
import type { AppMetrics } from './app-deps.ts';
import type { HttpApp } from './http-app.ts';

/** For Prometheus; what each metric means stands in docs/metrics.md. */
export function addMetricsRoute(app: HttpApp, metrics: AppMetrics): void {
  app.get(
    '/metrics',
    {
      config: { access: SCRAPERS },
      schema: {
        tags: ['health'],
        summary: 'Metrics of this process and of the links, in the text format of Prometheus',
        response: {
          200: {
            description: 'Text format 0.0.4',
            content: { 'text/plain': { schema: z.string() } },
          },
          ...problemAnswers,
        },
      },
    },
    async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()),
  );
}

export function measureRequests(app: HttpApp, metrics: AppMetrics): void {
  app.addHook('onResponse', async (request, reply) => {
    metrics.answered({
      method: request.method,
      route: request.is404 ? null : (request.routeOptions.url ?? null),
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    });
  });
}
