import type { PreviewEntry } from '../../connectors/postgres/port.ts';
import type { Pair } from '../sync/pair.ts';
import { onlyList } from './guard-effects.ts';
import { listEffects } from './list-effects.ts';
import { lookAt } from './look.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { planPair } from './plan-pair.ts';
import { disposeBlobs } from './read-blobs.ts';
import type { Difference } from './verify/verify-link.ts';

export interface Repair {
  readonly entries: readonly PreviewEntry[];
  /** Differences that no pair stands behind: a sweep may find their notes. */
  readonly unbound: number;
}

/**
 * [RP1] What the planner would do about these differences, believing no base of the documents that differ: somebody changed a side behind our back, and
 * nobody can tell which. Changes nothing.
 */
export async function proposeRepair(
  deps: PassDeps,
  run: PassRun,
  differences: readonly Difference[],
): Promise<Repair> {
  const pairs = await pairsOf(deps, run, differences);
  const entries: PreviewEntry[] = [];
  for (let start = 0; start < pairs.length; start += run.link.limits.batch) {
    const { looked } = await lookAt(deps, run, pairs.slice(start, start + run.link.limits.batch));
    try {
      const plans = looked
        .filter((entry) => entry.quarantine === null)
        .map((entry) => planPair(entry, Object.keys(entry.pair.base).length > 0));
      entries.push(...listEffects(deps, run.row, plans, plans.map(onlyList)));
    } finally {
      for (const entry of looked) await disposeBlobs(entry.blobs);
    }
  }
  const bound = new Set(pairs.flatMap((pair) => [pair.unid, pair.recordId]));
  const unbound = differences.filter((one) => !bound.has(one.unid) && !bound.has(one.recordId)).length;
  return { entries, unbound };
}

async function pairsOf(
  deps: PassDeps,
  run: PassRun,
  differences: readonly Difference[],
): Promise<readonly Pair[]> {
  const unids = [...new Set(differences.flatMap((one) => one.unid ?? []))];
  const recordIds = [...new Set(differences.flatMap((one) => one.recordId ?? []))];
  const found = [
    ...(await deps.store.pairsByUnid(run.link.replicaSet, unids)),
    ...(await deps.store.pairsByRecord(recordIds)),
  ].filter((pair) => pair.linkId === run.link.id && pair.status !== 'tombstone');
  return [...new Map(found.map((pair) => [pair.id, pair])).values()];
}
