import { withoutItems } from '../engine/item-lookup.ts';
import type { BulkResponse } from './bulk-response.ts';
import {
  changeNote,
  deleteNote,
  droppingFiles,
  type ItemsChange,
  writeEach,
  writeFound,
} from './bulk-write.ts';
import { BULK, FILE_NAMES, ITEM_NAMES, PAGE, QUERY, UNIDS, WRITE } from './call-options.ts';
import { type Define, type Method } from './define-method.ts';

export interface DatabaseDeletes {
  readonly bulkDeleteDocuments: Method<BulkResponse>;
  readonly bulkDeleteDocumentsByUnid: Method<BulkResponse>;
  readonly bulkDeleteItems: Method<BulkResponse>;
  readonly bulkDeleteItemsByUnid: Method<BulkResponse>;
  readonly bulkDeleteAttachments: Method<BulkResponse>;
  readonly bulkDeleteAttachmentsByUnid: Method<BulkResponse>;
}

const BY_QUERY = { ...QUERY, ...PAGE, ...BULK };
const BY_UNID = { ...UNIDS, ...BULK };
const ITEMS = { ...ITEM_NAMES, computeOptions: WRITE.computeOptions };
const itself = { unid: (unid: string) => unid };

const dropping =
  (itemNames: readonly string[]): ItemsChange =>
  (items) =>
    withoutItems(items, itemNames);

export function databaseDeletes(define: Define, filePath: string): DatabaseDeletes {
  return {
    bulkDeleteDocuments: define('bulkDeleteDocuments', {
      shape: BY_QUERY,
      convert: (options) => options,
      work: async (options, call) =>
        writeFound(call, filePath, options, (unid) => deleteNote(call, filePath, unid)),
    }),
    bulkDeleteDocumentsByUnid: define('bulkDeleteDocumentsByUnid', {
      shape: BY_UNID,
      convert: (options) => options,
      work: (options, call) =>
        writeEach(call, filePath, options.unids, options, {
          ...itself,
          work: (unid) => deleteNote(call, filePath, unid),
        }),
    }),
    bulkDeleteItems: define('bulkDeleteItems', {
      shape: { ...BY_QUERY, ...ITEMS },
      convert: ({ itemNames }) => dropping(itemNames),
      work: async (change, call, options) =>
        writeFound(call, filePath, options, (unid) => changeNote(call, filePath, unid, change)),
    }),
    bulkDeleteItemsByUnid: define('bulkDeleteItemsByUnid', {
      shape: { ...BY_UNID, ...ITEMS },
      convert: ({ itemNames }) => dropping(itemNames),
      work: (change, call, options) =>
        writeEach(call, filePath, options.unids, options, {
          ...itself,
          work: (unid) => changeNote(call, filePath, unid, change),
        }),
    }),
    bulkDeleteAttachments: define('bulkDeleteAttachments', {
      shape: { ...BY_QUERY, ...FILE_NAMES },
      convert: ({ fileNames }) => droppingFiles(fileNames),
      work: async (change, call, options) =>
        writeFound(call, filePath, options, (unid) => changeNote(call, filePath, unid, change)),
    }),
    bulkDeleteAttachmentsByUnid: define('bulkDeleteAttachmentsByUnid', {
      shape: { ...BY_UNID, ...FILE_NAMES },
      convert: ({ fileNames }) => droppingFiles(fileNames),
      work: (change, call, options) =>
        writeEach(call, filePath, options.unids, options, {
          ...itself,
          work: (unid) => changeNote(call, filePath, unid, change),
        }),
    }),
  };
}
