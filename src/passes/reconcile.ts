import type { PreviewEntry } from '../../connectors/postgres/port.ts';
import type { Pair } from '../sync/pair.ts';
import { type ContentAhead, NOTHING_AHEAD, readContentAhead } from './content-ahead.ts';
import { conflictRows } from './conflict-rows.ts';
import { applyToHandbook } from './apply-handbook.ts';
import type { HandbookResult } from './handbook-result.ts';
import { applyToNotes } from './apply-notes.ts';
import { type Guarded, type Lane, onlyList, withinAllowance } from './guard-effects.ts';
import { listEffects } from './list-effects.ts';
import type { Looked, LookResult } from './look.ts';
import { lookAndPlan, type PlannedBatch } from './look-and-plan.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { disposeBlobs } from './read-blobs.ts';
import { recordBatch } from './record-batch.ts';
import { reexamineChildren } from './reexamine-children.ts';

export interface ReconcileResult {
  /** Pairs that were looked at and recorded. */
  readonly done: number;
  /** Runnable pairs are left: the pass ran out of time. */
  readonly more: boolean;
  /** Earliest instant (ms) at which a pair that waits for a write's deadline may go on. */
  readonly waitUntil: number | null;
  /** What a listed lane would have done. */
  readonly listed: readonly PreviewEntry[];
}

/** What is not to happen but to be told: lanes that may exceed their limit, or everything. */
export type Listing = ReadonlySet<Lane> | 'everything';

/**
 * Brings pending pairs into agreement: look at both sides → plan → guard → apply → record, batch by batch. What is in `listing` is only listed: its
 * pairs are set aside with the lane's brake (or `mode`) as reason, so that the whole list exists before the first effect. A list goes on
 * beyond the pass's time: half of one is worth nothing, and the next pass could not go on with it.
 */
export async function reconcile(
  deps: PassDeps,
  run: PassRun,
  listing: Listing = new Set(),
  /** How many effects of a lane may happen; a lane that is not in it has no limit. Counted down. */
  left: Map<Lane, number> = new Map(),
): Promise<ReconcileResult> {
  const { link } = run;
  const started = deps.clock.now();
  const listed: PreviewEntry[] = [];
  const skipped = new Set<string>();
  let done = 0;
  let waitUntil: number | null = null;
  let ahead: Promise<ContentAhead> = Promise.resolve(NOTHING_AHEAD);
  try {
    for (;;) {
      run.signal.throwIfAborted();
      const { batch, next } = await nextBatches(deps, run, skipped);
      if (batch.length === 0) return { done, more: false, waitUntil, listed };
      const planned = await lookAndPlan(deps, run, batch, await ahead);
      const { looked, waiting } = planned;
      for (const wait of waiting) {
        skipped.add(wait.pair.id);
        if (wait.until !== null) waitUntil = Math.min(waitUntil ?? Number.POSITIVE_INFINITY, wait.until);
      }
      ahead = readContentAhead(run, lists(listing) ? [] : next);
      try {
        const untried = await processBatch(deps, run, planned, listing, listed, left);
        for (const id of untried) skipped.add(id);
      } finally {
        for (const entry of looked) await disposeBlobs(entry.blobs);
      }
      await recordSights(deps, run, waiting);
      // A batch from which nothing was looked at (bound elsewhere, unmapped) must not come again in this pass.
      const covered = new Set([...looked.map((entry) => entry.pair.id), ...skipped]);
      for (const pair of batch) if (!covered.has(pair.id)) skipped.add(pair.id);
      for (const entry of looked) attempts(skipped, entry, run.attempted);
      done += looked.length;
      run.progress('reconcile', done, null);
      if (!lists(listing) && deps.clock.now() - started > link.limits.passMs)
        return { done, more: true, waitUntil, listed };
    }
  } finally {
    await ahead;
  }
}

/** The pairs whose turn it is and those that probably come after them. */
async function nextBatches(
  deps: PassDeps,
  run: PassRun,
  skipped: ReadonlySet<string>,
): Promise<{ readonly batch: readonly Pair[]; readonly next: readonly Pair[] }> {
  const { batch: size } = run.link.limits;
  const entities = run.link.mappings.map((mapping) => mapping.entity);
  const pending = await deps.store.pendingPairs(run.link.id, entities, 2 * size + skipped.size);
  const open = notesFirst(pending.filter((pair) => !skipped.has(pair.id)));
  return { batch: open.slice(0, size), next: open.slice(size, 2 * size) };
}

/** [AD1] A record without a note has its turn only when no note is left that may be its own, children of parents that cross now included. */
function notesFirst(pairs: readonly Pair[]): readonly Pair[] {
  const withNote = pairs.filter((pair) => pair.unid !== null);
  return withNote.length > 0 ? withNote : pairs;
}

/** A pair that stays pending after its turn (somebody was faster) waits for the next pass instead of spinning in this one. */
function attempts(skipped: Set<string>, entry: Looked, attempted: Map<string, number>): void {
  const times = (attempted.get(entry.pair.id) ?? 0) + 1;
  attempted.set(entry.pair.id, times);
  if (times >= 3) skipped.add(entry.pair.id);
}

async function processBatch(
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

function lists(listing: Listing): boolean {
  return listing === 'everything' || listing.size > 0;
}

function isMiss(result: HandbookResult | undefined): boolean {
  return result !== undefined && result.outcome.kind !== 'applied';
}

async function recordSights(deps: PassDeps, run: PassRun, waiting: LookResult['waiting']): Promise<void> {
  const patches = waiting.flatMap(({ pair, sight }) =>
    sight === null
      ? []
      : [
          {
            id: pair.id,
            version: pair.version,
            notesSight: sight,
            reason: null,
            pending: true,
            blocked: null,
          },
        ],
  );
  if (patches.length === 0) return;
  const fence = await run.fence();
  await deps.store.transaction(fence, (tx) => tx.updatePairs(patches));
}
