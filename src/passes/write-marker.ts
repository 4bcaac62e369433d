import type { InstanceRow } from '../../connectors/postgres/port.ts';
import { type Marker, markerItems } from '../sync/instance-marker.ts';
import type { FoundMarker } from './find-markers.ts';
import { journalEntry } from './journal-entry.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';

/**
 * [IM5] Marks the file with its next generation: first our own memory says that the mark is coming, then the file carries it, then our memory says that
 * it is there. A death at any step leaves a state that the next look tells from a restored side.
 */
export async function writeMarker(
  deps: PassDeps,
  run: PassRun,
  known: InstanceRow,
  owner: string,
  found: readonly FoundMarker[],
): Promise<void> {
  const { link } = run;
  const own = found.filter((mark) => mark.link === link.id && mark.instance === link.instanceId);
  const coming = known.coming ?? deps.newId();
  let fence = await run.fence();
  await deps.store.transaction(fence, (tx) => tx.putInstance({ ...known, coming }));
  const mark: Marker = {
    owner,
    link: link.id,
    instance: link.instanceId,
    generation: Math.max(known.generation, 0, ...own.map((one) => one.generation)) + 1,
    nonce: coming,
  };
  const unid = await put(run, own[0]?.unid ?? known.unid, mark);
  fence = await run.fence();
  await deps.store.transaction(fence, async (tx) => {
    await tx.putInstance({
      ...known,
      generation: mark.generation,
      nonce: coming,
      coming: null,
      unid,
      markedAt: new Date(deps.clock.now()).toISOString(),
      trusted: false,
    });
    await tx.appendJournal(link.id, [
      journalEntry(deps, run, { event: 'mark', rule: 'IM5', unid, reason: `generation ${mark.generation}` }),
    ]);
  });
}

async function put(run: PassRun, unid: string | null, mark: Marker): Promise<string> {
  const { database } = run.link;
  const options = { signal: run.signal };
  await run.fence();
  if (unid !== null) {
    const outcome = await database.replaceItems(unid, markerItems(mark), null, options);
    if (outcome.kind === 'written') return unid;
  }
  return (await database.createNote(markerItems(mark), options)).unid;
}
