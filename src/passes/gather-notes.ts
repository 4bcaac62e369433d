import type { Checkpoint } from '../../connectors/postgres/port.ts';
import type { NoteReading } from '../sync/note.ts';
import { pullFrom } from '../sync/slices.ts';
import { groupSlices } from './group-slices.ts';
import { observeNotes } from './observe-notes.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { reach } from './reach-slices.ts';
import { readAhead } from './read-ahead.ts';
import { readSlices } from './read-slices.ts';

/** A pass that dies reads so many slices again at most. */
const SLICES_A_CHECKPOINT = 8;

/**
 * [SL1]–[SL4] What changed in Notes since the watermark: slices that one call answers completely, oldest first, the last one open-ended. Reads UNID,
 * token and gate items only. The watermark passes a slice only after everything in it is in `seen`.
 */
export async function gatherNotes(
  deps: PassDeps,
  run: PassRun,
): Promise<{ readonly fresh: number; readonly finished: boolean }> {
  const { link } = run;
  const started = deps.clock.now();
  let checkpoint =
    (await deps.store.checkpoint(link.id, link.instanceId)) ?? emptyCheckpoint(link.id, link.instanceId);
  const interval = { from: pullFrom(checkpoint.watermark, link.limits.overlapSeconds), to: null };
  let fresh = 0;
  let unsaved = 0;
  let handled = false;
  const save = async () => {
    if (unsaved === 0) return;
    const reached = checkpoint;
    const fence = await run.fence();
    await deps.store.transaction(fence, (tx) => tx.setCheckpoint(reached));
    unsaved = 0;
  };
  if (link.database.capabilities.deletionStubs) await observeStubs(deps, run, checkpoint);
  for await (const group of groupSlices(readAhead(readSlices(deps, run, 'modifiedInThisFile', interval)))) {
    if (handled && deps.clock.now() - started > link.limits.passMs) {
      await save();
      return { fresh, finished: false };
    }
    const reached = reach(group, checkpoint, link.limits.settleSeconds, deps.clock.now());
    const observed = await observeNotes(deps, run, reached.readings, reached.clockOf);
    fresh += observed.fresh;
    // [SL4] A stamp from the future moves nothing; when it is news, a sweep looks for what its clock hides.
    if ((observed.fresh > 0 && reached.ahead) || group.some((read) => read.enumerated)) {
      const fence = await run.fence();
      await deps.store.transaction(fence, (tx) => tx.patchLink(link.id, { sweepDue: true }));
    }
    const next = reached.checkpoint;
    if (next.watermark !== checkpoint.watermark || next.greatestStamp !== checkpoint.greatestStamp)
      unsaved += group.length;
    checkpoint = next;
    if (unsaved >= SLICES_A_CHECKPOINT) await save();
    run.progress('gather', fresh, null);
    handled = true;
  }
  await save();
  return { fresh, finished: true };
}

async function observeStubs(deps: PassDeps, run: PassRun, checkpoint: Checkpoint): Promise<void> {
  const stubs =
    (await run.link.database.readDeletionStubs?.(
      pullFrom(checkpoint.watermark, run.link.limits.overlapSeconds),
      { signal: run.signal },
    )) ?? [];
  const unids = stubs.map((stub) => stub.unid);
  for (let start = 0; start < unids.length; start += run.link.database.capabilities.cap) {
    const part = unids.slice(start, start + run.link.database.capabilities.cap);
    const bound = await deps.store.pairsByUnid(run.link.replicaSet, part);
    const readings = bound.flatMap((pair): NoteReading[] =>
      pair.unid && pair.status !== 'tombstone' && pair.notesSight !== 'gone'
        ? [{ kind: 'missing', unid: pair.unid }]
        : [],
    );
    await observeNotes(
      deps,
      run,
      readings,
      () => ({ greatestStamp: null, greatestSeenAtMs: null, nowMs: deps.clock.now() }),
      new Set(part),
    );
  }
}

function emptyCheckpoint(linkId: string, instanceId: string): Checkpoint {
  return { linkId, instanceId, watermark: null, greatestStamp: null, greatestSeenAt: null };
}
