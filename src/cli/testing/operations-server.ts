import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

export interface OperationsServer extends AsyncDisposable {
  readonly url: string;
  readonly asked: readonly Asked[];
}

/** A server on this machine that answers every request with what `answer` writes. */
export async function startOperationsServer(
  answer: (response: ServerResponse, request: IncomingMessage) => unknown,
): Promise<OperationsServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      asked.push({
        path: `${request.method} ${request.url}`,
        authorization: request.headers.authorization,
        body,
      });
      return answer(response, request);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
