import type { Records } from './batch-records.ts';
import type { HandbookResult } from './handbook-result.ts';
import type { Guarded } from './guard-effects.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { setAside } from './set-aside.ts';

/** What is left of a pair whose record the handbook did not take as expected. */
export function recordHandbookMiss(
  deps: PassDeps,
  run: PassRun,
  entry: Guarded,
  handbook: HandbookResult,
  into: Records,
  at: string,
  told: boolean,
): void {
  const { outcome } = handbook;
  if (outcome.kind === 'duplicate-key') {
    into.patches.push({
      id: entry.pair.id,
      version: entry.pair.version,
      pending: true,
      blocked: 'quarantine',
    });
    setAside(
      deps,
      run,
      entry,
      { code: 'duplicate-key', detail: `another record holds the ${entry.mapping.key}` },
      into,
      at,
      told,
    );
    return;
  }
  // The record moved under us: what we believed is discarded and the pair is looked at again.
  into.patches.push({
    id: entry.pair.id,
    version: entry.pair.version,
    pending: true,
    ...(outcome.kind === 'stale' ? { seenHandbook: Math.max(outcome.version, entry.pair.seenHandbook) } : {}),
  });
}
