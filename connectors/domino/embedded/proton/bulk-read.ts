import { type BulkResponse, bulkResponse, checkCount, forEachTarget } from './bulk-response.ts';
import type { BulkOptions, PageOptions, QueryOptions, ReadOptions } from './call-options.ts';
import { badRequest } from './domino-db-error.ts';
import { databaseOf, type ProtonCall, requireAccess } from './proton-host.ts';
import { compiled, queryPage, runProtonQuery } from './query-page.ts';
import { readByUnid, readFound } from './read-entry.ts';

export function readDocuments(
  call: ProtonCall,
  filePath: string,
  options: QueryOptions & PageOptions & ReadOptions & BulkOptions,
): BulkResponse {
  const database = openForReading(call, filePath, options);
  const { notes, range } = queryPage(call, database, options);
  logRead(call, filePath, {
    query: options.query,
    unids: [],
    options,
    answered: notes.map(({ unid }) => unid),
  });
  const done = forEachTarget(asReading(call), notes, options.onErrorOptions, {
    unid: ({ unid }) => unid,
    work: (head) => readFound(call, database, head, options),
  });
  return bulkResponse(done, call.context.quirks, range);
}

export function readDocumentsByUnid(
  call: ProtonCall,
  filePath: string,
  options: { readonly unids: readonly string[] } & ReadOptions & BulkOptions,
): BulkResponse {
  const database = openForReading(call, filePath, options);
  checkCount(call.method, options.unids.length, call.context.quirks);
  logRead(call, filePath, { query: null, unids: options.unids, options, answered: options.unids });
  const done = forEachTarget(asReading(call), options.unids, options.onErrorOptions, {
    unid: (unid) => unid,
    work: (unid) => readByUnid(call, database, unid, options),
  });
  return bulkResponse(done, call.context.quirks);
}

export function explain(call: ProtonCall, filePath: string, options: QueryOptions): string {
  const database = databaseOf(call, filePath);
  requireAccess(call, 'reader', 'read documents');
  // Explain runs the query, and hits its limits.
  runProtonQuery(call, database, options);
  return compiled(call, database, options).explain(database.notes());
}

function openForReading(
  call: ProtonCall,
  filePath: string,
  { canonicalFormat }: ReadOptions,
): ReturnType<typeof databaseOf> {
  if (canonicalFormat === true && call.context.quirks.canonicalFormat === 'rejected') {
    throw badRequest(`${call.method}: "canonicalFormat" is not allowed`);
  }
  const database = databaseOf(call, filePath);
  requireAccess(call, 'reader', 'read documents');
  return database;
}

/** Half of a bulk write is an effect that stays; half of a page is only a lost answer. */
function asReading(call: ProtonCall): ProtonCall {
  return { ...call, faults: { ...call.faults, bulkLimit: call.faults.pageLimit } };
}

export function logRead(
  call: ProtonCall,
  filePath: string,
  read: {
    readonly query: string | null;
    readonly unids: readonly string[];
    readonly options: ReadOptions;
    readonly answered: readonly string[];
  },
): void {
  const { domino } = call.context;
  domino.requests.record({
    at: domino.now(),
    method: call.method,
    filePath,
    identity: call.identity.name,
    query: read.query,
    unids: read.unids,
    itemNames: read.options.itemNames ?? [],
    attachments: read.options.readAttachmentSummaries === true,
    answered: read.answered,
  });
}
