import type { Pair } from '../sync/pair.ts';
import type { Planned } from './guard-effects.ts';
import type { Looked } from './look.ts';
import { lookAndPlan, type PlannedBatch } from './look-and-plan.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { disposeBlobs } from './read-blobs.ts';

/** A batch that was looked at and waits to be carried out. */
export interface Turn {
  readonly batch: readonly Pair[];
  readonly planned: PlannedBatch;
}

/** The next batch of pending pairs, looked at and planned; null = none is left. */
export async function takeTurn(
  deps: PassDeps,
  run: PassRun,
  skipped: ReadonlySet<string>,
): Promise<Turn | null> {
  const batch = await nextBatch(deps, run, skipped);
  return batch.length === 0 ? null : { batch, planned: await lookAndPlan(deps, run, batch) };
}

/**
 * The batch after `turn`, looked at while that one is carried out; null = nothing may be looked at before that one is recorded, or nothing is left. The
 * store, the handbook and Domino work at the same time that way, and two batches are in memory at most.
 */
export async function takeTurnAhead(
  deps: PassDeps,
  run: PassRun,
  skipped: ReadonlySet<string>,
  turn: Turn,
): Promise<Turn | null> {
  if (!turn.planned.looked.every(concernsItselfOnly) || !turn.planned.plans.every(bringsOnly)) return null;
  const busy = new Set([...skipped, ...turn.batch.map((pair) => pair.id)]);
  const batch = await nextBatch(deps, run, busy);
  if (batch.length === 0 || mayHangOn(run, batch, turn)) return null;
  return { batch, planned: await lookAndPlan(deps, run, batch, turn.planned.plans) };
}

/**
 * What was looked at ahead and would be written to Notes is looked at once more: the time between reading and writing, in which somebody else may save, is to
 * be short.
 */
export async function lookOnceMore(deps: PassDeps, run: PassRun, turn: Turn): Promise<Turn> {
  const { planned, batch } = turn;
  const hasty = new Set(planned.plans.flatMap((entry) => (entry.plan.notes ? [entry.pair.id] : [])));
  if (hasty.size === 0) return turn;
  const kept = (entry: Looked) => !hasty.has(entry.pair.id);
  for (const entry of planned.looked) if (!kept(entry)) await disposeBlobs(entry.blobs);
  const plans = planned.plans.filter(kept);
  const looked = planned.looked.filter(kept);
  try {
    const pairs = batch.filter((pair) => hasty.has(pair.id));
    const again = await lookAndPlan(deps, run, pairs, plans);
    return {
      batch,
      planned: {
        looked: [...looked, ...again.looked],
        waiting: [...planned.waiting, ...again.waiting],
        plans: [...plans, ...again.plans],
      },
    };
  } catch (error) {
    await forgetTurn({ batch, planned: { ...planned, looked } });
    throw error;
  }
}

export async function forgetTurn(turn: Turn | null): Promise<void> {
  for (const entry of turn?.planned.looked ?? []) await disposeBlobs(entry.blobs);
}

async function nextBatch(
  deps: PassDeps,
  run: PassRun,
  skipped: ReadonlySet<string>,
): Promise<readonly Pair[]> {
  const { batch: size } = run.link.limits;
  const entities = run.link.mappings.map((mapping) => mapping.entity);
  const pending = await deps.store.pendingPairs(run.link.id, entities, size + skipped.size);
  return notesFirst(pending.filter((pair) => !skipped.has(pair.id))).slice(0, size);
}

/** [AD1] A record without a note has its turn only when no note is left that may be its own, children of parents that cross now included. */
function notesFirst(pairs: readonly Pair[]): readonly Pair[] {
  const withNote = pairs.filter((pair) => pair.unid !== null);
  return withNote.length > 0 ? withNote : pairs;
}

/** What becomes of this pair says nothing about another one: its note is released and its key stays. [GA4] Children of what is withdrawn go with it. */
function concernsItselfOnly({ notes, pair, keyValue }: Looked): boolean {
  return notes.kind === 'note' && (pair.key === null || keyValue === null || keyValue === pair.key);
}

/** [GA4] Children are looked at when their parents are recorded. [AD1] Those that wait for parents of this turn come before records without a note. */
function mayHangOn(run: PassRun, batch: readonly Pair[], { planned }: Turn): boolean {
  const parents = new Set(planned.looked.map(({ pair }) => pair.entity));
  const children = new Set(
    run.link.mappings
      .filter(({ gate }) => gate.parent && parents.has(gate.parent.entity))
      .map((mapping) => mapping.form),
  );
  return batch.some((pair) => pair.unid === null || children.has(pair.form));
}

/** Nothing but to bring a note's content to the handbook, or to know it. */
function bringsOnly({ plan }: Planned): boolean {
  return plan.notes === null && plan.conflicts.length === 0 && (plan.handbook?.kind ?? 'put') === 'put';
}
