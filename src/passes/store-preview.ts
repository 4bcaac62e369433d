import type { PreviewEntry } from '../../connectors/postgres/port.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';

/** Keeps a list of what would happen, for a person to decide about; answers its id. */
export async function storePreview(
  deps: PassDeps,
  run: PassRun,
  lane: string,
  entries: readonly PreviewEntry[],
): Promise<string> {
  const id = deps.newId();
  const fence = await run.fence();
  await deps.store.transaction(fence, (tx) =>
    tx.putPreview({
      id,
      linkId: run.link.id,
      at: new Date(deps.clock.now()).toISOString(),
      lane,
      entries,
      decidedBy: null,
      decidedAt: null,
      reason: null,
    }),
  );
  return id;
}
