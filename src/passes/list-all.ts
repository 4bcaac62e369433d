import type { PassDeps, PassRun } from './pass-deps.ts';
import { type ReconcileResult, reconcile } from './reconcile.ts';

/** [BR3] Lists everything that the link would do now, and does nothing of it. What earlier lists set aside is looked at again. */
export async function listAll(deps: PassDeps, run: PassRun): Promise<ReconcileResult> {
  const fence = await run.fence();
  await deps.store.transaction(fence, async (tx) => {
    for (const reason of ['mode', 'listed'] as const) await tx.unblock(run.link.id, reason);
  });
  return reconcile(deps, run, 'everything');
}
