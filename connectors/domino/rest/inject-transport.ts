import type { Readable } from 'node:stream';
import { type HttpTransport, uploadHeaders } from './http.ts';

/** As much of a Fastify server as is needed to ask it without a socket. */
export interface Injectable {
  inject(request: {
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
    url: string;
    headers: Record<string, string>;
    payload?: Readable | string;
    payloadAsStream: true;
    signal: AbortSignal;
  }): PromiseLike<{
    readonly statusCode: number;
    readonly headers: Readonly<Record<string, unknown>>;
    stream(): Readable;
  }>;
}

/** Asks a server in this process; what a lost connection is over a socket is a rejection here too. */
export function openInjectTransport(server: Injectable): HttpTransport {
  return {
    async send({ method, url, headers, body }, signal) {
      const upload = typeof body === 'object' ? body : null;
      const answer = await server.inject({
        method,
        url: `${url.pathname}${url.search}`,
        headers: { ...headers, host: url.host, ...(upload ? uploadHeaders(upload) : {}) },
        ...(body === undefined ? {} : { payload: typeof body === 'object' ? body.open() : body }),
        payloadAsStream: true,
        signal,
      });
      const length = Number(answer.headers['content-length']);
      return {
        status: answer.statusCode,
        contentLength:
          answer.headers['content-length'] !== undefined && Number.isInteger(length) ? length : null,
        body: answer.stream(),
      };
    },
    close: () => Promise.resolve(),
  };
}
