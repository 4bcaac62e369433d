import type { Unid } from '../sync/note.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';

/** The server's time as known from below: the greatest stamp it showed and when we first saw it. */
export interface ServerClock {
  readonly greatestStamp: string | null;
  /** Our clock, ms. */
  readonly greatestSeenAtMs: number | null;
  readonly nowMs: number;
}

/** By UNID: what was known of the server's time when the question was sent that a note answered. */
export type ClockOf = (unid: Unid) => ServerClock;

/** As the checkpoint of the link's instance knows it; ask before the question whose answer it shall judge. */
export async function knownServerClock(
  deps: Pick<PassDeps, 'store' | 'clock'>,
  run: PassRun,
): Promise<ServerClock> {
  const checkpoint = await deps.store.checkpoint(run.link.id, run.link.instanceId);
  return {
    greatestStamp: checkpoint?.greatestStamp ?? null,
    greatestSeenAtMs: checkpoint?.greatestSeenAt ? Date.parse(checkpoint.greatestSeenAt) : null,
    nowMs: deps.clock.now(),
  };
}
