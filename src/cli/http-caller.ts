import { type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { z } from 'zod';
import { OperationError } from '../operations/operation.ts';
import type { CallOptions, Caller } from './caller.ts';
import { readJsonLines } from './ndjson.ts';
import { errorSchema, refusalOf, RemoteFailure, remoteError, unavailable } from './remote-errors.ts';

const lineSchema = z.union([
  z.object({ progress: z.object({ phase: z.string(), done: z.number(), estimated: z.number().nullable() }) }),
  z.object({ error: errorSchema }),
  z.object({ result: z.unknown() }),
]);

/** Calls the operations API of a running server. `url` is its base address, `token` its bearer token. */
export function createHttpCaller({ url, token }: { readonly url: string; readonly token: string }): Caller {
  const base = url.endsWith('/') ? url : `${url}/`;
  return {
    async callOperation(name, args, options) {
      const target = new URL(`api/ops/v1/operations/${encodeURIComponent(name)}`, base);
      const response = await post(target, token, JSON.stringify(args), options.signal);
      if (response.statusCode !== 200) throw await refusalOf(response, name, url);
      return readAnswer(response, name, url, options);
    },
  };
}

/** node:http instead of fetch: an operation may work for longer than fetch waits between two pieces of an answer (300 s). */
function post(target: URL, token: string, body: string, signal: AbortSignal): Promise<IncomingMessage> {
  const request = target.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = request(target, {
      method: 'POST',
      signal,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        accept: 'application/x-ndjson',
      },
    });
    outgoing.on('response', resolve);
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      reject(
        unavailable(
          `Cannot reach the bridge server at ${target.origin}: ${error.code ?? error.message}. Is it running?`,
          error,
        ),
      );
    });
    outgoing.end(body);
  });
}

async function readAnswer(
  response: IncomingMessage,
  name: string,
  url: string,
  options: CallOptions,
): Promise<unknown> {
  try {
    for await (const raw of readJsonLines(response)) {
      const line = lineSchema.safeParse(raw);
      if (!line.success) {
        throw unavailable(
          `The server at ${url} answered "${name}" with a line that this version does not know. Use the server's own version.`,
        );
      }
      if ('progress' in line.data) options.onProgress(line.data.progress);
      else if ('error' in line.data) throw remoteError(line.data.error);
      else if ('result' in line.data) return line.data.result;
    }
  } catch (error) {
    if (error instanceof OperationError || error instanceof RemoteFailure) throw error;
    throw unavailable(brokenOff(name, url), error);
  }
  throw unavailable(brokenOff(name, url));
}

function brokenOff(name: string, url: string): string {
  return `The server at ${url} stopped answering "${name}" before it was done. It may still be at work: look with "bridge status", then repeat.`;
}
