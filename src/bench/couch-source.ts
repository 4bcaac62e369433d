import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A document without CouchDB's own members. */
export interface CouchDocument {
  readonly id: string;
  readonly content: Readonly<Record<string, unknown>>;
}

const REV = '1-0123456789abcdef0123456789abcdef';

/** As much of CouchDB's protocol as a pull replication asks for, over documents in memory. Listens on loopback. */
export async function openCouchSource(
  documents: readonly CouchDocument[],
): Promise<{ readonly url: string; close(): void }> {
  const byId = new Map(documents.map((document) => [document.id, document]));
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const [status, answer] = answerOf(request.method ?? 'GET', url, body, documents, byId);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/city`, close: () => end(server) };
}

function answerOf(
  method: string,
  url: URL,
  body: string,
  documents: readonly CouchDocument[],
  byId: ReadonlyMap<string, CouchDocument>,
): readonly [status: number, answer: unknown] {
  const [, , resource = ''] = url.pathname.split('/');
  if (resource === '')
    return [200, { db_name: 'city', update_seq: documents.length, doc_count: documents.length }];
  if (resource === '_local')
    return method === 'PUT' ? [201, { ok: true, rev: '0-1' }] : [404, { error: 'not_found' }];
  if (resource === '_changes') {
    const since = Number(url.searchParams.get('since') ?? 0);
    const limit = Number(url.searchParams.get('limit') ?? documents.length);
    const page = documents.slice(since, since + limit);
    const results = page.map(({ id }, at) => ({
      id,
      seq: since + at + 1,
      changes: [{ rev: REV }],
    }));
    return [200, { results, last_seq: since + page.length, pending: documents.length - since - page.length }];
  }
  if (resource === '_bulk_get') {
    const { docs } = JSON.parse(body) as { readonly docs: readonly { readonly id: string }[] };
    const revisions = { start: 1, ids: [REV.slice(2)] };
    const results = docs.map(({ id }) => ({
      id,
      docs: [{ ok: { ...byId.get(id)?.content, _id: id, _rev: REV, _revisions: revisions } }],
    }));
    return [200, { results }];
  }
  return [404, { error: 'not_found' }];
}

function end(server: Server): void {
  server.closeAllConnections();
  server.close();
}
