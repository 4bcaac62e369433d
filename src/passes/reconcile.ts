import type { PreviewEntry } from '../../connectors/postgres/port.ts';
import type { Pair } from '../sync/pair.ts';
import { plan } from '../sync/plan.ts';
import { emptyRecords } from './batch-records.ts';
import { conflictRows } from './conflict-rows.ts';
import { isDoubtful } from './doubtful-base.ts';
import { applyToHandbook, type HandbookResult } from './apply-handbook.ts';
import { applyToNotes, type NotesResult } from './apply-notes.ts';
import { type Guarded, guard, type Lane, onlyList, type Planned } from './guard-effects.ts';
import { listEffects } from './list-effects.ts';
import { type Looked, lookAt } from './look.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { disposeBlobs } from './read-blobs.ts';
import { recordPair } from './record-pair.ts';
import { setAside } from './set-aside.ts';
import { writeRecords } from './write-records.ts';
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
): Promise<ReconcileResult> {
  const { link } = run;
  const started = deps.clock.now();
  const entities = link.mappings.map((mapping) => mapping.entity);
  const listed: PreviewEntry[] = [];
  const skipped = new Set<string>();
  let done = 0;
  let waitUntil: number | null = null;
  for (;;) {
    run.signal.throwIfAborted();
    const pending = await deps.store.pendingPairs(link.id, entities, link.limits.batch + skipped.size);
    const batch = notesFirst(pending.filter((pair) => !skipped.has(pair.id))).slice(0, link.limits.batch);
    if (batch.length === 0) return { done, more: false, waitUntil, listed };
    const { looked, waiting } = await lookAt(deps, run, batch);
    for (const wait of waiting) {
      skipped.add(wait.pair.id);
      if (wait.until !== null) waitUntil = Math.min(waitUntil ?? Number.POSITIVE_INFINITY, wait.until);
    }
    try {
      const untried = await processBatch(deps, run, looked, listing, listed);
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
  looked: readonly Looked[],
  listing: Listing,
  listed: PreviewEntry[],
): Promise<readonly string[]> {
  const plans = looked.filter((entry) => entry.quarantine === null).map(planned);
  const guarded = plans.map((entry) =>
    listing === 'everything' ? onlyList(entry) : guard(deps, run.row, listing, entry),
  );
  if (lists(listing)) listed.push(...listEffects(deps, run.row, plans, guarded));
  const runnable = guarded.filter((entry) => entry.quarantine === null && entry.plan.quarantine === null);

  await keepLosers(deps, run, runnable);
  const handbook = await applyToHandbook(deps, run, runnable);
  const quick = runnable.filter((entry) => entry.plan.notes === null || isMiss(handbook.get(entry.pair.id)));
  const slow = runnable.filter((entry) => !quick.includes(entry));
  const aside = [
    ...looked.filter((entry) => entry.quarantine !== null),
    ...guarded.filter((entry) => entry.quarantine !== null || entry.plan.quarantine !== null),
  ];
  const parents = await record(deps, run, quick, handbook, new Map(), aside);
  const untried: string[] = [];
  if (slow.length > 0) {
    const notes = await applyToNotes(deps, run, slow);
    await record(deps, run, slow, handbook, notes, []);
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

function planned(entry: Looked): Planned {
  const decided = plan({
    mapping: entry.mapping,
    pair: entry.pair,
    doubtful: isDoubtful(entry),
    notes: entry.notes,
    handbook: entry.handbook,
    intents: entry.intents,
    frozen: new Set(entry.frozen.keys()),
    key: entry.key,
  });
  return { ...entry, plan: decided };
}

function isMiss(result: HandbookResult | undefined): boolean {
  return result !== undefined && result.outcome.kind !== 'applied';
}

async function record(
  deps: PassDeps,
  run: PassRun,
  entries: readonly Guarded[],
  handbook: ReadonlyMap<string, HandbookResult>,
  notes: ReadonlyMap<string, NotesResult>,
  aside: readonly (Looked | Guarded)[],
): Promise<readonly { readonly entity: string; readonly key: string }[]> {
  const records = emptyRecords();
  const at = new Date(deps.clock.now()).toISOString();
  for (const entry of entries)
    recordPair(deps, run, entry, handbook.get(entry.pair.id), notes.get(entry.pair.id), records);
  for (const entry of aside) {
    const reason = entry.quarantine ?? ('plan' in entry ? entry.plan.quarantine : null);
    if (!reason) continue;
    records.patches.push({
      id: entry.pair.id,
      version: entry.pair.version,
      pending: true,
      blocked: 'quarantine',
    });
    setAside(deps, run, entry, reason, records, at);
  }
  const fence = await run.fence();
  await deps.store.transaction(fence, (tx) => writeRecords(tx, run.link.id, records, at));
  count(run, entries, handbook, notes, records.quarantines.length);
  // Children wait at the gate for their parent's release.
  return entries.flatMap((entry) =>
    entry.plan.status === 'live' && entry.pair.status !== 'live' && entry.keyValue !== null
      ? [{ entity: entry.pair.entity, key: entry.keyValue }]
      : [],
  );
}

async function recordSights(
  deps: PassDeps,
  run: PassRun,
  waiting: Awaited<ReturnType<typeof lookAt>>['waiting'],
): Promise<void> {
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

function count(
  run: PassRun,
  entries: readonly Guarded[],
  handbook: ReadonlyMap<string, HandbookResult>,
  notes: ReadonlyMap<string, NotesResult>,
  quarantined: number,
): void {
  const { tally } = run;
  tally.quarantined += quarantined;
  for (const entry of entries) {
    const { plan: decided } = entry;
    const applied = handbook.get(entry.pair.id)?.outcome.kind === 'applied';
    const written = notes.get(entry.pair.id)?.kind === 'written';
    if (applied && decided.handbook?.kind === 'put') tally.pulled += 1;
    if (applied && decided.handbook?.kind === 'remove') tally.deleted += 1;
    if (applied && decided.handbook?.kind === 'withdraw') tally.withheld += 1;
    if (written) {
      if (decided.notes?.kind === 'delete') tally.deleted += 1;
      else tally.pushed += 1;
    }
    if (applied && written && decided.rule === 'PL4') tally.merged += 1;
    tally.conflicts += decided.conflicts.length;
    if (decided.status === 'missing' && entry.pair.status !== 'missing') tally.missing += 1;
    if (decided.status === 'detached' && entry.pair.status !== 'detached') tally.detached += 1;
  }
}
