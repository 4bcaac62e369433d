import type { FastifyInstance } from 'fastify';
import type { RestContext } from '../rest-context.ts';
import { forbidden } from '../rest-error.ts';

/** Since 1.1.3 the CORS setting is a regular expression, and a request with an `Origin` that fits none is refused, whoever sends it. */
export function refuseOrigins(app: FastifyInstance, { origins, quirks }: RestContext): void {
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    if (origin === undefined) return;
    const isListed = origins.some((one) => one.test(origin));
    if (isListed) void reply.header('access-control-allow-origin', origin);
    else if (quirks.unlistedOrigin === 'refused') throw forbidden('CORS Rejected - Invalid origin');
  });
}
