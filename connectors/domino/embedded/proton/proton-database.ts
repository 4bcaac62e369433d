import * as z from 'zod';
import { accessListMethods } from './access-list.ts';
import { createNote, changeNote } from './bulk-write.ts';
import { documentObject, QUERY, WRITE } from './call-options.ts';
import { databaseDeletes } from './database-deletes.ts';
import { databaseReads } from './database-reads.ts';
import { databaseWrites } from './database-writes.ts';
import { decodeDocument } from './decode-document.ts';
import { definer } from './define-method.ts';
import { DominoDbError } from './domino-db-error.ts';
import { withItems } from '../engine/item-lookup.ts';
import { databaseOf, type ProtonContext, parseOptions } from './proton-host.ts';
import type { ProtonDatabase, ProtonDocument, ProtonServer } from './proton-api.ts';
import { createDocumentFace } from './proton-document.ts';
import { runProtonQuery } from './query-page.ts';
import { readingStreams } from './streams-read.ts';
import { writingStreams } from './streams-write.ts';

export function createDatabaseFace(
  ofServer: ProtonContext,
  filePath: string,
  server: () => ProtonServer,
): ProtonDatabase {
  const context = { ...ofServer, quirks: ofServer.quirksIn(filePath) };
  const define = definer(context, filePath);
  const documentOf = (unid: string): ProtonDocument =>
    createDocumentFace(context, filePath, unid, () => face);
  const face: ProtonDatabase = Object.freeze({
    getServer: async () => server(),
    getFilePath: async () => filePath,
    useDocument: async (given?: unknown) => {
      const { unid } = parseOptions('useDocument', context.quirks, { unid: z.string().min(1) }, given);
      return documentOf(unid);
    },
    upsertDocument: define('upsertDocument', {
      shape: { ...QUERY, ...WRITE, document: documentObject },
      convert: ({ document, duplicateItems }) =>
        decodeDocument(document, {
          duplicateItems: duplicateItems === true,
          arrayShorthand: context.quirks.arrayShorthand,
        }),
      work: (items, call, options) => {
        const { matches } = runProtonQuery(call, databaseOf(call, filePath), options);
        const [match] = matches;
        if (match === undefined) return documentOf(String(createNote(call, filePath, items)['@unid']));
        if (matches.length > 1) {
          throw new DominoDbError(
            'ERR_NOT_UNIQUE_SEARCH',
            `Query matches ${matches.length} documents, expected one`,
          );
        }
        changeNote(call, filePath, match.unid, (before) => withItems(before, items));
        return documentOf(match.unid);
      },
    }),
    ...databaseReads(define, filePath),
    ...databaseWrites(define, filePath, context.quirks),
    ...databaseDeletes(define, filePath),
    ...readingStreams(define, filePath),
    ...writingStreams(define, filePath),
    ...accessListMethods(define, filePath),
  });
  return face;
}
