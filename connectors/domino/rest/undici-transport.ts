import { Agent, type Dispatcher, ProxyAgent, request } from 'undici';
import { type HttpTransport, uploadHeaders } from './http.ts';

export interface UndiciTransportOptions {
  /** PEM; an authority of the site's own. */
  readonly ca?: string;
  /** PEM, where the server (or a proxy before it) asks for a client certificate. */
  readonly certificate?: string;
  readonly key?: string;
  /** `http://proxy:3128`. */
  readonly proxy?: string;
  readonly connections: number;
  readonly connectMs: number;
  /** Longest silence before the headers and between two pieces of a body. */
  readonly idleMs: number;
}

/** A pool of its own: nothing that another part of the program sets on the global dispatcher reaches it. No `Origin` and no cookies are sent. */
export function openUndiciTransport(options: UndiciTransportOptions): HttpTransport {
  const tls = {
    ...(options.ca === undefined ? {} : { ca: options.ca }),
    ...(options.certificate === undefined ? {} : { cert: options.certificate }),
    ...(options.key === undefined ? {} : { key: options.key }),
  };
  const pool = {
    connections: options.connections,
    headersTimeout: options.idleMs,
    bodyTimeout: options.idleMs,
  };
  const dispatcher: Dispatcher =
    options.proxy === undefined
      ? new Agent({ ...pool, connect: { ...tls, timeout: options.connectMs } })
      : new ProxyAgent({ ...pool, uri: options.proxy, requestTls: tls, proxyTls: tls });
  return {
    async send({ method, url, headers, body }, signal) {
      const answer = await request(url, {
        dispatcher,
        method,
        headers: typeof body === 'object' ? { ...headers, ...uploadHeaders(body) } : headers,
        signal,
        body: typeof body === 'object' ? body.open() : (body ?? null),
      });
      const length = Number(answer.headers['content-length']);
      return {
        status: answer.statusCode,
        contentLength: Number.isInteger(length) && answer.headers['content-length'] ? length : null,
        body: answer.body,
      };
    },
    close: () => dispatcher.destroy(),
  };
}
