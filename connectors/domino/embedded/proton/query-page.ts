import { type CompiledQuery, compileQuery } from '../dql/query.ts';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import type { NoteHead } from '../engine/note-store.ts';
import type { QueryResult } from '../engine/query-run.ts';
import { shuffled } from '../engine/seeded-random.ts';
import { type DocumentRange, checkCount } from './bulk-response.ts';
import type { PageOptions, QueryOptions } from './call-options.ts';
import { DominoDbError } from './domino-db-error.ts';
import type { ProtonCall } from './proton-host.ts';

/** What the package asks for when `count` is not given. */
const DEFAULT_COUNT = 100;

export interface QueryPage {
  readonly notes: readonly NoteHead[];
  readonly range: DocumentRange;
}

/**
 * Runs the query afresh and cuts the page out of a new order: Domino promises none, and pages of a query are no snapshot.
 * Throws when `count` is over the cap, the query is wrong or hits its limits.
 */
export function queryPage(
  call: ProtonCall,
  database: EmbeddedDatabase,
  options: QueryOptions & PageOptions,
): QueryPage {
  const { start = 0, count = DEFAULT_COUNT } = options;
  checkCount(call.method, count, call.context.quirks);
  const { matches } = runProtonQuery(call, database, options);
  const page = shuffled(matches, call.context.random).slice(start, start + count);
  return { notes: page, range: { start, count: page.length, total: matches.length } };
}

export function runProtonQuery(
  call: ProtonCall,
  database: EmbeddedDatabase,
  options: QueryOptions,
): QueryResult {
  const { quirks } = call.context;
  const query = compiled(call, database, options);
  if (query.isAll && quirks.allOnEmptyDatabase === 'reject' && database.count() === 0) {
    throw new DominoDbError(
      'ERR_INTERNAL_ERROR',
      'No documents have been modified since specified time. SPR JCUSBUVQB5',
    );
  }
  const { queryArgs, queryLimits } = options;
  const key = JSON.stringify([
    options.query,
    queryArgs,
    queryLimits,
    quirks.unreadableInQuery,
    call.identity,
    call.context.faults.restarts,
  ]);
  return call.context.results.get(database, key, () =>
    database.query(query, {
      limits: definedLimits(options.queryLimits),
      ...(quirks.unreadableInQuery === 'absent' ? { readableBy: call.identity } : {}),
    }),
  );
}

/** The query for the views and indexes that the database has now. */
export function compiled(call: ProtonCall, database: EmbeddedDatabase, options: QueryOptions): CompiledQuery {
  const environment = { design: database.design.forQueries(), switches: call.context.quirks };
  return compileQuery(options.query, options.queryArgs, environment);
}

function definedLimits(limits: QueryOptions['queryLimits']): Record<string, number> {
  const given = Object.entries(limits ?? {}).filter(
    (entry): entry is [string, number] => entry[1] !== undefined,
  );
  return Object.fromEntries(given);
}
