import * as z from 'zod';
import { metaOf } from '../documents/document-meta.ts';
import { requireDocument } from '../documents/find-document.ts';
import { askedItems, documentJson } from '../documents/read-document.ts';
import { createDocument, deleteDocument, saveDocument } from '../documents/write-document.ts';
import { logRead, type ScopeCall } from '../rest-call.ts';
import type { RestQuirks } from '../rest-quirks.ts';
import type { RichTextForm } from '../rich-text/rich-text-json.ts';
import { formNames, readableFields, shownForm, writableFields } from '../schema/find-mode.ts';
import { json } from './answer.ts';
import type { Define } from './define-operation.ts';
import { documentBody, flag, mode, names, richTextAs } from './parameters.ts';

const writeQuery = z.object({ mode, revision: z.string().optional(), richTextAs });

/** One document by UNID. */
export function defineDocuments(define: Define): void {
  define.scope({
    operationId: 'createDocument',
    method: 'POST',
    url: '/api/v1/document',
    query: z.object({ richTextAs, parentUnid: z.string().optional() }),
    body: documentBody,
    work: (call, { query, body }) => {
      const unid = createDocument(call, body, query.parentUnid);
      return json(read(call, unid, { mode: 'default', richTextAs: query.richTextAs }));
    },
  });
  define.scope({
    operationId: 'getDocument',
    method: 'GET',
    url: '/api/v1/document/:unid',
    query: z.object({ mode, meta: flag(true), richTextAs, fields: names }),
    work: (call, { query, params }) => json(read(call, params['unid'] ?? '', query)),
  });
  for (const [operationId, method, kind] of [
    ['updateDocument', 'PUT', 'replace'],
    ['patchDocument', 'PATCH', 'patch'],
  ] as const) {
    define.scope({
      operationId,
      method,
      url: '/api/v1/document/:unid',
      query: writeQuery,
      body: documentBody,
      work: (call, { query, body, params }) => {
        const unid = params['unid'] ?? '';
        saveDocument(call, unid, body, { kind, mode: query.mode, revision: query.revision });
        return json(read(call, unid, query));
      },
    });
  }
  define.scope({
    operationId: 'deleteDocument',
    method: 'DELETE',
    url: '/api/v1/document/:unid',
    query: z.object({ mode }),
    work: (call, { query, params }) => {
      const unid = (params['unid'] ?? '').toUpperCase();
      deleteDocument(call, unid, query.mode);
      return json(deletionStatus(unid, 'deletion complete', call.context.quirks));
    },
  });
  define.scope({
    operationId: 'getDocumentMetadata',
    method: 'GET',
    url: '/api/v1/docmeta/:unid',
    work: (call, { params }) => {
      const { note, form } = requireDocument(call, params['unid'] ?? '', 'default');
      logRead(call, { itemNames: ['Form'], unids: [note.unid], answered: [note.unid] });
      return json({ ...metaOf(note, call.identity, call.context.quirks), Form: shownForm(form) });
    },
  });
  define.scope({
    operationId: 'getDocumentFormModes',
    method: 'GET',
    url: '/api/v1/documentmodes/:unid',
    work: (call, { params }) => {
      const { note, form } = requireDocument(call, params['unid'] ?? '', 'default');
      logRead(call, { itemNames: ['Form'], unids: [note.unid], answered: [note.unid] });
      return json(
        form.formModes.map((one) => ({
          ...one,
          formName: formNames(form)[0],
          readAccessFields: readableFields(one),
          writeAccessFields: writableFields(one),
        })),
      );
    },
  });
}

/** Both public shapes of a deletion's answer. */
export function deletionStatus(unid: string, message: string, { deleteShape }: RestQuirks): object {
  return deleteShape === 'statusCode'
    ? { status: 'OK', statusCode: 200, message, unid }
    : { statusText: 'OK', status: 200, message, unid };
}

interface Read {
  readonly mode: string;
  readonly richTextAs: RichTextForm | null;
  readonly meta?: boolean;
  readonly fields?: readonly string[] | null;
}

/** Also after a write: the answer is the document as stored. */
function read(call: ScopeCall, unid: string, { mode, richTextAs, meta = true, fields = null }: Read): object {
  const found = requireDocument(call, unid, mode);
  const only = call.context.quirks.fieldsParameter === 'honoured' ? fields : null;
  const answered = [found.note.unid];
  logRead(call, { itemNames: askedItems(found, only), unids: answered, answered });
  return documentJson(call, found, { meta, richTextAs, fields: only });
}
