import type { HandbookOp, HandbookOutcome } from '../../connectors/handbook/port.ts';
import type { Intent } from '../sync/pair.ts';
import type { FieldValue } from '../sync/values.ts';
import type { Guarded } from './guard-effects.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';

/** What the handbook answered for one pair. */
export interface HandbookResult {
  readonly outcome: HandbookOutcome;
  readonly opId: string;
}

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
  if (ops.length === 0) {
    await putBlobs(deps, batch, results);
    return results;
  }
  const fence = await run.fence();
  const intents = ops.flatMap(({ entry, op }) =>
    op.kind === 'put' ? [intentOf(deps, entry, op.opId, fence.fence)] : [],
  );
  if (intents.length > 0) await deps.store.transaction(fence, (tx) => tx.putIntents(intents));
  const outcomes = await deps.handbook.apply(ops.map(({ op }) => op));
  for (const [index, { entry, op }] of ops.entries()) {
    const outcome = outcomes[index];
    if (outcome) results.set(entry.pair.id, { outcome, opId: op.opId });
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

function intentOf(deps: PassDeps, entry: Guarded, opId: string, fence: number): Intent {
  const { plan } = entry;
  // PostgreSQL either has the statement or not: nothing of ours can land after we are gone, so the intent is settled at once.
  const now = new Date(deps.clock.now()).toISOString();
  const kind = plan.handbook?.kind === 'put' && plan.handbook.event === 'create-record' ? 'create' : 'update';
  return {
    opId,
    pairId: entry.pair.id,
    side: 'handbook',
    kind,
    fields: plan.baseAfterHandbook,
    fence,
    settlesAt: now,
  };
}

/** Bytes follow their record, also where the record already named them: a crash may have come between the two. */
async function putBlobs(
  deps: PassDeps,
  batch: readonly Guarded[],
  results: ReadonlyMap<string, HandbookResult>,
): Promise<void> {
  for (const entry of batch) {
    if (Object.keys(entry.blobs.fields).length === 0) continue;
    const result = results.get(entry.pair.id);
    const version = result?.outcome.kind === 'applied' ? result.outcome.version : entry.handbook.version;
    const exists = result ? result.outcome.kind === 'applied' : entry.handbook.kind === 'record';
    if (!exists || entry.blocked !== null) continue;
    for (const { field, blob } of entry.blobs.spooled)
      await deps.handbook.putBlob({ recordId: entry.pair.recordId, field }, blob.ref, blob.open());
    for (const [field, value] of Object.entries(entry.blobs.fields)) {
      // Nothing was there before: nothing can be left over.
      if ((entry.pair.base[field] ?? null) !== null) await prune(deps, entry, version, field, value);
    }
  }
}

async function prune(
  deps: PassDeps,
  entry: Guarded,
  version: number,
  field: string,
  value: FieldValue,
): Promise<void> {
  const refs = value === null ? [] : Array.isArray(value) ? value : [value];
  const keep = refs.flatMap((ref) =>
    typeof ref === 'object' && ref !== null && 'name' in ref ? [ref.name] : [],
  );
  await deps.handbook.apply([
    {
      opId: deps.newId(),
      recordId: entry.pair.recordId,
      entity: entry.pair.entity,
      expectedVersion: version,
      kind: 'prune-blobs',
      field,
      keep,
    },
  ]);
}
