import type { PreviewEntry } from '../../connectors/postgres/port.ts';
import { BRAKE_WINDOW_MS, brakes } from '../sync/brake.ts';
import { journalEntry } from './journal-entry.ts';
import type { Lane } from './guard-effects.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { type ReconcileResult, reconcile } from './reconcile.ts';

/** What a reconciliation under the guards came to. */
export interface AgreeResult extends Pick<ReconcileResult, 'done' | 'more' | 'waitUntil'> {
  /** Preview that a person must accept before the link does anything. */
  readonly awaiting: string | null;
}

/**
 * [BR1]–[BR4] Reconciles what is pending unless a brake says otherwise. A lane that might exceed its limit is listed completely before its
 * first effect; only then is it known whether it exceeds it. A first run that is not creates-only into an empty side waits for a person.
 */
export async function agree(deps: PassDeps, run: PassRun): Promise<AgreeResult> {
  const first = await firstRun(deps, run);
  if (first) return first;
  const suspicious = await suspiciousLanes(deps, run);
  if (suspicious.size === 0) return { ...(await reconcile(deps, run)), awaiting: null };
  const listing = await reconcile(deps, run, suspicious);
  // The list must be whole: the next pass goes on with it.
  if (listing.more) return { ...listing, awaiting: null };
  const braked = new Set<Lane>();
  for (const lane of suspicious)
    if (
      await decideLane(
        deps,
        run,
        lane,
        listing.listed.filter((entry) => laneOf(entry) === lane),
      )
    )
      braked.add(lane);
  if (braked.size === suspicious.size) return { ...listing, awaiting: null };
  return {
    ...(await reconcile(deps, withRow(run, (await deps.store.link(run.link.id)) ?? run.row))),
    awaiting: null,
  };
}

async function firstRun(deps: PassDeps, run: PassRun): Promise<AgreeResult | null> {
  const { link, row } = run;
  if (row.mode === 'observe') {
    const listing = await reconcile(deps, run);
    return { ...listing, awaiting: null };
  }
  if (row.approved) return null;
  const entities = link.mappings.map((mapping) => mapping.entity);
  const strangers = (await deps.handbook.count(entities)) - (await deps.store.boundRecords(entities));
  const counts = await deps.store.counts(link.id);
  if (strangers <= 0 && counts.tombstones === 0 && counts.live === 0) {
    const fence = await run.fence();
    await deps.store.transaction(fence, async (tx) => {
      await tx.patchLink(link.id, { approved: true });
      await tx.appendJournal(link.id, [
        journalEntry(deps, run, {
          event: 'approve',
          rule: 'BR4',
          by: 'bridge',
          reason: 'creates only into an empty side',
        }),
      ]);
    });
    return null;
  }
  const listing = await reconcile(deps, withRow(run, { ...row, mode: 'observe' }));
  if (listing.more) return { ...listing, awaiting: null };
  return { ...listing, awaiting: await storePreview(deps, run, 'first-run', listing.listed) };
}

async function suspiciousLanes(deps: PassDeps, run: PassRun): Promise<ReadonlySet<Lane>> {
  const { link, row } = run;
  if (row.releasedUntil !== null && Date.parse(row.releasedUntil) > deps.clock.now()) return new Set();
  // Left over from a pass that ended while it listed.
  const stale = (['deletes', 'updates'] as const).filter(
    (lane) => (lane === 'deletes' ? row.brakeDeletes : row.brakeUpdates) === null,
  );
  const before = await deps.store.counts(link.id);
  const leftOver = stale.filter((lane) => (before.blocked[blockOf(lane)] ?? 0) > 0);
  if (leftOver.length > 0) {
    const fence = await run.fence();
    await deps.store.transaction(fence, async (tx) => {
      for (const lane of leftOver) await tx.unblock(link.id, blockOf(lane));
    });
  }
  const counts = leftOver.length > 0 ? await deps.store.counts(link.id) : before;
  const done = await deps.store.effectsSince(link.id, windowStart(deps, run));
  const lanes = new Set<Lane>();
  if (
    row.brakeDeletes === null &&
    brakes(link.limits.deletes, counts.live, done.deletes, counts.pendingDeletes)
  )
    lanes.add('deletes');
  if (
    row.brakeUpdates === null &&
    brakes(link.limits.updates, counts.live, done.updates, counts.pendingUpdates)
  )
    lanes.add('updates');
  return lanes;
}

/** True when the lane is braked now; otherwise its pairs are set free again. */
async function decideLane(
  deps: PassDeps,
  run: PassRun,
  lane: Lane,
  entries: readonly PreviewEntry[],
): Promise<boolean> {
  const { link } = run;
  const counts = await deps.store.counts(link.id);
  const done = await deps.store.effectsSince(link.id, windowStart(deps, run));
  const over = brakes(
    lane === 'deletes' ? link.limits.deletes : link.limits.updates,
    counts.live,
    done[lane],
    entries.length,
  );
  const fence = await run.fence();
  if (!over) {
    await deps.store.transaction(fence, (tx) => tx.unblock(link.id, blockOf(lane)));
    return false;
  }
  const previewId = await storePreview(deps, run, lane, entries);
  await deps.store.transaction(fence, async (tx) => {
    await tx.patchLink(
      link.id,
      lane === 'deletes' ? { brakeDeletes: previewId } : { brakeUpdates: previewId },
    );
    await tx.appendJournal(link.id, [
      journalEntry(deps, run, { event: 'brake', rule: 'BR2', reason: `${lane}: ${entries.length}` }),
    ]);
  });
  deps.log.error(
    { link: link.id, lane, planned: entries.length, preview: previewId },
    'brake: a person must look at the list and release the lane',
  );
  return true;
}

export async function storePreview(
  deps: PassDeps,
  run: PassRun,
  lane: string,
  entries: readonly PreviewEntry[],
): Promise<string> {
  const id = deps.newId();
  const fence = await run.fence();
  await deps.store.transaction(fence, (tx) =>
    tx.putPreview({
      id,
      linkId: run.link.id,
      at: new Date(deps.clock.now()).toISOString(),
      lane,
      entries,
      decidedBy: null,
      decidedAt: null,
      reason: null,
    }),
  );
  return id;
}

/** [BR3] A release covers what was done before it: only what came after counts against the limit again. */
function windowStart(deps: PassDeps, run: PassRun): string {
  const dayAgo = deps.clock.now() - BRAKE_WINDOW_MS;
  const released = run.row.releasedUntil === null ? 0 : Date.parse(run.row.releasedUntil);
  return new Date(Math.max(dayAgo, Math.min(released, deps.clock.now()))).toISOString();
}

function laneOf(entry: PreviewEntry): Lane {
  return ['remove-record', 'hide-record', 'delete-note'].includes(entry.event) ? 'deletes' : 'updates';
}

function blockOf(lane: Lane): 'brake-deletes' | 'brake-updates' {
  return lane === 'deletes' ? 'brake-deletes' : 'brake-updates';
}

function withRow(run: PassRun, row: PassRun['row']): PassRun {
  return { ...run, row };
}
