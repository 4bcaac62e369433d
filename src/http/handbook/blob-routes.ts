import { Readable } from 'node:stream';
import { z } from 'zod';
import type { BlobRef, FieldValue } from '../../sync/values.ts';
import { HANDBOOK_READERS } from '../access.ts';
import { problemAnswers } from '../answers.ts';
import type { AppDeps } from '../app-deps.ts';
import { streamed } from '../binary-schema.ts';
import type { HttpApp } from '../http-app.ts';
import { ProblemError } from '../problem.ts';
import { text } from '../text-schema.ts';
import { attachmentDisposition } from './content-disposition.ts';
import { matchesTag, PRIVATE } from './entity-tag.ts';
import { askedRange } from './range-header.ts';
import { rightsOf } from './reader.ts';
import { entityIn, idIn } from './record-schema.ts';

/**
 * Rich text is made safe inside the zone; should that ever fail, nothing in it may run, load, send or be framed, and its origin is no origin.
 * Nothing here opens it for who has its address: every request needs a token.
 */
const PAGE_POLICY =
  "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
const HTML = 'text/html; charset=utf-8';
const BYTES = 'application/octet-stream';

const target = z.object({ entity: entityIn, id: idIn, field: entityIn });

type Deps = Pick<AppDeps, 'readers' | 'clock'>;

interface BlobAddress {
  readonly entity: string;
  readonly id: string;
  readonly field: string;
  /** Empty for rich text. */
  readonly name: string;
}

const BLOBS = '/api/handbook/v1/records/:entity/:id/blobs/:field';

export function addBlobRoutes(app: HttpApp, deps: Deps): void {
  const named = target.extend({ name: text(255) });
  addBlobRoute(app, `${BLOBS}/:name`, 'Downloads one attachment of a record', named, BYTES, deps);
  const unnamed = target.transform((address) => ({ ...address, name: '' }));
  addBlobRoute(app, BLOBS, 'The rich text of a record as a fragment of safe HTML', unnamed, HTML, deps);
}

function addBlobRoute(
  app: HttpApp,
  url: string,
  summary: string,
  params: z.ZodType<BlobAddress>,
  type: typeof HTML | typeof BYTES,
  deps: Deps,
): void {
  app.get(
    url,
    {
      config: { access: HANDBOOK_READERS },
      schema: {
        tags: ['handbook'],
        summary,
        description:
          'One `Range` of bytes (206, or 416 where it lies behind the end; with `If-Range` the whole where the bytes are others), `ETag`, `If-None-Match`; ' +
          '`Repr-Digest` holds the SHA-256 of the whole (RFC 9530).',
        params,
        response: {
          200: { description: 'The bytes', content: { [type]: { schema: streamed } } },
          206: { description: 'The range', content: { [type]: { schema: streamed } } },
          304: z.undefined().describe('The bytes are those of If-None-Match'),
          ...problemAnswers,
        },
      },
    },
    async (request, reply) => {
      const { entity, id, field, name } = request.params;
      const rights = await rightsOf(request, deps);
      const record = await deps.readers.get(rights, entity, id);
      if (record === null) throw new ProblemError('not-found');
      const ref = blobNamed(record.fields[field] ?? null, name);
      if (ref === undefined) throw new ProblemError('not-found');
      const tag = `"${ref.sha256}"`;
      if (matchesTag(request.headers['if-none-match'], tag)) {
        return reply.header('etag', tag).header('cache-control', PRIVATE).code(304).send(undefined);
      }
      const range = askedRange(
        { range: request.headers.range, ifRange: single(request.headers['if-range']) },
        { tag, size: ref.size },
      );
      const blob = await deps.readers.readBlob(
        rights,
        entity,
        { recordId: id, field },
        name,
        range ?? undefined,
      );
      if (blob === null || blob.sha256 !== ref.sha256) {
        throw new ProblemError('unavailable', {
          detail: 'The content is still on its way here; try again later.',
        });
      }
      reply.type(type).header('etag', tag).header('cache-control', PRIVATE).header('accept-ranges', 'bytes');
      const { first, last } = blob.range ?? { first: 0, last: -1 };
      if (range !== null) {
        if (blob.range === null) {
          reply.header('content-range', `bytes */${blob.size}`);
          throw new ProblemError('range-not-satisfiable');
        }
        reply.code(206).header('content-range', `bytes ${first}-${last}/${blob.size}`);
      }
      if (type === HTML) reply.header('content-security-policy', PAGE_POLICY);
      else reply.header('content-disposition', attachmentDisposition(name));
      return reply
        .header('content-length', last - first + 1)
        .header('repr-digest', `sha-256=:${Buffer.from(ref.sha256, 'hex').toString('base64')}:`)
        .send(Readable.from(blob.content, { objectMode: false }));
    },
  );
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

function blobNamed(value: FieldValue, name: string): BlobRef | undefined {
  return [value]
    .flat()
    .find((part): part is BlobRef => typeof part === 'object' && part !== null && part.name === name);
}
