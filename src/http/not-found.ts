import type { HttpApp } from './http-app.ts';
import { sendProblem } from './send-problem.ts';

/** Remembers each route to be registered and answers the rest: 405 with `Allow` where the address takes other methods, else 404. */
export function answerUnknownRoutes(app: HttpApp): void {
  const routes: { readonly pattern: RegExp; readonly method: string }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    const pattern = patternOf(url);
    for (const one of [method].flat()) routes.push({ pattern, method: one });
  });
  app.after(() => {
    app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
      const path = request.url.split('?', 1)[0] ?? '/';
      const allowed = new Set(routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method));
      if (allowed.size === 0) return sendProblem(request, reply, 'not-found');
      reply.header('allow', [...allowed].sort().join(', '));
      return sendProblem(request, reply, 'method-not-allowed');
    });
  });
}

function patternOf(url: string): RegExp {
  const steps = url.split('/').map((step) => {
    if (step.startsWith(':')) return '[^/]+';
    return step === '*' ? '.*' : step.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${steps.join('/')}$`);
}
