import type { HandbookOp } from '../../connectors/handbook/port.ts';
import type { Intent } from '../sync/pair.ts';
import type { Guarded } from './guard-effects.ts';
import type { HandbookResult } from './handbook-result.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { putBlobs } from './put-blobs.ts';

/**
 * Carries the handbook's effects of a batch: intents first, then one acknowledged call, then the bytes. The records' bases move only when
 * the caller has recorded the answers.
 */
export async function applyToHandbook(
  deps: PassDeps,
  run: PassRun,
  batch: readonly Guarded[],
): Promise<ReadonlyMap<string, HandbookResult>> {
  const ops = batch.flatMap((entry) => {
    const op = handbookOp(deps, entry);
    return op ? [{ entry, op }] : [];
  });
  const results = new Map<string, HandbookResult>();
  if (ops.length > 0) {
    const fence = await run.fence();
    const intents = ops.flatMap(({ entry, op }) =>
      op.kind === 'withdraw' ? [] : [intentOf(deps, entry, op, fence.fence)],
    );
    if (intents.length > 0) await deps.store.transaction(fence, (tx) => tx.putIntents(intents));
    const outcomes = await deps.handbook.apply(ops.map(({ op }) => op));
    for (const [index, { entry, op }] of ops.entries()) {
      const outcome = outcomes[index];
      if (outcome) results.set(entry.pair.id, { outcome, opId: op.opId });
    }
  }
  await putBlobs(deps, batch, results);
  return results;
}

function handbookOp(deps: PassDeps, entry: Guarded): HandbookOp | null {
  const effect = entry.plan.handbook;
  if (!effect) return null;
  const common = {
    opId: deps.newId(),
    recordId: entry.pair.recordId,
    entity: entry.pair.entity,
    expectedVersion: entry.handbook.version,
  };
  switch (effect.kind) {
    case 'put':
      return { ...common, kind: 'put', key: entry.keyValue ?? entry.pair.key, set: effect.set };
    case 'hide':
    case 'remove':
      return { ...common, kind: effect.kind };
    case 'withdraw':
      return { ...common, kind: 'withdraw', held: effect.held, ifUnchanged: true };
  }
}

/**
 * [PL18] A removal has one, too: found deleted without it, the record would look like one that a member deleted. [BR1] And a hiding, which would not be
 * counted otherwise. Withdrawals are held up by nothing.
 */
function intentOf(deps: PassDeps, entry: Guarded, { opId, kind }: HandbookOp, fence: number): Intent {
  const { plan } = entry;
  // A withdrawn record comes back with what was sealed laid over it: it may never have held what is intended, so it counts as an update.
  const creates =
    plan.handbook?.kind === 'put' && plan.handbook.event === 'create-record' && entry.handbook.version === 0;
  // PostgreSQL either has the statement or not: nothing of ours can land after we are gone, so the intent is settled at once.
  const now = new Date(deps.clock.now()).toISOString();
  return {
    opId,
    pairId: entry.pair.id,
    side: 'handbook',
    kind: kind === 'remove' ? 'delete' : kind === 'hide' ? 'hide' : creates ? 'create' : 'update',
    fields: plan.baseAfterHandbook,
    fence,
    settlesAt: now,
  };
}
