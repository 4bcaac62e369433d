import type { NewPair, PairPatch } from '../../connectors/postgres/port.ts';
import { raiseSuspicion } from './mind-instance.ts';
import { handbookStates, sightOf } from './handbook-states.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';

const PAGE = 500;

/** What changed in the handbook since the link's cursor: versions and sights into `seen`, new records into new pairs. Our own applies fall out by version. */
export async function gatherHandbook(
  deps: PassDeps,
  run: PassRun,
): Promise<{ readonly fresh: number; readonly finished: boolean }> {
  const { link } = run;
  const started = deps.clock.now();
  let cursor = run.row.handbookCursor;
  let fresh = 0;
  let restored = run.row.suspect === 'handbook-restored';
  for (;;) {
    run.signal.throwIfAborted();
    const page = await deps.handbook.changes(cursor, PAGE);
    if (page.epochChanged) {
      // [IM7] The handbook's database was restored: everything is looked at again, whatever its version says, and nothing happens on its word meanwhile.
      cursor = null;
      restored = true;
      if (run.row.suspect === null) await raiseSuspicion(deps, run, 'handbook-restored');
      continue;
    }
    const entities = new Set(link.mappings.map((mapping) => mapping.entity));
    const mine = page.changes.filter((change) => entities.has(change.entity));
    fresh += mine.length === 0 ? 0 : await observeRecords(deps, run, mine, restored);
    const next = page.cursor;
    if (cursor?.epoch !== next.epoch || cursor.position !== next.position) {
      const fence = await run.fence();
      await deps.store.transaction(fence, (tx) => tx.patchLink(link.id, { handbookCursor: next }));
    }
    cursor = next;
    run.progress('gather-handbook', fresh, null);
    if (!page.more) return { fresh, finished: true };
    if (deps.clock.now() - started > link.limits.passMs) return { fresh, finished: false };
  }
}

async function observeRecords(
  deps: PassDeps,
  run: PassRun,
  changes: readonly { readonly recordId: string; readonly entity: string; readonly version: number }[],
  restored: boolean,
): Promise<number> {
  const { link } = run;
  const known = new Map(
    (await deps.store.pairsByRecord(changes.map((change) => change.recordId))).map((pair) => [
      pair.recordId,
      pair,
    ]),
  );
  const news = changes.filter((change) => {
    const pair = known.get(change.recordId);
    return (
      pair === undefined || (pair.linkId === link.id && (restored || change.version !== pair.seenHandbook))
    );
  });
  if (news.length === 0) return 0;
  const states = await handbookStates(
    deps,
    link,
    news.map((change) => known.get(change.recordId) ?? { recordId: change.recordId }),
  );
  const inserts: NewPair[] = [];
  const patches: PairPatch[] = [];
  for (const change of news) {
    const state = states.get(change.recordId);
    if (!state) continue;
    const pair = known.get(change.recordId);
    if (pair) {
      // [PL17] What was deleted is back with the backup: it goes again.
      if (pair.status === 'tombstone' && state.kind !== 'record') continue;
      const differs = restored || state.version !== pair.syncedHandbook;
      patches.push({
        id: pair.id,
        version: pair.version,
        seenHandbook: state.version,
        handbookSight: sightOf(state),
        ...(differs ? { pending: true, blocked: null } : {}),
      });
      continue;
    }
    const mapping = link.mappings.find((candidate) => candidate.entity === change.entity);
    if (!mapping || state.kind !== 'record') continue;
    inserts.push({
      id: deps.newId(),
      linkId: link.id,
      replicaSet: link.replicaSet,
      unid: null,
      recordId: change.recordId,
      entity: change.entity,
      form: mapping.form,
      bornIn: 'handbook',
      status: 'new',
      reason: null,
      seenNotes: null,
      seenSettled: true,
      notesSight: 'none',
      seenHandbook: state.version,
      handbookSight: sightOf(state),
      pending: true,
      parentKey: null,
    });
  }
  const fence = await run.fence();
  await deps.store.transaction(fence, async (tx) => {
    if (inserts.length > 0) await tx.insertPairs(inserts);
    if (patches.length > 0) await tx.updatePairs(patches);
  });
  return inserts.length + patches.length;
}
