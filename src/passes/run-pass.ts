import { DominoError } from '../../connectors/domino/port.ts';
import { type LeaseFence, LeaseLostError } from '../../connectors/postgres/port.ts';
import { DriftTally } from './drift-tally.ts';
import { failOver, instanceOf } from './choose-instance.ts';
import { openPassEntry } from './pass-book.ts';
import {
  type Link,
  newTally,
  type PassDeps,
  type PassName,
  type PassOutcome,
  type PassRun,
} from './pass-deps.ts';

/** Long enough that a bounded pass seldom renews, short enough that a dead worker's link is taken over soon. */
export const LEASE_MS = 60_000;
/** A Domino call takes at most this long (the connectors' own time-outs are shorter); the lease always outlasts the next call. */
const CALL_MS = 20_000;
const REST_BASE_MS = 2_000;
const REST_MOST_MS = 5 * 60_000;

export interface PassOptions {
  /** @default 'operator' */
  readonly name?: PassName;
  readonly signal: AbortSignal;
  /** `pull`, `push`, `sweep`, `sync`, `verify`, …: what the operators read. */
  readonly kind?: string;
  readonly progress?: PassRun['progress'];
  /** Try although the link rests after a failure (an operator asked). */
  readonly evenIfResting?: boolean;
}

/**
 * One bounded pass on one link under its lease. A server that cannot be reached makes the link rest (exponentially, at most five minutes) while others
 * go on; the error is thrown on so that the caller can report it. Losing the lease ends the pass without another write.
 */
export async function runPass<T>(
  deps: PassDeps,
  configured: Link,
  options: PassOptions,
  work: (run: PassRun) => Promise<T>,
): Promise<PassOutcome<T>> {
  const passId = deps.newId();
  const pass = () => leasedPass(deps, configured, passId, options, work);
  const { watch } = deps;
  return watch
    ? watch.pass({ linkId: configured.id, name: options.name ?? 'operator', passId }, pass)
    : pass();
}

async function leasedPass<T>(
  deps: PassDeps,
  configured: Link,
  passId: string,
  options: PassOptions,
  work: (run: PassRun) => Promise<T>,
): Promise<PassOutcome<T>> {
  let link = configured;
  // [LE1] Another worker has it: there is nothing to wait for, its pass is bounded.
  const first = await deps.store.acquireLease(link.id, passId, LEASE_MS);
  if (!first) return { kind: 'busy' };
  let fence: LeaseFence = first;
  try {
    const row = await deps.store.link(link.id);
    if (!row) throw new Error(`Link ${link.id} is not registered`);
    link = instanceOf(configured, row);
    const restsUntil = row.restsUntil === null ? 0 : Date.parse(row.restsUntil);
    if (restsUntil > deps.clock.now() && !options.evenIfResting)
      return { kind: 'resting', until: restsUntil, code: row.failureCode ?? 'unreachable' };
    const entry = openPassEntry(deps, { passId, linkId: link.id, kind: options.kind ?? 'other' });
    const tally = newTally();
    const run: PassRun = {
      link,
      row,
      passId,
      signal: options.signal,
      tally,
      withdrawals: { count: 0, alarmed: false },
      attempted: new Map(),
      drift: new DriftTally(),
      progress(phase, done, estimated) {
        entry.progress(phase, done, estimated);
        options.progress?.(phase, done, estimated);
      },
      async fence() {
        if (fence.expiresAt - deps.clock.now() < CALL_MS) {
          const renewed = await deps.store.acquireLease(link.id, passId, LEASE_MS);
          if (!renewed) throw new LeaseLostError(`Link ${link.id}: another worker took over`);
          const kept = renewed.fence === fence.fence;
          fence = renewed;
          // [LE2] It had lapsed in between: somebody may have worked meanwhile, so nothing of this pass holds any more.
          if (!kept) throw new LeaseLostError(`Link ${link.id}: the lease had lapsed`);
        }
        return fence;
      },
    };
    const value = await work(run).catch(async (error: unknown) => {
      await entry.end(failureCode(error, options.signal), tally);
      throw error;
    });
    await entry.end('done', tally);
    const drift = run.drift.all;
    if (drift.length > 0) await deps.store.transaction(fence, (tx) => tx.addDrift(link.id, drift));
    if (row.failures > 0)
      await deps.store.transaction(fence, (tx) =>
        tx.patchLink(link.id, { failures: 0, failedAt: null, failureCode: null, restsUntil: null }),
      );
    return { kind: 'done', value, tally: run.tally };
  } catch (error) {
    if (error instanceof DominoError) await rest(deps, link, passId, fence, error);
    throw error;
  } finally {
    await deps.store.releaseLease(fence);
  }
}

function failureCode(error: unknown, signal: AbortSignal): string {
  if (error instanceof DominoError) return error.code;
  if (error instanceof LeaseLostError) return 'lease-lost';
  return signal.aborted ? 'stopped' : 'defect';
}

async function rest(
  deps: PassDeps,
  link: Link,
  passId: string,
  fence: LeaseFence,
  error: DominoError,
): Promise<void> {
  const row = await deps.store.link(link.id);
  const failures = (row?.failures ?? 0) + 1;
  const now = deps.clock.now();
  const until = now + Math.min(REST_MOST_MS, REST_BASE_MS * 2 ** Math.min(failures - 1, 10));
  deps.log.warn(
    { link: link.id, code: error.code, failures },
    'the link rests: its server does not do what it was asked',
  );
  try {
    await deps.store.transaction(fence, async (tx) => {
      await tx.patchLink(link.id, {
        failures,
        failedAt: new Date(now).toISOString(),
        failureCode: error.code,
        restsUntil: new Date(until).toISOString(),
      });
      await failOver(deps, tx, link, passId, { failures, code: error.code });
    });
  } catch (second) {
    if (!(second instanceof LeaseLostError)) throw second;
  }
}
