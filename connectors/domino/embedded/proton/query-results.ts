import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import type { QueryResult } from '../engine/query-run.ts';

const KEPT = 8;

/**
 * The last results of each database, kept as long as it is not written to: paging through a large result would otherwise search it anew for
 * every page. Nothing of it shows outside but speed.
 */
export class QueryResults {
  readonly #kept = new WeakMap<EmbeddedDatabase, { version: number; byKey: Map<string, QueryResult> }>();

  get(database: EmbeddedDatabase, key: string, run: () => QueryResult): QueryResult {
    let kept = this.#kept.get(database);
    if (kept?.version !== database.version) {
      kept = { version: database.version, byKey: new Map() };
      this.#kept.set(database, kept);
    }
    const known = kept.byKey.get(key);
    if (known !== undefined) return known;
    const result = run();
    const [oldest] = kept.byKey.keys();
    if (kept.byKey.size >= KEPT && oldest !== undefined) kept.byKey.delete(oldest);
    kept.byKey.set(key, result);
    return result;
  }
}
