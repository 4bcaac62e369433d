import { headerItems } from './gate-reading.ts';
import { observeNotes } from './observe-notes.ts';
import { noteOtherForms } from './note-drift.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { readAhead } from './read-ahead.ts';
import { readBatch } from './read-batch.ts';
import { READ_FAILED, STREAM_FAILED } from './read-blobs.ts';
import { readSlices } from './read-slices.ts';
import { knownServerClock } from './server-clock.ts';
import { lookAtSoftlyDeleted } from './softly-deleted.ts';

/**
 * [SW1] Finds what no slice can show: notes that went away, that Readers hide or show again, and creations that were missed. Goes through all known UNIDs
 * comparing tokens, then through creation slices. Resumable: a pass that runs out of time goes on where it stopped.
 */
export async function sweep(
  deps: PassDeps,
  run: PassRun,
): Promise<{ readonly fresh: number; readonly finished: boolean; readonly calls: number }> {
  const { link } = run;
  const started = deps.clock.now();
  const clock = await knownServerClock(deps, run);
  const { cap } = link.database.capabilities;
  let after = run.row.sweepAfter;
  if (after === null) {
    await retryPassing(deps, run);
    await lookAtSoftlyDeleted(deps, run, clock);
  }
  let fresh = 0;
  let seen = 0;
  let calls = 0;
  for (;;) {
    run.signal.throwIfAborted();
    const pairs = await deps.store.pairsAfterUnid(link.id, after, cap);
    if (pairs.length === 0) break;
    const readings = await readBatch(run, pairs, headerItems(link.mappings));
    calls += 1;
    fresh += (await observeNotes(deps, run, [...readings.values()], () => clock)).fresh;
    after = pairs.at(-1)?.unid ?? null;
    seen += pairs.length;
    const reached = after;
    const fence = await run.fence();
    await deps.store.transaction(fence, (tx) => tx.patchLink(link.id, { sweepAfter: reached }));
    run.progress('sweep', seen, null);
    if (deps.clock.now() - started > link.limits.passMs) return { fresh, finished: false, calls };
  }
  for await (const read of readAhead(readSlices(deps, run, 'created', { from: null, to: null }))) {
    calls += 1;
    const pairs = await deps.store.pairsByUnid(
      link.replicaSet,
      read.notes.map((note) => note.unid),
    );
    // [TO2] What was deleted is not among the known ones above: a restored file shows it with stamps that no slice looks at any more.
    const known = new Set(pairs.filter(({ status }) => status !== 'tombstone').map((pair) => pair.unid));
    fresh += (
      await observeNotes(
        deps,
        run,
        read.notes.filter((note) => !known.has(note.unid)),
        () => clock,
      )
    ).fresh;
    run.progress('sweep-created', seen, null);
  }
  await retryDuplicates(deps, run);
  await noteOtherForms(deps, run);
  const fence = await run.fence();
  await deps.store.transaction(fence, (tx) =>
    tx.patchLink(link.id, {
      sweepAfter: null,
      sweepDue: false,
      sweptAt: new Date(deps.clock.now()).toISOString(),
    }),
  );
  deps.log.info({ link: link.id, calls, known: seen, fresh }, 'a sweep went through everything');
  return { fresh, finished: true, calls };
}

/** [AD4] The other holder of the key may be gone by now: then the note was moved. */
async function retryDuplicates(deps: PassDeps, run: PassRun): Promise<void> {
  const rows = await deps.store.quarantined({ linkId: run.link.id, limit: 500 });
  const duplicates = rows.filter(({ code }) => code === 'duplicate-key');
  if (duplicates.length === 0) return;
  const pairs = await deps.store.pairsById(duplicates.map((row) => row.pairId));
  const fence = await run.fence();
  await deps.store.transaction(fence, (tx) =>
    tx.updatePairs(pairs.map(({ id, version }) => ({ id, version, pending: true, blocked: null }))),
  );
}

/** [QU3] What failed for a reason that may have passed is tried again; a deleted note that was back and went again is forgotten. */
async function retryPassing(deps: PassDeps, run: PassRun): Promise<void> {
  const rows = await deps.store.quarantined({ linkId: run.link.id, limit: 500 });
  const passing = rows.filter(
    ({ code }) => code === 'zombie' || code.startsWith(STREAM_FAILED) || code.startsWith(READ_FAILED),
  );
  if (passing.length === 0) return;
  const pairs = await deps.store.pairsById(passing.map((row) => row.pairId));
  const buried = pairs.filter((pair) => pair.status === 'tombstone' && pair.unid !== null);
  const readings = await readBatch(run, buried, headerItems([]));
  const goneAgain = buried.filter((pair) => readings.get(pair.unid as string)?.kind === 'missing');
  const zombies = new Set(passing.filter((row) => row.code === 'zombie').map((row) => row.pairId));
  const again = pairs.filter((pair) => !zombies.has(pair.id));
  if (goneAgain.length === 0 && again.length === 0) return;
  const fence = await run.fence();
  await deps.store.transaction(fence, async (tx) => {
    await tx.updatePairs([
      ...goneAgain.map(({ id, version }) => ({ id, version, seenNotes: null, blocked: null })),
      ...again.map(({ id, version }) => ({ id, version, pending: true, blocked: null })),
    ]);
    if (goneAgain.length > 0) await tx.clearQuarantine(goneAgain.map((pair) => pair.id));
  });
}
