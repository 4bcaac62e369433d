import type { HandbookOp, HandbookOutcome } from '../../port.ts';
import type { RecordRow } from '../record-row.ts';
import { claimedKey, keyId, type OpOutcome, ownedKey, planOp } from './plan-op.ts';

/** What a batch meets. Everything that its ops name has been looked up; what is absent is not there. */
export interface BatchState {
  readonly rows: ReadonlyMap<string, RecordRow>;
  /** By {@link keyId}: the record that owns the key. */
  readonly holders: ReadonlyMap<string, string>;
  /** Outcomes of ops that were applied before, by op id. */
  readonly done: ReadonlyMap<string, OpOutcome>;
}

export interface BatchPlan {
  /** One for each op, in order. */
  readonly outcomes: readonly HandbookOutcome[];
  /** To be stored, in order. */
  readonly stored: readonly { readonly op: HandbookOp; readonly outcome: OpOutcome }[];
  readonly created: readonly RecordRow[];
  readonly updated: readonly RecordRow[];
  /** Records that gave up a key which another one took: theirs must be gone before the other is written. */
  readonly keysFreed: readonly string[];
  /** Records with a new version. */
  readonly announced: readonly RecordRow[];
  readonly erased: readonly string[];
  readonly pruned: readonly {
    readonly recordId: string;
    readonly field: string;
    readonly keep: readonly string[];
  }[];
}

/** Runs the ops of a batch one after the other on the state that it meets, in memory. Pure. */
export function planBatch(ops: readonly HandbookOp[], state: BatchState): BatchPlan {
  const rows = new Map(state.rows);
  const holders = new Map(state.holders);
  const done = new Map(state.done);
  const announced = new Map<string, RecordRow>();
  const changed = new Set<string>();
  const erased = new Set<string>();
  const pruned: BatchPlan['pruned'][number][] = [];
  const stored: BatchPlan['stored'][number][] = [];

  function replace(row: RecordRow): void {
    const before = rows.get(row.recordId);
    const left = before === undefined ? null : ownedKey(before);
    if (left !== null && holders.get(left) === row.recordId) holders.delete(left);
    const taken = ownedKey(row);
    if (taken !== null) holders.set(taken, row.recordId);
    if (before?.version !== row.version) announced.set(row.recordId, row);
    rows.set(row.recordId, row);
    changed.add(row.recordId);
  }

  function run(op: HandbookOp): OpOutcome {
    const key = claimedKey(op);
    const holder = key === null ? null : (holders.get(keyId(op.entity, key)) ?? null);
    const plan = planOp(op, rows.get(op.recordId) ?? null, holder);
    if (plan.row !== undefined) replace(plan.row);
    if (plan.erase) erased.add(op.recordId);
    if (plan.prune) pruned.push({ recordId: op.recordId, ...plan.prune });
    stored.push({ op, outcome: plan.outcome });
    done.set(op.opId, plan.outcome);
    return plan.outcome;
  }

  const outcomes = ops.map((op): HandbookOutcome => {
    const outcome = done.get(op.opId) ?? run(op);
    if (outcome.kind !== 'applied') return { opId: op.opId, ...outcome };
    return { opId: op.opId, ...outcome, fields: rows.get(op.recordId)?.fields ?? {} };
  });

  const final = [...changed].flatMap((recordId) => rows.get(recordId) ?? []);
  const taken = new Set(final.flatMap((row) => ownedKey(row) ?? []));
  return {
    outcomes,
    stored,
    created: final.filter(({ recordId }) => !state.rows.has(recordId)),
    updated: final.filter(({ recordId }) => state.rows.has(recordId)),
    keysFreed: final.flatMap((row) => {
      const before = state.rows.get(row.recordId);
      const key = before === undefined ? null : ownedKey(before);
      return key !== null && key !== ownedKey(row) && taken.has(key) ? [row.recordId] : [];
    }),
    announced: [...announced.values()],
    erased: [...erased],
    pruned,
  };
}
