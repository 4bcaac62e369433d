import type { StoredItem } from '../stored-note.ts';
import { DqlError } from '../dql/dql-error.ts';
import type { CompiledQuery, DqlLimits } from '../dql/query.ts';
import { PUBLISHED_LIMITS } from '../dql/switches.ts';
import { decodeBare } from './item-codec.ts';
import { itemsOfForm } from './note-form.ts';
import { headOf, type NoteHead, type NoteStore } from './note-store.ts';
import { candidatesOf } from './query-candidates.ts';

export interface QueryResult {
  /** All matches; the order means nothing. */
  readonly matches: readonly NoteHead[];
  /** Documents that Domino would have scanned for it. */
  readonly scanned: number;
}

export interface QueryRun {
  /** In place of the published defaults. */
  readonly limits: Partial<DqlLimits>;
  /** Null = every match counts. */
  readonly admits: ((items: readonly StoredItem[]) => boolean) | null;
}

/** What a query has used up. Throws `scan-limit` or `time-limit` as soon as it is more than allowed. */
class Spending {
  readonly #allowed: DqlLimits;
  readonly #started = performance.now();
  #documents = 0;
  #entries = 0;

  constructor(allowed: DqlLimits) {
    this.#allowed = allowed;
  }

  get documents(): number {
    return this.#documents;
  }

  spend(documents: number, entries: number): void {
    const { maxDocumentsScanned, maxViewEntriesScanned, maxMilliSeconds } = this.#allowed;
    this.#documents += documents;
    this.#entries += entries;
    if (this.#documents > maxDocumentsScanned) {
      throw new DqlError(
        'scan-limit',
        `the query scans more than ${maxDocumentsScanned} documents (maxDocumentsScanned); narrow it`,
      );
    }
    if (this.#entries > maxViewEntriesScanned) {
      throw new DqlError(
        'entry-limit',
        `the query reads more than ${maxViewEntriesScanned} view entries (maxViewEntriesScanned); narrow it`,
      );
    }
    if (performance.now() - this.#started > maxMilliSeconds) {
      throw new DqlError('time-limit', `the query took longer than ${maxMilliSeconds} ms (maxMilliSeconds)`);
    }
  }
}

/** Throws `DqlError` with `scan-limit`, `entry-limit` or `time-limit`. */
export function runQuery(store: NoteStore, query: CompiledQuery, { limits, admits }: QueryRun): QueryResult {
  const spending = new Spending({ ...PUBLISHED_LIMITS[query.switches.scanLimits], ...limits });
  const { condition, values, scans } = candidatesOf(query);
  if (scans === 'all') spending.spend(store.count(), 0);
  if (query.isAll && admits === null) return { matches: store.heads(), scanned: spending.documents };
  const matches: NoteHead[] = [];
  if (query.looksAtFormOnly && admits === null) {
    for (const { form, ...head } of store.selectForms(condition, values)) {
      spending.spend(scans === 'these' ? 1 : 0, 0);
      const items = itemsOfForm(form) ?? store.find(head.unid)?.json;
      if (query.matches({ ...head, items: typeof items === 'string' ? decodeBare(items) : (items ?? []) })) {
        matches.push(head);
      }
    }
    return { matches, scanned: spending.documents };
  }
  for (const row of store.select(condition, values)) {
    const note = query.needsContent ? store.full(row) : store.bare(row);
    spending.spend(scans === 'these' ? 1 : 0, query.entriesOf(note));
    if (query.matches(note) && (admits === null || admits(note.items))) matches.push(headOf(row));
  }
  return { matches, scanned: spending.documents };
}
