import { withItems, withoutItems } from '../engine/item-lookup.ts';
import { logRead } from './bulk-read.ts';
import { changeNote, deleteNote, droppingFiles, replacingAll } from './bulk-write.ts';
import { CHUNKS, documentObject, FILE_NAMES, ITEM_NAMES, READ, WRITE } from './call-options.ts';
import { decodeDocument } from './decode-document.ts';
import { definer } from './define-method.ts';
import type { ProtonDatabase, ProtonDocument } from './proton-api.ts';
import { databaseOf, type ProtonContext, requireAccess } from './proton-host.ts';
import { readByUnid } from './read-entry.ts';
import { attachmentParts, FIELDS, openReading, richTextParts } from './streams-read.ts';

/** The package's Document. Method names in faults and in the request log are prefixed `document.`. */
export function createDocumentFace(
  context: ProtonContext,
  filePath: string,
  unid: string,
  database: () => ProtonDatabase,
): ProtonDocument {
  const define = definer(context, filePath);
  const decode = (document: Readonly<Record<string, unknown>>, duplicateItems: boolean | undefined) =>
    decodeDocument(document, {
      duplicateItems: duplicateItems === true,
      arrayShorthand: context.quirks.arrayShorthand,
    });
  return Object.freeze({
    getUnid: () => unid,
    getDatabase: async () => database(),
    read: define('document.read', {
      shape: READ,
      convert: (options) => options,
      work: (options, call) => {
        const opened = databaseOf(call, filePath);
        requireAccess(call, 'reader', 'read documents');
        logRead(call, filePath, { query: null, unids: [unid], options, answered: [unid] });
        return readByUnid(call, opened, unid, options);
      },
    }),
    replaceItems: define('document.replaceItems', {
      shape: { ...WRITE, replaceItems: documentObject },
      convert: ({ replaceItems, duplicateItems }) => decode(replaceItems, duplicateItems),
      work: (written, call) => {
        changeNote(call, filePath, unid, (items) => withItems(items, written));
      },
    }),
    replace: define('document.replace', {
      shape: { ...WRITE, document: documentObject },
      convert: ({ document, duplicateItems }) => decode(document, duplicateItems),
      work: (items, call) => {
        changeNote(call, filePath, unid, replacingAll(items));
      },
    }),
    delete: define('document.delete', {
      shape: {},
      convert: (options) => options,
      work: (_, call) => {
        deleteNote(call, filePath, unid);
      },
    }),
    deleteItems: define('document.deleteItems', {
      shape: { ...ITEM_NAMES, computeOptions: WRITE.computeOptions },
      convert: (options) => options,
      work: ({ itemNames }, call) => {
        changeNote(call, filePath, unid, (items) => withoutItems(items, itemNames));
      },
    }),
    deleteAttachments: define('document.deleteAttachments', {
      shape: FILE_NAMES,
      convert: (options) => options,
      work: ({ fileNames }, call) => {
        changeNote(call, filePath, unid, droppingFiles(fileNames));
      },
    }),
    readAttachmentStream: define('document.readAttachmentStream', {
      shape: { ...FILE_NAMES, ...CHUNKS },
      convert: (options) => options,
      work: ({ fileNames, chunkSizeKb }, call) =>
        openReading(call, chunkSizeKb, attachmentParts(call, filePath, [unid], fileNames)),
    }),
    readRichTextStream: define('document.readRichTextStream', {
      shape: { ...FIELDS, ...CHUNKS },
      convert: (options) => options,
      work: ({ fields, chunkSizeKb }, call) =>
        openReading(call, chunkSizeKb, richTextParts(call, filePath, [unid], fields)),
    }),
  });
}
