import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { ConnectionLost } from '../rest-error.ts';
import type { RestQuirks } from '../rest-quirks.ts';

export type Answer =
  | { readonly kind: 'json'; readonly body: unknown; readonly status?: number }
  /** Sent in pieces, an object a line. */
  | {
      readonly kind: 'list';
      readonly entries: readonly unknown[];
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'content'; readonly type: string; readonly bytes: Uint8Array };

export const json = (body: unknown, status = 200): Answer => ({ kind: 'json', body, status });

export const list = (
  entries: readonly unknown[],
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  kind: 'list',
  entries,
  headers,
});

const CHUNK_BYTES = 64 * 1024;

interface Delivery {
  /** After so many lines or chunks the connection is lost, the headers being long sent. */
  readonly chunkLimit: number | null;
  /** The same after so many entries of a list. */
  readonly pageLimit: number | null;
  readonly arrays: RestQuirks['arrays'];
  readonly isUp: () => boolean;
}

export function sendAnswer(reply: FastifyReply, answer: Answer, delivery: Delivery): FastifyReply {
  const { chunkLimit, pageLimit, arrays, isUp } = delivery;
  const listLimit = chunkLimit ?? (pageLimit === null ? null : pageLimit + 1);
  switch (answer.kind) {
    case 'json':
      return reply
        .code(answer.status ?? 200)
        .type('application/json')
        .send(JSON.stringify(answer.body));
    case 'list':
      void reply.headers(answer.headers ?? {}).type('application/json');
      return reply.send(
        Readable.from(cut(lines(answer.entries, arrays), listLimit, isUp), { objectMode: false }),
      );
    case 'content':
      void reply.type(answer.type);
      return reply.send(Readable.from(cut(chunks(answer.bytes), chunkLimit, isUp), { objectMode: false }));
  }
}

function* lines(entries: readonly unknown[], arrays: RestQuirks['arrays']): Generator<Buffer> {
  const end = arrays === 'compact' ? '' : '\n';
  yield Buffer.from(`[${end}`);
  for (const [index, entry] of entries.entries()) {
    yield Buffer.from(`${JSON.stringify(entry)}${index + 1 < entries.length ? ',' : ''}${end}`);
  }
  yield Buffer.from(`]${end}`);
}

function* chunks(bytes: Uint8Array): Generator<Buffer> {
  for (let from = 0; from < bytes.byteLength; from += CHUNK_BYTES) {
    yield Buffer.from(bytes.subarray(from, from + CHUNK_BYTES));
  }
}

async function* cut(
  parts: Iterable<Buffer>,
  limit: number | null,
  isUp: () => boolean,
): AsyncGenerator<Buffer> {
  let sent = 0;
  for (const part of parts) {
    if (!isUp() || (limit !== null && sent >= limit)) {
      // What was written has to leave before the connection is broken, or the reader sees no beginning.
      await new Promise(setImmediate);
      throw new ConnectionLost(false);
    }
    yield part;
    sent += 1;
  }
}
