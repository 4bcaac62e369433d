import { Readable } from 'node:stream';
import { z } from 'zod';
import type { BlobRef, FieldValue } from '../../sync/values.ts';
import { HANDBOOK_READERS } from '../access.ts';
import { problemAnswers } from '../answers.ts';
import type { AppDeps } from '../app-deps.ts';
import { streamed } from '../binary-schema.ts';
import { outsideAccount } from '../caller.ts';
import type { HttpApp } from '../http-app.ts';
import { ProblemError } from '../problem.ts';
import { text } from '../text-schema.ts';
import { attachmentDisposition } from './content-disposition.ts';
import { matchesTag } from './entity-tag.ts';
import { entityIn, idIn } from './record-schema.ts';
import { sees } from './visibility.ts';

const target = z.object({ entity: entityIn, id: idIn, field: entityIn });

interface BlobAddress {
  readonly entity: string;
  readonly id: string;
  readonly field: string;
  /** Empty for rich text. */
  readonly name: string;
}

const BLOBS = '/api/handbook/v1/records/:entity/:id/blobs/:field';

export function addBlobRoutes(app: HttpApp, deps: Pick<AppDeps, 'members'>): void {
  const named = target.extend({ name: text(255) });
  addBlobRoute(app, `${BLOBS}/:name`, 'Downloads one attachment of a record', named, deps);
  const unnamed = target.transform((address) => ({ ...address, name: '' }));
  addBlobRoute(app, BLOBS, 'Downloads the rich text of a record', unnamed, deps);
}

function addBlobRoute(
  app: HttpApp,
  url: string,
  summary: string,
  params: z.ZodType<BlobAddress>,
  { members }: Pick<AppDeps, 'members'>,
): void {
  app.get(
    url,
    {
      config: { access: HANDBOOK_READERS },
      schema: {
        tags: ['handbook'],
        summary,
        params,
        response: {
          200: { description: 'The bytes', content: { 'application/octet-stream': { schema: streamed } } },
          304: z.undefined().describe('The bytes are those of If-None-Match'),
          ...problemAnswers,
        },
      },
    },
    async (request, reply) => {
      const { entity, id, field, name } = request.params;
      const record = await members.get(id);
      if (record === null || record.entity !== entity || !sees(outsideAccount(request), record)) {
        throw new ProblemError('not-found');
      }
      const ref = blobNamed(record.fields[field] ?? null, name);
      if (ref === undefined) throw new ProblemError('not-found');
      const tag = `"${ref.sha256}"`;
      if (matchesTag(request.headers['if-none-match'], tag)) {
        return reply.header('etag', tag).header('cache-control', PRIVATE).code(304).send(undefined);
      }
      const blob = await members.readBlob({ recordId: id, field }, name);
      if (blob === null || blob.sha256 !== ref.sha256) {
        throw new ProblemError('unavailable', {
          detail: 'The content is still on its way here; try again later.',
        });
      }
      return reply
        .type('application/octet-stream')
        .header('etag', tag)
        .header('cache-control', PRIVATE)
        .header('content-length', blob.size)
        .header('content-disposition', attachmentDisposition(name === '' ? field : name))
        .send(Readable.from(blob.content, { objectMode: false }));
    },
  );
}

const PRIVATE = 'private, no-cache';

function blobNamed(value: FieldValue, name: string): BlobRef | undefined {
  return [value]
    .flat()
    .find((part): part is BlobRef => typeof part === 'object' && part !== null && part.name === name);
}
