import type { Pair } from '../sync/pair.ts';
import { type ContentAhead, NOTHING_AHEAD } from './content-ahead.ts';
import type { Planned } from './guard-effects.ts';
import { type Looked, lookAt, type LookResult } from './look.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { planPair } from './plan-pair.ts';
import { disposeBlobs } from './read-blobs.ts';

export interface PlannedBatch extends LookResult {
  /** Of what was looked at and is not set aside. */
  readonly plans: readonly Planned[];
}

/**
 * Looks at both sides of a batch and plans it. A note that was read `ahead` and would be written to is looked at once more: the time between reading and
 * writing, in which somebody else may save, is to be short.
 */
export async function lookAndPlan(
  deps: PassDeps,
  run: PassRun,
  batch: readonly Pair[],
  ahead: ContentAhead,
): Promise<PlannedBatch> {
  const first = planAll(await lookAt(deps, run, batch, ahead));
  const hasty = new Set(
    first.plans
      .filter((entry) => entry.plan.notes !== null && ahead.of(entry.pair) !== undefined)
      .map((entry) => entry.pair.id),
  );
  if (hasty.size === 0) return first;
  const kept = (entry: Looked) => !hasty.has(entry.pair.id);
  for (const entry of first.looked) if (!kept(entry)) await disposeBlobs(entry.blobs);
  const again = planAll(await lookAgain(deps, run, batch, hasty, first.looked.filter(kept)));
  return {
    looked: [...first.looked.filter(kept), ...again.looked],
    waiting: [...first.waiting, ...again.waiting],
    plans: [...first.plans.filter(kept), ...again.plans],
  };
}

async function lookAgain(
  deps: PassDeps,
  run: PassRun,
  batch: readonly Pair[],
  hasty: ReadonlySet<string>,
  kept: readonly Looked[],
): Promise<LookResult> {
  try {
    const pairs = batch.filter((pair) => hasty.has(pair.id));
    return await lookAt(deps, run, pairs, NOTHING_AHEAD);
  } catch (error) {
    for (const entry of kept) await disposeBlobs(entry.blobs);
    throw error;
  }
}

function planAll(result: LookResult): PlannedBatch {
  return {
    ...result,
    plans: result.looked.filter((entry) => entry.quarantine === null).map((entry) => planPair(entry)),
  };
}
