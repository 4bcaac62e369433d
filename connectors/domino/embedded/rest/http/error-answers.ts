import type { FastifyInstance } from 'fastify';
import { ConnectionLost, notFound, RestError } from '../rest-error.ts';
import type { RestQuirks } from '../rest-quirks.ts';
import { loseConnection } from '../routes/define-operation.ts';

/** Every refusal has HCL's error body; another method on a known path is no error to older servers. */
export function answerErrors(app: FastifyInstance, { unsupportedMethod }: RestQuirks): void {
  const known: RegExp[] = [];
  app.addHook('onRoute', ({ url }) => {
    known.push(new RegExp(`^${url.replaceAll(/:[^/]+/gu, '[^/]+')}$`, 'u'));
  });
  app.setNotFoundHandler(async (request, reply) => {
    const [path = ''] = request.url.split('?');
    if (unsupportedMethod === 204 && known.some((one) => one.test(path))) return reply.code(204).send();
    return reply.code(404).send(notFound().body);
  });
  app.setErrorHandler(async (error, _request, reply) => {
    if (error instanceof ConnectionLost) return loseConnection(reply, error);
    const { body } = error instanceof RestError ? error : asAnswer(error as Error);
    return reply.code(body.status).type('application/json').send(body);
  });
}

/** Of our own defects nothing is told but that there is one. */
function asAnswer(error: Error & { readonly statusCode?: number }): RestError {
  const { statusCode } = error;
  if (statusCode === 413) return new RestError(413, 'Request Entity Too Large');
  if (statusCode === 400 || statusCode === 415)
    return new RestError(400, 'Invalid request', 0, error.message);
  return new RestError(500, 'Sorry pal, we screwed up', 0, error.name);
}
