import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import {
  createServer as createHttp,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { RestFace } from '../../embedded/rest/create-rest-face.ts';

export const pem = (name: string): string =>
  readFileSync(join(import.meta.dirname, 'certificates', `${name}.pem`), 'utf8');

export interface Listening extends AsyncDisposable {
  readonly url: URL;
}

/** The face behind TLS on loopback; only clients with a certificate of the test authority come in where `clientCertificates`. */
export function httpsFace(face: RestFace, clientCertificates = false): Promise<Listening> {
  const server = createHttps(
    {
      cert: pem('server'),
      key: pem('server-key'),
      ...(clientCertificates ? { ca: pem('ca'), requestCert: true, rejectUnauthorized: true } : {}),
    },
    (request, response) => void pass(face, request, response),
  );
  return listening(server, 'https');
}

async function pass(face: RestFace, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await face.app.inject({
    method: (request.method ?? 'GET') as 'GET',
    url: request.url ?? '/',
    headers: request.headers as Record<string, string>,
    payload: await buffer(request),
  });
  const { 'transfer-encoding': _chunked, ...headers } = answer.headers;
  response.writeHead(answer.statusCode, headers as Record<string, string>).end(answer.rawPayload);
}

export interface Proxy extends Listening {
  /** Where tunnels were opened to. */
  readonly tunnels: string[];
}

/** An HTTP proxy that opens tunnels, and does nothing else. */
export async function tunnellingProxy(): Promise<Proxy> {
  const tunnels: string[] = [];
  const server = createHttp((_, response) => void response.writeHead(405).end());
  server.on('connect', ({ url = '' }: IncomingMessage, client) => {
    tunnels.push(url);
    const [host = '', port = ''] = url.split(':');
    const target = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.pipe(client).pipe(target);
    });
    for (const socket of [target, client])
      socket.on('error', () => void [target, client].map((one) => one.destroy()));
  });
  return Object.assign(await listening(server, 'http'), { tunnels });
}

/** An identity provider that gives out `token()` to whoever knows `secret`, and counts who asked. */
export async function identityProvider(
  secret: string,
  token: () => string,
): Promise<Listening & { readonly asked: URLSearchParams[] }> {
  const asked: URLSearchParams[] = [];
  const server = createHttps({ cert: pem('server'), key: pem('server-key') }, (request, response) => {
    void (async () => {
      const form = new URLSearchParams((await buffer(request)).toString());
      asked.push(form);
      const known = form.get('client_secret') === secret && form.get('grant_type') === 'client_credentials';
      response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(
          known
            ? { access_token: token(), expires_in: 60, token_type: 'Bearer' }
            : { error: 'invalid_client' },
        ),
      );
    })();
  });
  return Object.assign(await listening(server, 'https'), { asked });
}

async function listening(server: Server, scheme: string): Promise<Listening> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`${scheme}://127.0.0.1:${port}`),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
