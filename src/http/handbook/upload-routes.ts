import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Upload } from '../../../connectors/handbook/uploads-port.ts';
import { HANDBOOK_READERS } from '../access.ts';
import { problemAnswers } from '../answers.ts';
import type { AppDeps } from '../app-deps.ts';
import { streamed } from '../binary-schema.ts';
import type { HttpApp } from '../http-app.ts';
import { ProblemError } from '../problem.ts';
import { attachmentDisposition } from './content-disposition.ts';
import { rightsOf } from './reader.ts';
import { endUpload, receiveBytes } from './receive-bytes.ts';
import { readUploadMetadata } from './upload-metadata.ts';
import {
  creationHeaders,
  MOST_BYTES,
  MOST_PATCH_BYTES,
  patchHeaders,
  TUS,
  uploadAnswer,
  uploadOut,
} from './upload-schema.ts';

const UPLOADS = '/api/handbook/v1/uploads';
const one = z.object({ upload: z.uuid() });
const done = { 204: z.undefined().describe('Done; `Upload-Offset` says how far'), ...problemAnswers };

/** Files of members for their records, by tus 1.0 (creation, termination): an upload that broke off goes on where it was. */
export function addUploadRoutes(
  app: HttpApp,
  deps: Pick<AppDeps, 'readers' | 'uploads' | 'inspector' | 'clock'>,
): void {
  const { uploads, clock } = deps;
  app.addContentTypeParser(
    'application/offset+octet-stream',
    { bodyLimit: MOST_PATCH_BYTES },
    (_request, body, next) => next(null, body),
  );
  const found = async (request: Parameters<typeof rightsOf>[0], id: string) => {
    const rights = await rightsOf(request, deps);
    const upload = await uploads.find(rights, id);
    if (upload === null) throw new ProblemError('not-found');
    return { rights, upload };
  };

  app.post(
    UPLOADS,
    {
      config: { access: HANDBOOK_READERS },
      schema: {
        tags: ['handbook'],
        summary: 'Begins an upload for a record that the account may change',
        description: `tus 1.0 (creation). At most ${MOST_BYTES / 1024 / 1024} MB; PDF, PNG, JPEG, Office and OpenDocument files without macros, text. \`Location\` is where the bytes go.`,
        headers: creationHeaders,
        response: { 201: z.undefined().describe('Begun: send the bytes to `Location`'), ...problemAnswers },
      },
    },
    async (request, reply) => {
      const { filename, entity, record, sha256 } = readUploadMetadata(request.headers['upload-metadata']);
      const rights = await rightsOf(request, deps);
      const id = randomUUID();
      const size = request.headers['upload-length'];
      const begun = await uploads.begin(rights, {
        id,
        entity,
        recordId: record,
        fileName: filename,
        size,
        sha256,
        now: clock.now(),
      });
      if (begun === 'too-many')
        throw new ProblemError('refused', {
          detail: 'Too many uploads, or too many bytes: delete some first.',
        });
      // What may not be changed and what may not be seen look alike.
      if (begun === 'forbidden') throw new ProblemError('not-found');
      return reply
        .code(201)
        .header('location', `${UPLOADS}/${id}`)
        .header('tus-resumable', TUS)
        .send(undefined);
    },
  );

  app.get(
    UPLOADS,
    {
      config: { access: HANDBOOK_READERS },
      schema: {
        tags: ['handbook'],
        summary: 'The uploads of the account, newest first',
        response: { 200: z.object({ uploads: z.array(uploadOut) }), ...problemAnswers },
      },
    },
    async (request) => ({ uploads: (await uploads.list(await rightsOf(request, deps))).map(uploadAnswer) }),
  );

  app.get(
    `${UPLOADS}/:upload`,
    {
      config: { access: HANDBOOK_READERS },
      schema: {
        tags: ['handbook'],
        summary: 'What became of an upload; by HEAD how much is there',
        params: one,
        response: { 200: uploadOut, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const { upload } = await found(request, request.params.upload);
      progress(reply, upload, upload.received).header('upload-length', upload.size);
      return uploadAnswer(upload);
    },
  );

  app.patch(
    `${UPLOADS}/:upload`,
    {
      config: { access: HANDBOOK_READERS },
      schema: {
        tags: ['handbook'],
        summary: 'Adds bytes to an upload; the last ones have the file checked',
        description:
          `Up to ${MOST_PATCH_BYTES / 1024 / 1024} MB at once as \`application/offset+octet-stream\`. What came before a line broke is kept: ask by HEAD where to go on. ` +
          'A file that is not what its SHA-256 says, of another type, or a bomb is refused (422) and erased.',
        consumes: ['application/offset+octet-stream'],
        params: one,
        headers: patchHeaders,
        response: done,
      },
    },
    async (request, reply) => {
      const { rights, upload } = await found(request, request.params.upload);
      const body = request.body instanceof Readable ? request.body : Readable.from([]);
      const offset = await receiveBytes(deps, rights, upload, request.headers['upload-offset'], body);
      if (offset === null) throw new ProblemError('upload-offset');
      if (offset === upload.size) {
        const end = await endUpload(deps, rights, upload);
        if (end.state === 'refused') throw new ProblemError('refused-file', { detail: end.reason });
      }
      return progress(reply, upload, offset).code(204).send(undefined);
    },
  );

  app.delete(
    `${UPLOADS}/:upload`,
    {
      config: { access: HANDBOOK_READERS },
      schema: {
        tags: ['handbook'],
        summary: 'Forgets an upload with its bytes',
        params: one,
        response: done,
      },
    },
    async (request, reply) => {
      const rights = await rightsOf(request, deps);
      if (!(await uploads.remove(rights, request.params.upload))) throw new ProblemError('not-found');
      return reply.header('tus-resumable', TUS).code(204).send(undefined);
    },
  );

  app.get(
    `${UPLOADS}/:upload/content`,
    {
      config: { access: HANDBOOK_READERS },
      schema: {
        tags: ['handbook'],
        summary: 'The file as it is kept here, for who sent it',
        params: one,
        response: {
          200: { description: 'The bytes', content: { 'application/octet-stream': { schema: streamed } } },
          ...problemAnswers,
        },
      },
    },
    async (request, reply) => {
      const { rights, upload } = await found(request, request.params.upload);
      const record = await deps.readers.get(rights, upload.entity, upload.recordId);
      if (upload.state !== 'held' || record === null) throw new ProblemError('not-found');
      return reply
        .type('application/octet-stream')
        .header('content-disposition', attachmentDisposition(upload.fileName))
        .header('content-length', upload.size)
        .send(Readable.from(uploads.content(rights, upload.id), { objectMode: false }));
    },
  );
}

function progress(reply: FastifyReply, { id }: Pick<Upload, 'id'>, offset: number): FastifyReply {
  return reply
    .header('tus-resumable', TUS)
    .header('upload-offset', offset)
    .header('location', `${UPLOADS}/${id}`);
}
