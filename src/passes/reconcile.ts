import type { PreviewEntry } from '../../connectors/postgres/port.ts';
import type { Lane } from './guard-effects.ts';
import type { Looked, LookResult } from './look.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { type Listing, lists, processBatch } from './process-batch.ts';
import { forgetTurn, lookOnceMore, takeTurn, takeTurnAhead, type Turn } from './take-turns.ts';

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

/**
 * Brings pending pairs into agreement: look at both sides → plan → guard → apply → record, batch by batch, the next batch looked at while one is applied where
 * neither can concern the other. What is in `listing` is only listed: its pairs are set aside with the lane's brake (or `mode`) as reason, so
 * that the whole list exists before the first effect. A list goes on beyond the pass's time: half of one is worth nothing, and the next pass could
 * not go on with it.
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
  let ahead: Promise<Turn | null> | null = null;
  try {
    for (;;) {
      run.signal.throwIfAborted();
      const early = await ahead;
      ahead = null;
      const turn = early ? await lookOnceMore(deps, run, early) : await takeTurn(deps, run, skipped);
      if (turn === null) return { done, more: false, waitUntil, listed };
      const { looked, waiting } = turn.planned;
      for (const wait of waiting) {
        skipped.add(wait.pair.id);
        if (wait.until !== null) waitUntil = Math.min(waitUntil ?? Number.POSITIVE_INFINITY, wait.until);
      }
      const late = !lists(listing) && deps.clock.now() - started > link.limits.passMs;
      if (!late) {
        ahead = takeTurnAhead(deps, run, skipped, turn);
        // Its failure is told when its turn comes; until then nobody listens.
        ahead.catch(() => undefined);
      }
      try {
        const untried = await processBatch(deps, run, turn.planned, listing, listed, left);
        for (const id of untried) skipped.add(id);
      } finally {
        await forgetTurn(turn);
      }
      await recordSights(deps, run, waiting);
      // A batch from which nothing was looked at (bound elsewhere, unmapped) must not come again in this pass.
      const covered = new Set([...looked.map((entry) => entry.pair.id), ...skipped]);
      for (const pair of turn.batch) if (!covered.has(pair.id)) skipped.add(pair.id);
      for (const entry of looked) attempts(skipped, entry, run.attempted);
      done += looked.length;
      run.progress('reconcile', done, null);
      if (!lists(listing) && deps.clock.now() - started > link.limits.passMs)
        return { done, more: true, waitUntil, listed };
    }
  } finally {
    await forgetTurn((await ahead?.catch(() => null)) ?? null);
  }
}

/** A pair that stays pending after its turn (somebody was faster) waits for the next pass instead of spinning in this one. */
function attempts(skipped: Set<string>, entry: Looked, attempted: Map<string, number>): void {
  const times = (attempted.get(entry.pair.id) ?? 0) + 1;
  attempted.set(entry.pair.id, times);
  if (times >= 3) skipped.add(entry.pair.id);
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
