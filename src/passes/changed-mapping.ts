import type { AgreeResult } from './agree-result.ts';
import { listAll } from './list-all.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { storePreview } from './store-preview.ts';

/**
 * [MC6] Null when the link may go on: under the changed mappings nothing that is there would change (new documents may cross). Otherwise the whole list is made
 * and the link waits for a person, like at its first run.
 */
export async function changedMapping(deps: PassDeps, run: PassRun): Promise<AgreeResult | null> {
  const listing = await listAll(deps, run);
  const changes = listing.listed.some((entry) => entry.event !== 'create-record');
  const preview = changes ? await storePreview(deps, run, 'first-run', listing.listed) : null;
  const fence = await run.fence();
  await deps.store.transaction(fence, async (tx) => {
    await tx.patchLink(run.link.id, { mappingChanged: false, ...(changes ? { approved: false } : {}) });
    if (!changes) await tx.unblock(run.link.id, 'listed');
  });
  return preview === null ? null : { ...listing, awaiting: preview };
}
