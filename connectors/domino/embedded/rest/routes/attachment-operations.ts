import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import { fileItem } from '../../engine/item-builders.ts';
import { refOf } from '../../engine/item-codec.ts';
import { dateTimeOf, instantOf } from '../../engine/notes-date-time.ts';
import type { StoredFile, StoredItem } from '../../stored-note.ts';
import { attachmentNames } from '../documents/read-document.ts';
import { requireDocument } from '../documents/find-document.ts';
import { requireEdit } from '../documents/write-document.ts';
import { logRead, type ScopeCall } from '../rest-call.ts';
import { badRequest, RestError } from '../rest-error.ts';
import { jsonInstant } from '../values/json-time.ts';
import { json } from './answer.ts';
import type { Define } from './define-operation.ts';
import { deletionStatus } from './document-operations.ts';
import { flag, mode } from './parameters.ts';

/** Attachments of one document. No call takes a revision. */
export function defineAttachments(define: Define): void {
  define.scope({
    operationId: 'getDocumentAttachmentNames',
    method: 'GET',
    url: '/api/v1/attachmentnames/:unid',
    query: z.object({ mode, includeAttachmentMetadata: flag(false), includeProtocolUrl: flag(false) }),
    work: (call, { query, params }) => {
      const { note } = requireDocument(call, params['unid'] ?? '', query.mode);
      logFiles(call, note.unid);
      if (!query.includeAttachmentMetadata && !query.includeProtocolUrl)
        return json({ Files: attachmentNames(note) });
      const files = note.items.flatMap(({ value }) => (value.type === 'file' ? [value.file] : []));
      return json({
        Files: files.map((file) => ({
          filename: file.name,
          ...(query.includeProtocolUrl ? { protocolUrls: [] } : {}),
          ...(query.includeAttachmentMetadata ? metadataOf(file, note.created) : {}),
        })),
      });
    },
  });
  define.scope({
    operationId: 'getDocumentAttachment',
    method: 'GET',
    url: '/api/v1/attachments/:unid/:attachmentName',
    query: z.object({ mode }),
    work: (call, { query, params }) => {
      const { note } = requireDocument(call, params['unid'] ?? '', query.mode);
      logFiles(call, note.unid);
      const file = findFile(note.items, params['attachmentName'] ?? '');
      const ref = refOf(file);
      const bytes = ref === undefined ? file.bytes : call.database.content(ref.id);
      return { kind: 'content', type: 'application/octet-stream', bytes };
    },
  });
  define.scope({
    operationId: 'createDocumentAttachment',
    method: 'POST',
    url: '/api/v1/attachments/:unid',
    query: z.object({ mode, fieldName: z.string().optional() }),
    work: async (call, { query, params }) => {
      const unid = params['unid'] ?? '';
      requireEdit(call, requireDocument(call, unid, query.mode));
      const uploads = await uploadsOf(call.request, call.context.quirks.uploadParts === 'any');
      if (uploads.length === 0) throw badRequest('No file was sent: the part is called "filename"');
      const found = requireDocument(call, unid, query.mode);
      requireEdit(call, found);
      const names: string[] = [];
      const added: StoredItem[] = [];
      for (const { name, bytes } of uploads) {
        const free = freeName(name, [...attachmentNames(found.note), ...names]);
        names.push(free);
        added.push(fileItem(free, bytes, dateTimeOf(call.database.now())));
      }
      saveFiles(call, found.note.unid, (items) => [...items, ...added]);
      const [first] = names;
      return json({
        status: 'upload complete',
        ...(names.length === 1 ? { filename: first } : { filenames: names }),
      });
    },
  });
  define.scope({
    operationId: 'deleteDocumentAttachment',
    method: 'DELETE',
    url: '/api/v1/attachments/:unid/:attachmentName',
    query: z.object({ mode, fieldName: z.string().optional() }),
    work: (call, { query, params }) => {
      const found = requireDocument(call, params['unid'] ?? '', query.mode);
      requireEdit(call, found);
      const { name } = findFile(found.note.items, params['attachmentName'] ?? '');
      saveFiles(call, found.note.unid, (items) =>
        items.filter(({ value }) => value.type !== 'file' || value.file.name !== name),
      );
      return json(deletionStatus(found.note.unid, 'deletion complete', call.context.quirks));
    },
  });
}

/** An upload is a save of its own. Whether the revision shows it is open: without, the save comes in as an import of the same version. */
function saveFiles(
  { database, identity, context }: ScopeCall,
  unid: string,
  change: (items: readonly StoredItem[]) => readonly StoredItem[],
): void {
  if (context.quirks.attachmentRevision === 'moves') {
    database.save(unid, change, { by: identity.name });
    return;
  }
  const note = database.read(unid);
  if (note !== null) database.import([{ ...note, items: change(note.items) }]);
}

/** `a.pdf` becomes `a(1).pdf`, so that nothing is replaced; the answer says which name it was. */
function freeName(name: string, taken: readonly string[]): string {
  const used = new Set(taken.map((one) => one.toLowerCase()));
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  let free = name;
  for (let copy = 1; used.has(free.toLowerCase()); copy++) free = `${stem}(${copy})${extension}`;
  return free;
}

async function uploadsOf(
  request: FastifyRequest,
  anyPart: boolean,
): Promise<readonly { readonly name: string; readonly bytes: Buffer }[]> {
  if (!request.isMultipart()) throw badRequest('An upload is multipart/form-data');
  const uploads: { name: string; bytes: Buffer }[] = [];
  for await (const part of request.files()) {
    const bytes = await part.toBuffer();
    if (anyPart || part.fieldname === 'filename') uploads.push({ name: part.filename, bytes });
  }
  return uploads;
}

function findFile(items: readonly StoredItem[], name: string): StoredFile {
  for (const { value } of items) if (value.type === 'file' && value.file.name === name) return value.file;
  throw new RestError(404, 'Attachment not found');
}

function metadataOf(file: StoredFile, otherwise: number): object {
  const modified = (file.modified === null ? null : instantOf(file.modified)) ?? otherwise;
  const created = (file.created === null ? null : instantOf(file.created)) ?? modified;
  return {
    size: refOf(file)?.size ?? file.bytes.byteLength,
    created: jsonInstant(created, 0),
    modified: jsonInstant(modified, 0),
  };
}

function logFiles(call: ScopeCall, unid: string): void {
  logRead(call, { itemNames: ['Form'], unids: [unid], answered: [unid], attachments: true });
}
