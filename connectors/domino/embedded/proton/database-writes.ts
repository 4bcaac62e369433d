import * as z from 'zod';
import { withItems } from '../engine/item-lookup.ts';
import type { BulkResponse } from './bulk-response.ts';
import { changeNote, createNote, replacingAll, writeEach, writeFound } from './bulk-write.ts';
import { BULK, documentObject, PAGE, QUERY, WRITE } from './call-options.ts';
import { decodeDocument } from './decode-document.ts';
import type { Define, Method } from './define-method.ts';
import type { ProtonQuirks } from './quirks.ts';

export interface DatabaseWrites {
  readonly createDocument: Method<string>;
  readonly bulkCreateDocuments: Method<BulkResponse>;
  readonly bulkReplaceItems: Method<BulkResponse>;
  readonly bulkReplaceItemsByUnid: Method<BulkResponse>;
  readonly bulkReplaceDocumentsByUnid: Method<BulkResponse>;
}

/** A document object with the UNID it is meant for. */
const addressed = z.looseObject({ '@unid': z.string() });

export function databaseWrites(define: Define, filePath: string, quirks: ProtonQuirks): DatabaseWrites {
  const decode = (document: Readonly<Record<string, unknown>>, duplicateItems: boolean | undefined) =>
    decodeDocument(document, {
      duplicateItems: duplicateItems === true,
      arrayShorthand: quirks.arrayShorthand,
    });
  return {
    createDocument: define('createDocument', {
      shape: { ...WRITE, document: documentObject },
      convert: ({ document, duplicateItems }) => decode(document, duplicateItems),
      work: (items, call) => String(createNote(call, filePath, items)['@unid']),
    }),
    bulkCreateDocuments: define('bulkCreateDocuments', {
      shape: { ...BULK, ...WRITE, documents: z.array(documentObject).min(1) },
      convert: ({ documents, duplicateItems }) => documents.map((one) => decode(one, duplicateItems)),
      work: (documents, call, options) =>
        writeEach(call, filePath, documents, options, {
          unid: () => null,
          work: (items) => createNote(call, filePath, items),
        }),
    }),
    bulkReplaceItems: define('bulkReplaceItems', {
      shape: { ...QUERY, ...PAGE, ...BULK, ...WRITE, replaceItems: documentObject },
      convert: ({ replaceItems, duplicateItems }) => decode(replaceItems, duplicateItems),
      work: async (written, call, options) =>
        writeFound(call, filePath, options, (unid) =>
          changeNote(call, filePath, unid, (items) => withItems(items, written)),
        ),
    }),
    bulkReplaceItemsByUnid: define('bulkReplaceItemsByUnid', {
      shape: {
        ...BULK,
        ...WRITE,
        replaceItemsByUnid: z.array(addressed).min(1),
        replaceItems: documentObject.optional(),
      },
      convert: ({ replaceItemsByUnid, replaceItems, duplicateItems }) =>
        replaceItemsByUnid.map((one) => ({
          unid: one['@unid'],
          written: decode({ ...replaceItems, ...one }, duplicateItems),
        })),
      work: (targets, call, options) =>
        writeEach(call, filePath, targets, options, {
          unid: ({ unid }) => unid,
          work: ({ unid, written }) => changeNote(call, filePath, unid, (items) => withItems(items, written)),
        }),
    }),
    bulkReplaceDocumentsByUnid: define('bulkReplaceDocumentsByUnid', {
      shape: { ...BULK, ...WRITE, documents: z.array(addressed).min(1) },
      convert: ({ documents, duplicateItems }) =>
        documents.map((one) => ({ unid: one['@unid'], items: decode(one, duplicateItems) })),
      work: (targets, call, options) =>
        writeEach(call, filePath, targets, options, {
          unid: ({ unid }) => unid,
          work: ({ unid, items }) => changeNote(call, filePath, unid, replacingAll(items)),
        }),
    }),
  };
}
