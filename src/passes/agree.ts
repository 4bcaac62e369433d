import type { AgreeResult } from './agree-result.ts';
import type { LinkCounts, PreviewEntry } from '../../connectors/postgres/port.ts';
import { allowance, BRAKE_WINDOW_MS, brakes } from '../sync/brake.ts';
import { changedMapping } from './changed-mapping.ts';
import { firstRun } from './first-run.ts';
import type { Lane } from './guard-effects.ts';
import { journalEntry } from './journal-entry.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { reconcile } from './reconcile.ts';
import { storePreview } from './store-preview.ts';

const LANES: readonly Lane[] = ['deletes', 'updates'];

/** For how long a released lane may pass its limit. */
export const RELEASE_MS = 3600 * 1000;

/** Enough to find the releases of a day between lists that only show; one that is missed brakes the lane once more. */
const PREVIEWS = 50;

/**
 * [BR1] [BR2] [BR3] [BR4] Reconciles what is pending unless a brake says otherwise. A lane that might exceed its limit is listed completely before its
 * first effect; only then is it known whether it exceeds it. A first run that is not creates-only into an empty side waits for a person.
 */
export async function agree(deps: PassDeps, run: PassRun): Promise<AgreeResult> {
  // [IM2] A suspect link only looks; what it would do waits, pair by pair.
  if (run.row.mode === 'observe' || run.row.suspect !== null)
    return { ...(await reconcile(deps, run)), awaiting: null };
  if (!run.row.approved) {
    const first = await firstRun(deps, run);
    if (first) return first;
  } else if (run.row.mappingChanged) {
    const changed = await changedMapping(deps, run);
    if (changed) return changed;
  }
  await freeListed(deps, run);
  const suspicious = await suspiciousLanes(deps, run);
  if (suspicious.size === 0)
    return { ...(await reconcile(deps, run, new Set(), await allowances(deps, run))), awaiting: null };
  // [BR1] The other lane goes on meanwhile, within what it may still do.
  const listing = await reconcile(deps, run, new Set(suspicious.keys()), await allowances(deps, run));
  let braked = 0;
  for (const [lane, windowStart] of suspicious) {
    const entries = listing.listed.filter((entry) => laneOf(entry) === lane);
    if (await decideLane(deps, run, lane, windowStart, entries)) braked += 1;
  }
  if (braked === suspicious.size) return { ...listing, awaiting: null };
  const fresh = { ...run, row: (await deps.store.link(run.link.id)) ?? run.row };
  return { ...(await reconcile(deps, fresh, new Set(), await allowances(deps, fresh))), awaiting: null };
}

/** [BR3] A list that was still being made when a person accepted an earlier one has set its pairs aside. */
async function freeListed(deps: PassDeps, run: PassRun): Promise<void> {
  const { blocked } = await deps.store.counts(run.link.id);
  if ((blocked.listed ?? 0) === 0) return;
  const fence = await run.fence();
  await deps.store.transaction(fence, (tx) => tx.unblock(run.link.id, 'listed'));
}

/**
 * [BR1] What each lane may still do. What was counted is what was seen; at the look itself more may have gone than anybody had seen: beyond this it
 * waits for the next pass, which counts it and lists it.
 */
async function allowances(deps: PassDeps, run: PassRun): Promise<Map<Lane, number>> {
  const { link, row } = run;
  const dayAgo = new Date(deps.clock.now() - BRAKE_WINDOW_MS).toISOString();
  const released = row.releasedUntil !== null && row.releasedUntil > dayAgo;
  const { live, openDeletes, openUpdates } = await deps.store.counts(link.id);
  // What a worker did before it died may be in no journal yet: it counts until its pair was looked at.
  const open = { deletes: openDeletes, updates: openUpdates };
  const left = new Map<Lane, number>();
  for (const lane of LANES) {
    const start = released ? await windowStart(deps, run, lane, dayAgo) : dayAgo;
    if (start === null) continue;
    const done = await deps.store.effectsSince(link.id, start);
    left.set(lane, allowance(link.limits[lane], live, done[lane] + open[lane]));
  }
  return left;
}

/** Lanes that what is pending may bring over their limit, each with the instant since when its effects count. */
async function suspiciousLanes(deps: PassDeps, run: PassRun): Promise<ReadonlyMap<Lane, string>> {
  const { link } = run;
  const open = LANES.filter((lane) => brakeOf(run, lane) === null);
  // Left over from a pass that ended while it listed.
  const before = await deps.store.counts(link.id);
  const leftOver = open.filter((lane) => (before.blocked[blockOf(lane)] ?? 0) > 0);
  if (leftOver.length > 0) {
    const fence = await run.fence();
    await deps.store.transaction(fence, async (tx) => {
      for (const lane of leftOver) await tx.unblock(link.id, blockOf(lane));
    });
  }
  const counts = leftOver.length > 0 ? await deps.store.counts(link.id) : before;
  const lanes = new Map<Lane, string>();
  for (const lane of open) {
    const seen = lane === 'deletes' ? counts.pendingDeletes : counts.pendingUpdates;
    // What the last pass had no allowance left for is in this lane, whatever it looked like: a record that comes back counts as an update.
    const pending = Math.max(seen, before.blocked[blockOf(lane)] ?? 0);
    const dayAgo = new Date(deps.clock.now() - BRAKE_WINDOW_MS).toISOString();
    if (!(await exceeds(deps, run, lane, dayAgo, counts, pending))) continue;
    const start = await windowStart(deps, run, lane, dayAgo);
    if (start !== null && (await exceeds(deps, run, lane, start, counts, pending))) lanes.set(lane, start);
  }
  return lanes;
}

/** [BR1] Whatever the limit is: what would leave nothing of a side is for a person to look at. A single note proves no side empty. */
async function exceeds(
  deps: PassDeps,
  run: PassRun,
  lane: Lane,
  windowStart: string,
  counts: LinkCounts,
  planned: number,
): Promise<boolean> {
  if (lane === 'deletes' && planned >= 2 && planned >= counts.live) return true;
  const done = await deps.store.effectsSince(run.link.id, windowStart);
  return brakes(run.link.limits[lane], counts.live, done[lane], planned);
}

/**
 * [BR3] A person's release opens its own lane for a while (that of a first run both), and covers what was done before: only what comes after it ended
 * counts against the limit again. Null while it lasts.
 */
async function windowStart(deps: PassDeps, run: PassRun, lane: Lane, dayAgo: string): Promise<string | null> {
  const previews = await deps.store.previews(run.link.id, PREVIEWS);
  const releases = previews.flatMap((row) =>
    row.decidedAt !== null && (row.lane === lane || row.lane === 'first-run')
      ? [Date.parse(row.decidedAt) + RELEASE_MS]
      : [],
  );
  const until = Math.max(0, ...releases);
  if (until > deps.clock.now()) return null;
  return new Date(Math.max(Date.parse(dayAgo), until)).toISOString();
}

/** True when the lane is braked now; otherwise its pairs are set free again. */
async function decideLane(
  deps: PassDeps,
  run: PassRun,
  lane: Lane,
  windowStart: string,
  entries: readonly PreviewEntry[],
): Promise<boolean> {
  const { link } = run;
  const counts = await deps.store.counts(link.id);
  const over = await exceeds(deps, run, lane, windowStart, counts, entries.length);
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

function brakeOf(run: PassRun, lane: Lane): string | null {
  return lane === 'deletes' ? run.row.brakeDeletes : run.row.brakeUpdates;
}

function laneOf(entry: PreviewEntry): Lane {
  return ['remove-record', 'hide-record', 'delete-note'].includes(entry.event) ? 'deletes' : 'updates';
}

function blockOf(lane: Lane): 'brake-deletes' | 'brake-updates' {
  return lane === 'deletes' ? 'brake-deletes' : 'brake-updates';
}
