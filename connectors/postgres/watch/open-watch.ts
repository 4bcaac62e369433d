import type { SqlPool } from '../pool/sql-pool.ts';
import type { Watch } from '../watch-port.ts';
import { documentsOf, findDocuments } from './documents.ts';
import { searchJournal } from './journal-search.ts';
import { passesOf, putPass, runningPasses } from './passes.ts';
import { putReleaseRequest, releaseRequests } from './release-requests.ts';
import { checkpointHistory, forgetSamples, sampleSeries, takeSample } from './samples.ts';
import { linkSummaries } from './summaries.ts';

/** {@link Watch} on schema `bridge`. The pool stays the caller's to close. */
export function openWatch(pool: SqlPool): Watch {
  return {
    summaries: () => linkSummaries(pool),
    series: (query) => sampleSeries(pool, query),
    checkpoints: (linkId, limit) => checkpointHistory(pool, linkId, limit),
    takeSample: (at) => takeSample(pool, at),
    forgetSamples: (now) => forgetSamples(pool, now),
    passes: (linkId, limit) => passesOf(pool, linkId, limit),
    runningPasses: (now) => runningPasses(pool, now),
    putPass: (row) => putPass(pool, row),
    documents: (filter) => documentsOf(pool, filter),
    findDocuments: (query, limit) => findDocuments(pool, query, limit),
    searchJournal: (filter) => searchJournal(pool, filter),
    releaseRequests: () => releaseRequests(pool),
    putReleaseRequest: (request) => putReleaseRequest(pool, request),
  };
}
