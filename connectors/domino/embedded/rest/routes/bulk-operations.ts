import * as z from 'zod';
import { etagOf } from '../documents/document-meta.ts';
import { requireDocument, visibleDocument } from '../documents/find-document.ts';
import { logDocuments } from '../documents/log-documents.ts';
import { documentEntry, type ReadForm } from '../documents/read-document.ts';
import { createDocument, deleteDocument, saveDocument } from '../documents/write-document.ts';
import { logRead, passDocument, type ScopeCall } from '../rest-call.ts';
import { asRestError, noDocument, RestError } from '../rest-error.ts';
import { json, list } from './answer.ts';
import type { Define } from './define-operation.ts';
import { deletionStatus } from './document-operations.ts';
import { documentBody, flag, mode, richTextAs } from './parameters.ts';
import { foundByQuery, queryBody } from './query-documents.ts';

const unidsBody = z.strictObject({
  unids: z.array(z.string()),
  mode,
  markRead: z.boolean().optional(),
  markUnread: z.boolean().optional(),
});

/** Many documents in one call: 200, and each entry has its own fate. */
export function defineBulk(define: Define): void {
  define.scope({
    operationId: 'bulkGetDocumentsByUnid',
    method: 'POST',
    url: '/api/v1/bulk/unid',
    query: z.object({ meta: flag(true), richTextAs }),
    body: unidsBody,
    work: (call, { query, body }) => list(entriesByUnid(call, body.unids, body.mode, query)),
  });
  define.scope({
    operationId: 'bulkDocumentEtagByUnid',
    method: 'POST',
    url: '/api/v1/bulk/etag',
    body: unidsBody,
    work: (call, { body }) => json(etags(call, body.unids, body.mode)),
  });
  define.scope({
    operationId: 'bulkCreateDocuments',
    method: 'POST',
    url: '/api/v1/bulk/create',
    query: z.object({ richTextAs }),
    body: z.strictObject({ documents: z.array(documentBody) }),
    work: (call, { query, body }) =>
      list(
        each(call, body.documents, (document) => {
          const unid = createDocument(call, document, undefined);
          return written(call, unid, 'default', query.richTextAs);
        }),
      ),
  });
  define.scope({
    operationId: 'bulkDeleteDocuments',
    method: 'POST',
    url: '/api/v1/bulk/delete',
    body: unidsBody,
    work: (call, { body }) =>
      list(
        each(call, body.unids, (unid) => {
          deleteDocument(call, unid, body.mode);
          return deletionStatus(unid, `Document ${unid} deleted`, {
            ...call.context.quirks,
            deleteShape: 'statusText',
          });
        }),
      ),
  });
  define.scope({
    operationId: 'bulkUpdateDocumentsByQuery',
    method: 'PATCH',
    url: '/api/v1/bulk/update',
    query: z.object({ richTextAs }),
    body: queryBody.extend({
      mode,
      replaceItems: documentBody,
      start: z.int().min(0).default(0),
      count: z.int().min(0).optional(),
      returnUpdatedDocument: z.boolean().default(false),
    }),
    work: (call, { query, body }) => {
      const found = foundByQuery(call, body, { start: body.start, count: body.count, mode: body.mode });
      return list(
        each(call, found, ({ note }) => {
          saveDocument(call, note.unid, body.replaceItems, {
            kind: 'patch',
            mode: body.mode,
            revision: undefined,
          });
          if (body.returnUpdatedDocument) return written(call, note.unid, body.mode, query.richTextAs);
          return { statusText: 'OK', status: 200, message: `Document ${note.unid} updated`, unid: note.unid };
        }),
      );
    },
  });
}

function entriesByUnid(
  call: ScopeCall,
  unids: readonly string[],
  modeName: string,
  form: ReadForm,
): readonly unknown[] {
  const found = unids.map((unid) => visibleDocument(call, unid, modeName));
  logDocuments(
    call,
    found.filter((one) => one !== null),
    { unids: unids.map((unid) => unid.toUpperCase()) },
  );
  return found.map((one, index) =>
    one === null ? refusal(call, unids[index] ?? '', modeName) : documentEntry(call, one, form),
  );
}

/** Without content: nothing is asked of a document but Form, which decides its access. */
function etags(call: ScopeCall, unids: readonly string[], modeName: string): Record<string, unknown> {
  const { quirks } = call.context;
  const answer: Record<string, unknown> = {};
  for (const unid of unids) {
    const found = visibleDocument(call, unid, modeName);
    if (found === null) {
      if (quirks.bulkEtagGone === 'exists-false') answer[unid] = { exists: false };
      continue;
    }
    const etag = etagOf(found.note);
    answer[unid] = quirks.bulkEtagShape === 'text' ? etag : { exists: true, etag };
  }
  logRead(call, { itemNames: ['Form'], unids, answered: Object.keys(answer) });
  return answer;
}

function each<T>(call: ScopeCall, targets: readonly T[], work: (target: T) => unknown): readonly unknown[] {
  return targets.map((target, index) => {
    passDocument(call, index);
    try {
      return work(target);
    } catch (cause) {
      const error = asRestError(cause);
      if (error instanceof RestError) return error.body;
      throw error;
    }
  });
}

function written(call: ScopeCall, unid: string, modeName: string, richText: ReadForm['richTextAs']): unknown {
  const found = requireDocument(call, unid, modeName);
  logDocuments(call, [found], { unids: [found.note.unid] });
  return documentEntry(call, found, { meta: true, richTextAs: richText });
}

function refusal(call: ScopeCall, unid: string, modeName: string): unknown {
  try {
    requireDocument(call, unid, modeName);
  } catch (error) {
    if (error instanceof RestError) return error.body;
    throw error;
  }
  return noDocument(unid).body;
}
