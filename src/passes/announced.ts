import type { PreviewEntry } from '../../connectors/postgres/port.ts';
import { countAnnounced, isAnnounced, type Reorganisation } from '../sync/reorganisation.ts';
import { journalEntry } from './journal-entry.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { storePreview } from './store-preview.ts';

const PAGE = 1000;

/** [BR5] A brake that came while not all of an announced change had arrived is looked at again when there is news. */
export async function reopenForAnnounced(deps: PassDeps, run: PassRun): Promise<PassRun> {
  const { row, link } = run;
  if (standing(deps, row.announced) === null || row.brakeUpdates === null) return run;
  const { runnable } = await deps.store.counts(link.id);
  if (runnable === 0) return run;
  const fence = await run.fence();
  await deps.store.transaction(fence, async (tx) => {
    await tx.patchLink(link.id, { brakeUpdates: null });
    await tx.unblock(link.id, 'brake-updates');
  });
  return { ...run, row: { ...row, brakeUpdates: null } };
}

/**
 * [BR5] True where a list of updates is what a person announced, number by number, and what is in it besides does not exceed the limit (`exceeds`): it then
 * counts as accepted by that person, and the announcement is over. The list is kept like any that was accepted.
 */
export async function acceptAnnounced(
  deps: PassDeps,
  run: PassRun,
  entries: readonly PreviewEntry[],
  exceeds: (others: number) => Promise<boolean>,
  releaseMs: number,
): Promise<boolean> {
  const announced = standing(deps, run.row.announced);
  if (announced === null) return false;
  const before = await crossedBefore(deps, run, announced);
  const counted = countAnnounced(announced, entries, before);
  if (!counted.fits || (await exceeds(counted.others))) {
    deps.log.warn(
      {
        link: run.link.id,
        announced: announced.count,
        found: counted.announced + before,
        others: counted.others,
      },
      'an announced change of many documents does not fit what is there',
    );
    return false;
  }
  const previewId = await storePreview(deps, run, 'updates', entries);
  const at = new Date(deps.clock.now()).toISOString();
  const reason = `announced, ${announced.count} documents: ${announced.reason}`;
  const fence = await run.fence();
  await deps.store.transaction(fence, async (tx) => {
    await tx.decidePreview(previewId, { by: announced.by, at, reason });
    const releasedUntil = new Date(deps.clock.now() + releaseMs).toISOString();
    await tx.patchLink(run.link.id, { announced: null, releasedUntil });
    await tx.unblock(run.link.id, 'brake-updates');
    await tx.appendJournal(run.link.id, [
      journalEntry(deps, run, {
        event: 'release',
        rule: 'BR5',
        by: announced.by,
        reason: `updates: ${reason}`,
      }),
    ]);
  });
  return true;
}

function standing(deps: PassDeps, announced: Reorganisation | null): Reorganisation | null {
  return announced !== null && Date.parse(announced.until) > deps.clock.now() ? announced : null;
}

/** How many of the announced changes crossed since the announcement, before there were enough to be braked. */
async function crossedBefore(deps: PassDeps, run: PassRun, announced: Reorganisation): Promise<number> {
  const records = new Set<string>();
  for (let after = 0; ; ) {
    const rows = await deps.store.journal(run.link.id, after, PAGE);
    const recent = rows.filter(
      (row) => row.at >= announced.at && row.recordId !== null && row.event === 'update-record',
    );
    const pairs = await deps.store.pairsByRecord(recent.map((row) => row.recordId as string));
    const entities = new Map(pairs.map((pair) => [pair.recordId, pair.entity]));
    for (const { recordId, event, fields } of recent)
      if (isAnnounced(announced, { entity: entities.get(recordId as string) ?? '', event, fields }))
        records.add(recordId as string);
    if (rows.length < PAGE) return records.size;
    after = rows.at(-1)?.sequence ?? after;
  }
}
