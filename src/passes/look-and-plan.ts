import type { Pair } from '../sync/pair.ts';
import type { Planned } from './guard-effects.ts';
import { lookAt, type LookResult } from './look.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { planPair } from './plan-pair.ts';

export interface PlannedBatch extends LookResult {
  /** Of what was looked at and is not set aside. */
  readonly plans: readonly Planned[];
}

/** Looks at both sides of a batch and plans it; `before` is what was planned and is not recorded yet. */
export async function lookAndPlan(
  deps: PassDeps,
  run: PassRun,
  batch: readonly Pair[],
  before: readonly Planned[] = [],
): Promise<PlannedBatch> {
  const claims = before.filter((entry) => entry.plan.quarantine === null);
  const result = await lookAt(deps, run, batch, claims);
  return {
    ...result,
    plans: result.looked.filter((entry) => entry.quarantine === null).map((entry) => planPair(entry)),
  };
}
