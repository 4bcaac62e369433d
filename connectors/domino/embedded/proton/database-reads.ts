import type { BulkResponse } from './bulk-response.ts';
import { explain, readDocuments, readDocumentsByUnid } from './bulk-read.ts';
import { BULK, PAGE, QUERY, READ, UNIDS } from './call-options.ts';
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
      shape: QUERY,
      convert: (options) => options,
      work: (options, call) => explain(call, filePath, options),
    }),
  };
}
