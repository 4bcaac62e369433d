import type { HttpReply, HttpRequest } from './http-app.ts';
import { type ProblemCode, type ProblemExtras, problemBody } from './problem.ts';

/** Answers with a problem; as a string, so that no response schema of the route is put in its way. */
export function sendProblem(
  request: Pick<HttpRequest, 'id'>,
  reply: HttpReply,
  code: ProblemCode,
  extras: ProblemExtras = {},
): void {
  const body = problemBody(code, request.id, extras);
  if (body.status === 401) reply.header('www-authenticate', 'Bearer');
  reply.code(body.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(body));
}
