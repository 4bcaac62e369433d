import type { StoredItem } from '../stored-note.ts';
import { DqlError } from '../dql/dql-error.ts';
import type { CompiledQuery, DqlLimits } from '../dql/query.ts';
import { headOf, type NoteHead, type NoteStore } from './note-store.ts';
import { candidatesOf } from './query-candidates.ts';

export interface QueryResult {
  /** All matches; the order means nothing. */
  readonly matches: readonly NoteHead[];
  /** Documents that Domino would have scanned for it. */
  readonly scanned: number;
}

/** The lower of HCL's conflicting published defaults ("Scanning limits" page). */
export const DEFAULT_DQL_LIMITS: DqlLimits = {
  maxDocumentsScanned: 200_000,
  maxViewEntriesScanned: 200_000,
  maxMilliSeconds: 120_000,
};

export interface QueryRun {
  readonly limits: Partial<DqlLimits>;
  /** Null = every match counts. */
  readonly admits: ((items: readonly StoredItem[]) => boolean) | null;
}

/** Throws `DqlError` with `scan-limit` or `time-limit`. */
export function runQuery(store: NoteStore, query: CompiledQuery, { limits, admits }: QueryRun): QueryResult {
  const allowed = { ...DEFAULT_DQL_LIMITS, ...limits };
  const { condition, values, scans } = candidatesOf(query);
  let scanned = scans === 'all' ? store.count() : 0;
  const charge = (): void => {
    if (scanned > allowed.maxDocumentsScanned) {
      throw new DqlError(
        'scan-limit',
        `the query scans more than ${allowed.maxDocumentsScanned} documents (maxDocumentsScanned); narrow it`,
      );
    }
  };
  charge();
  if (query.isAll && admits === null) return { matches: store.heads(), scanned };
  const started = performance.now();
  const matches: NoteHead[] = [];
  for (const row of store.select(condition, values)) {
    if (scans === 'these') {
      scanned += 1;
      charge();
    }
    if (performance.now() - started > allowed.maxMilliSeconds) {
      throw new DqlError(
        'time-limit',
        `the query took longer than ${allowed.maxMilliSeconds} ms (maxMilliSeconds)`,
      );
    }
    const note = store.bare(row);
    if (query.matches(note) && (admits === null || admits(note.items))) matches.push(headOf(row));
  }
  return { matches, scanned };
}
