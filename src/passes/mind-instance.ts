import type { InstanceRow, SyncTx } from '../../connectors/postgres/port.ts';
import { judgeMarkers, type MarkerVerdict, type SuspectReason } from '../sync/instance-marker.ts';
import { findMarkers, type FoundMarker, readMarkers } from './find-markers.ts';
import { journalEntry } from './journal-entry.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { writeMarker } from './write-marker.ts';

/**
 * [IM1]–[IM6] Looks before anything else whether the file is still the one that our memory speaks of, and marks it when its generation is to change.
 * Returns the run with the link's row as it is afterwards; null when the link must not work with this file at all.
 */
export async function mindInstance(deps: PassDeps, run: PassRun): Promise<PassRun | null> {
  const { link } = run;
  const known = await deps.store.instances(link.id);
  const here = known.find((row) => row.instanceId === link.instanceId);
  const moved = run.row.activeInstance !== link.instanceId;
  if (run.row.suspect === null || run.row.suspect === 'standby-behind') {
    const writes = run.row.mode === 'sync' || run.row.mode === 'propose';
    if (link.marker !== undefined && (writes || here !== undefined))
      await mind(deps, run, known, here, writes);
  }
  let row = (await deps.store.link(link.id)) ?? run.row;
  // [FO3] Until the file has caught up, or a person says that it never will, the link waits; nothing of what it shows is believed.
  if (row.suspect === 'standby-behind') return null;
  if (moved) {
    await takeUp(deps, run);
    row = (await deps.store.link(link.id)) ?? run.row;
  }
  // [IM3] A file that another bridge marked is not even read, unless we worked with it before.
  if (row.suspect === 'foreign-marker' && known.every((one) => one.generation === 0)) return null;
  return { ...run, row };
}

async function mind(
  deps: PassDeps,
  run: PassRun,
  known: readonly InstanceRow[],
  here: InstanceRow | undefined,
  writes: boolean,
): Promise<void> {
  const { link, row } = run;
  const owner = await deps.store.owner();
  const question = { owner, link: link.id, instance: link.instanceId, previous: row.activeInstance, known };
  const settled = here !== undefined && here.unid !== null && here.coming === null && !here.trusted;
  const quick = settled && row.activeInstance === link.instanceId && !renewalDue(deps, run, here);
  if (quick && judgeMarkers({ ...question, found: await readMarkers(run, [here.unid]) }).kind === 'agrees')
    return;
  const found = await findMarkers(run);
  if (here?.trusted !== true) {
    const verdict = judgeMarkers({ ...question, found });
    if (verdict.kind === 'suspect') {
      if (verdict.reason !== row.suspect) await raiseSuspicion(deps, run, verdict.reason);
      return;
    }
    if (row.suspect !== null) await caughtUp(deps, run);
    if (verdict.kind === 'landed' && here) await noteLanded(deps, run, here, found);
    if (!writes || !needsMark(deps, run, verdict, here)) return;
  } else if (!writes) return;
  else await removeForeign(run, owner, found);
  const fresh = (await deps.store.instances(link.id)).find((one) => one.instanceId === link.instanceId);
  await writeMarker(deps, run, fresh ?? unknownInstance(run), owner, found);
}

function needsMark(
  deps: PassDeps,
  run: PassRun,
  verdict: MarkerVerdict,
  here: InstanceRow | undefined,
): boolean {
  if (verdict.kind === 'unmarked') return true;
  return (
    verdict.kind === 'agrees' && here !== undefined && (here.coming !== null || renewalDue(deps, run, here))
  );
}

/** A backup is told from the living file only by a mark that is younger than the backup, so the mark changes as often as backups are made. */
function renewalDue(deps: PassDeps, run: PassRun, here: InstanceRow): boolean {
  const age = deps.clock.now() - Date.parse(here.markedAt ?? '1970-01-01T00:00:00Z');
  return age >= (run.link.marker?.renewMs ?? Number.POSITIVE_INFINITY);
}

/** Marks the file that the link works with, out of turn. Does nothing where it may not be marked. */
export async function renewMarker(deps: PassDeps, run: PassRun): Promise<void> {
  const { link, row } = run;
  if (link.marker === undefined || row.suspect !== null || (row.mode !== 'sync' && row.mode !== 'propose'))
    return;
  await mindInstance(deps, { ...run, link: { ...link, marker: { renewMs: 0 } } });
}

function unknownInstance(run: PassRun): InstanceRow {
  return {
    linkId: run.link.id,
    instanceId: run.link.instanceId,
    generation: 0,
    nonce: '',
    coming: null,
    unid: null,
    markedAt: null,
    trusted: false,
  };
}

async function noteLanded(
  deps: PassDeps,
  run: PassRun,
  here: InstanceRow,
  found: readonly FoundMarker[],
): Promise<void> {
  const mark = found.find((one) => one.nonce === here.coming);
  if (!mark) return;
  const fence = await run.fence();
  await deps.store.transaction(fence, (tx) =>
    tx.putInstance({
      ...here,
      generation: mark.generation,
      nonce: mark.nonce,
      coming: null,
      unid: mark.unid,
      markedAt: new Date(deps.clock.now()).toISOString(),
    }),
  );
}

async function caughtUp(deps: PassDeps, run: PassRun): Promise<void> {
  const fence = await run.fence();
  await deps.store.transaction(fence, async (tx) => {
    await tx.patchLink(run.link.id, { suspect: null, suspectAt: null });
    await tx.unblock(run.link.id, 'instance');
  });
}

/** A person took the file over: the other bridge, should it still live, finds its mark gone and stops. */
async function removeForeign(run: PassRun, owner: string, found: readonly FoundMarker[]): Promise<void> {
  for (const mark of found.filter((one) => one.owner !== owner)) {
    await run.fence();
    await run.link.database.deleteNote(mark.unid, null, { signal: run.signal });
  }
}

/** [IM2] From here on the link only looks, from the start and without the tokens it knew, until a person releases it; withdrawals go on. */
export async function raiseSuspicion(deps: PassDeps, run: PassRun, reason: SuspectReason): Promise<void> {
  const fence = await run.fence();
  await deps.store.transaction(fence, async (tx) => {
    await startOver(tx, run);
    await tx.patchLink(run.link.id, { suspect: reason, suspectAt: new Date(deps.clock.now()).toISOString() });
    await tx.appendJournal(run.link.id, [
      journalEntry(deps, run, { event: 'suspect', rule: 'IM2', reason: `${reason} ${run.link.instanceId}` }),
    ]);
  });
  deps.log.error(
    { link: run.link.id, instance: run.link.instanceId, reason },
    'a side seems to have been restored or replaced: nothing but withdrawals happens until a person releases the link',
  );
}

/** [FO2] Tokens and stamps of one file say nothing of another: everything is looked at anew. */
async function takeUp(deps: PassDeps, run: PassRun): Promise<void> {
  const first = run.row.activeInstance === null;
  const fence = await run.fence();
  await deps.store.transaction(fence, async (tx) => {
    if (!first) {
      await startOver(tx, run);
      await tx.appendJournal(run.link.id, [
        journalEntry(deps, run, {
          event: 'instance',
          rule: 'FO2',
          reason: `${run.row.activeInstance} → ${run.link.instanceId}`,
        }),
      ]);
    }
    await tx.patchLink(run.link.id, { activeInstance: run.link.instanceId });
  });
}

async function startOver(tx: SyncTx, run: PassRun): Promise<void> {
  const { link } = run;
  await tx.forgetTokens(link.id);
  await tx.setCheckpoint({
    linkId: link.id,
    instanceId: link.instanceId,
    watermark: null,
    greatestStamp: null,
    greatestSeenAt: null,
  });
  await tx.patchLink(link.id, { sweepDue: true, sweepAfter: null });
}
