import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { HttpApp } from './http-app.ts';

/** Only what comes from this server runs, is shown or is asked; no script in the page, no frame around it. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Pages for people are not part of the API. */
const PAGE = { schema: { hide: true } };

const YEAR_SECONDS = 31_536_000;

/**
 * The operators' pages at `/console`, as `npm start` built them into `directory`. The pages hold no data: everything comes from the operations API, which asks
 * who is there. Without a build the address says how to get one.
 */
export function addConsolePages(app: HttpApp, directory: string): void {
  const index = join(directory, 'index.html');
  const page = existsSync(index) ? readFileSync(index) : null;
  app.get('/console', PAGE, async (_request, reply) => reply.redirect('/console/', 302));
  if (page === null) {
    app.get('/console/*', PAGE, async (_request, reply) =>
      reply
        .code(503)
        .type('text/plain; charset=utf-8')
        .send('The pages are not built: "npm run build", or start with "npm start".\n'),
    );
    return;
  }
  // Names carry a digest of the content, so they may be kept for good.
  app.register(fastifyStatic, {
    root: join(directory, 'assets'),
    prefix: '/console/assets/',
    decorateReply: false,
    immutable: true,
    maxAge: YEAR_SECONDS * 1_000,
    index: false,
    wildcard: false,
  });
  app.get('/console/*', PAGE, async (_request, reply) =>
    reply.header('content-security-policy', POLICY).type('text/html; charset=utf-8').send(page),
  );
}
