import type { IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { OperationError } from '../operations/operation.ts';

/** A server's error as its answers carry it. */
export const errorSchema = z.object({
  code: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).default({}),
});

/** What an operation itself reports under a code that this version has no class for. */
export class RemoteFailure extends Error {
  override readonly name = 'RemoteFailure';
}

/** The error that the same operation would have thrown in this process. */
export function remoteError({ code, message, details }: z.infer<typeof errorSchema>): Error {
  switch (code) {
    case 'bad-request':
    case 'not-found':
    case 'refused':
    case 'needs-approval':
    case 'unavailable':
    case 'busy':
      return new OperationError(code, message, details);
    default:
      return new RemoteFailure(`${message} (${code})`);
  }
}

export function unavailable(message: string, cause?: unknown): OperationError {
  const error = new OperationError('unavailable', message);
  if (cause !== undefined) error.cause = cause;
  return error;
}

/** RFC 9457, as the server writes it. */
const problemSchema = z.object({
  title: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).default([]),
});

/** What an answer other than 200 means, with the server's own words where it has some. */
export async function refusalOf(
  response: IncomingMessage,
  name: string,
  url: string,
): Promise<OperationError> {
  const status = response.statusCode ?? 0;
  const problem = problemSchema.safeParse(await json(response).catch(() => null));
  const said = problem.success ? sayProblem(problem.data) : `HTTP status ${status}`;
  const message = `The server at ${url} refuses "${name}": ${said}.`;
  if (status === 401) return new OperationError('refused', `${message} Check the token in --token-file.`);
  if (status === 403 || status === 409) return new OperationError('refused', message);
  if (status === 404) return unavailable(`${message} Is this the bridge's address, and the same version?`);
  if (status === 429) return new OperationError('busy', `${message} Wait a minute and repeat.`);
  if (status >= 400 && status < 500) return new OperationError('bad-request', message);
  return unavailable(`${message} Its log says why.`);
}

function sayProblem({ title, detail, errors }: z.infer<typeof problemSchema>): string {
  return [detail ?? title, ...errors.map(({ path, message }) => `${path}: ${message}`)]
    .join('; ')
    .replace(/\.$/, '');
}
