import type { PreviewEntry } from '../../connectors/postgres/port.ts';
import { applyToHandbook } from './apply-handbook.ts';
import { applyToNotes } from './apply-notes.ts';
import { conflictRows } from './conflict-rows.ts';
import { type Guarded, type Lane, onlyList, withinAllowance } from './guard-effects.ts';
import type { HandbookResult } from './handbook-result.ts';
import { listEffects } from './list-effects.ts';
import type { PlannedBatch } from './look-and-plan.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { recordBatch } from './record-batch.ts';
import { reexamineChildren } from './reexamine-children.ts';

/** What is not to happen but to be told: lanes that may exceed their limit, or everything. */
export type Listing = ReadonlySet<Lane> | 'everything';

export function lists(listing: Listing): boolean {
  return listing === 'everything' || listing.size > 0;
}

/** Guards, applies and records what was planned. Returns the pairs whose write to Notes was not tried or whose outcome nobody knows. */
export async function processBatch(
  deps: PassDeps,
  run: PassRun,
  { looked, plans }: PlannedBatch,
  listing: Listing,
  listed: PreviewEntry[],
  left: Map<Lane, number>,
): Promise<readonly string[]> {
  const guarded = plans.map((entry) =>
    listing === 'everything' ? onlyList(entry) : withinAllowance(deps, run.row, listing, entry, left),
  );
  if (lists(listing)) listed.push(...listEffects(deps, run.row, plans, guarded));
  const runnable = guarded.filter((entry) => entry.quarantine === null && entry.plan.quarantine === null);

  await keepLosers(deps, run, runnable);
  const handbook = await applyToHandbook(deps, run, runnable);
  const quick = runnable.filter((entry) => entry.plan.notes === null || isMiss(handbook.get(entry.pair.id)));
  const done = new Set(quick);
  const slow = runnable.filter((entry) => !done.has(entry));
  const aside = [
    ...looked.filter((entry) => entry.quarantine !== null),
    ...guarded.filter((entry) => entry.quarantine !== null || entry.plan.quarantine !== null),
  ];
  const parents = await recordBatch(deps, run, quick, handbook, new Map(), aside);
  const untried: string[] = [];
  if (slow.length > 0) {
    const notes = await applyToNotes(deps, run, slow);
    await recordBatch(deps, run, slow, handbook, notes, []);
    for (const [id, result] of notes)
      if (result.kind === 'untried' || result.kind === 'unknown') untried.push(id);
  }
  await reexamineChildren(deps, run, parents);
  return untried;
}

/** [IN3] The value that an effect overwrites is in a row before the effect: a death right after it must not take the loser along. */
async function keepLosers(deps: PassDeps, run: PassRun, runnable: readonly Guarded[]): Promise<void> {
  const at = new Date(deps.clock.now()).toISOString();
  const rows = runnable.flatMap((entry) =>
    entry.plan.handbook || entry.plan.notes ? conflictRows(deps, run, entry, at) : [],
  );
  if (rows.length === 0) return;
  const fence = await run.fence();
  await deps.store.transaction(fence, (tx) => tx.putConflicts(rows));
}

function isMiss(result: HandbookResult | undefined): boolean {
  return result !== undefined && result.outcome.kind !== 'applied';
}
