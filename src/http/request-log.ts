import type { FastifyBaseLogger } from 'fastify';
import type { Logger } from 'pino';
import { discreetError } from '../signals/discreet-error.ts';
import type { HttpApp } from './http-app.ts';

/**
 * A logger that cannot say more than it should: requests without address, query, headers and body; errors without their message, which may
 * quote values.
 */
export function discreetLogger(logger: Logger): FastifyBaseLogger {
  return logger.child(
    {},
    {
      redact: {
        paths: [
          'authorization',
          '*.authorization',
          '*.headers',
          'headers',
          'password',
          '*.password',
          'token',
          '*.token',
        ],
        censor: '[removed]',
      },
      serializers: {
        req: (request: unknown) => ({ id: property(request, 'id'), method: property(request, 'method') }),
        res: (reply: unknown) => ({ statusCode: property(reply, 'statusCode') }),
        err: discreetError,
        error: discreetError,
      },
    },
  );
}

/** One line per answered request, with the route's pattern. */
export function logRequests(app: HttpApp): void {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.is404 ? null : (request.routeOptions.url ?? null),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        account: request.caller?.account.id ?? null,
      },
      'answered',
    );
  });
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
