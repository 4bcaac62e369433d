import type { LinkMode, SyncStore } from '../../connectors/postgres/port.ts';

/**
 * Makes a configured link known. What its earlier mode did not allow is looked at again when the mode is another one now; the planner sets aside anew
 * what still may not be.
 */
export async function registerLink(
  store: SyncStore,
  link: { readonly linkId: string; readonly mode: LinkMode; readonly replicaSet: string },
): Promise<void> {
  const known = await store.link(link.linkId);
  // First: a death in between leaves the old mode, and the next start does it once more.
  if (known !== null && known.mode !== link.mode)
    await store.transaction(null, (tx) => tx.unblock(link.linkId, 'mode'));
  await store.registerLink(link);
}
