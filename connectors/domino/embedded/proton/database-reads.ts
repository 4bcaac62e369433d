import type { BulkResponse } from './bulk-response.ts';
import { explain, readDocuments, readDocumentsByUnid } from './bulk-read.ts';
import { BULK, documentObject, PAGE, QUERY, READ, UNIDS } from './call-options.ts';
import { type Define, type Method } from './define-method.ts';

export interface DatabaseReads {
  readonly bulkReadDocuments: Method<BulkResponse>;
  readonly bulkReadDocumentsByUnid: Method<BulkResponse>;
  readonly explainQuery: Method<string>;
}

export function databaseReads(define: Define, filePath: string): DatabaseReads {
  return {
    bulkReadDocuments: define('bulkReadDocuments', {
      shape: { ...QUERY, ...PAGE, ...READ, ...BULK },
      convert: (options) => options,
      work: (options, call) => readDocuments(call, filePath, options),
    }),
    bulkReadDocumentsByUnid: define('bulkReadDocumentsByUnid', {
      shape: { ...UNIDS, ...READ, ...BULK },
      convert: (options) => options,
      work: (options, call) => readDocumentsByUnid(call, filePath, options),
    }),
    explainQuery: define('explainQuery', {
      // A published DQL explorer gives it the very options of the bulk call that follows.
      shape: { ...QUERY, ...PAGE, ...READ, ...BULK, replaceItems: documentObject.optional() },
      convert: (options) => options,
      work: (options, call) => explain(call, filePath, options),
    }),
  };
}
