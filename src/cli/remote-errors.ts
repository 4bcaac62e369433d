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

const bodySchema = z.union([z.object({ error: errorSchema }).transform((body) => body.error), errorSchema]);

/** What an answer other than 200 means; the body's own words where it has some. */
export async function refusalOf(response: IncomingMessage, name: string, url: string): Promise<Error> {
  const status = response.statusCode ?? 0;
  if (status === 401) {
    response.resume();
    return new OperationError(
      'refused',
      `The server at ${url} refuses "${name}": the token is not valid. Check --token-file.`,
    );
  }
  const body = bodySchema.safeParse(await json(response).catch(() => null));
  const said = body.success ? remoteError(body.data) : null;
  if (said instanceof OperationError) return said;
  switch (status) {
    case 400:
      return new OperationError(
        'bad-request',
        `The server at ${url} did not accept the arguments of "${name}".`,
      );
    case 403:
      return new OperationError(
        'refused',
        `The server at ${url} refuses "${name}": the token's account may not do this.`,
      );
    case 404:
      return unavailable(
        `The server at ${url} knows no operation "${name}". Is this the bridge's address, and the same version?`,
      );
    case 429:
      return new OperationError(
        'busy',
        `The server at ${url} has had too many requests. Wait a minute and repeat.`,
      );
    default:
      return unavailable(
        `The server at ${url} answered "${name}" with HTTP status ${status}. Its log says why.`,
      );
  }
}
