import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Whether `If-None-Match` names this tag (RFC 9110 §13.1.2; comparison is weak). */
export function matchesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((given) => {
    const trimmed = given.trim();
    return trimmed === '*' || trimmed.replace(/^W\//, '') === tag.replace(/^W\//, '');
  });
}

/** Kept by the one who asked, and asked for again each time. */
export const PRIVATE = 'private, no-cache';

/** Sends an answer with its ETag, or 304 where the client has it. The tag is of what this account is shown, not of the record. */
export function sendUnlessKnown(
  request: Pick<FastifyRequest, 'headers'>,
  reply: Pick<FastifyReply, 'header' | 'code'> & { send(payload?: unknown): FastifyReply },
  answer: object,
): FastifyReply {
  // Weak: on its way the answer may be compressed.
  const tag = `W/"${createHash('sha256').update(JSON.stringify(answer)).digest('base64url').slice(0, 27)}"`;
  reply.header('etag', tag).header('cache-control', PRIVATE);
  if (!matchesTag(request.headers['if-none-match'], tag)) return reply.send(answer);
  reply.code(304);
  return reply.send();
}
