import type { HandbookOp } from '../../port.ts';
import { changeFields } from '../change-fields.ts';
import { ownsKey, type RecordRow } from '../record-row.ts';

/** What one op does to the state that it meets. */
export interface OpPlan {
  readonly outcome: OpOutcome;
  /** The record as it is afterwards, where that is another. */
  readonly row?: RecordRow;
  /** All blobs and every stored answer of the record lose their content. */
  readonly erase?: true;
  readonly prune?: { readonly field: string; readonly keep: readonly string[] };
}

/** A `HandbookOutcome` without the op and without content: what is stored. */
export type OpOutcome =
  | { readonly kind: 'applied'; readonly version: number }
  | { readonly kind: 'stale'; readonly version: number }
  | { readonly kind: 'duplicate-key'; readonly recordId: string };

/** `row` is the op's record, null when there is none; `holder` the record that owns the op's business key, if any does. Pure. */
export function planOp(op: HandbookOp, row: RecordRow | null, holder: string | null): OpPlan {
  const expected = (row?.version ?? 0) === op.expectedVersion;
  if (op.kind === 'withdraw' && (expected || op.ifUnchanged !== true))
    return row === null ? stale(0) : withdraw(row, op);
  if (!expected || op.kind === 'withdraw') return stale(row?.version ?? 0);
  if (op.kind === 'put') return put(op, row, holder);
  // Expected not to exist, and does not: there is nothing to hide, remove or prune.
  if (row === null) return stale(0);
  if (op.kind === 'prune-blobs') return { outcome: applied(row), prune: { field: op.field, keep: op.keep } };
  return op.kind === 'hide' ? hide(row) : remove(row);
}

type Op<Kind extends HandbookOp['kind']> = Extract<HandbookOp, { readonly kind: Kind }>;

function put(op: Op<'put'>, row: RecordRow | null, holder: string | null): OpPlan {
  if (holder !== null && holder !== op.recordId)
    return { outcome: { kind: 'duplicate-key', recordId: holder } };
  const version = (row?.version ?? 0) + 1;
  const before = row ?? { fields: {}, fieldVersions: {}, held: {}, bornIn: 'notes' as const };
  return change({
    recordId: op.recordId,
    entity: op.entity,
    key: op.key,
    state: 'live',
    version,
    ...changeFields(before, { ...op.set, ...before.held }, version),
    held: {},
    bornIn: before.bornIn,
  });
}

function hide(row: RecordRow): OpPlan {
  if (row.state !== 'live') return { outcome: applied(row) };
  return change({ ...row, state: 'hidden', version: row.version + 1 });
}

function remove(row: RecordRow): OpPlan {
  if (row.state === 'deleted') return { outcome: applied(row) };
  return { ...change({ ...emptied(row), state: 'deleted', held: {} }), erase: true };
}

/** Withdrawing again only adds to what is held: a member may have sent more since. What was deleted stays deleted. */
function withdraw(row: RecordRow, op: Op<'withdraw'>): OpPlan {
  if (row.state === 'deleted') return { outcome: applied(row), row: { ...row, key: null }, erase: true };
  const held = { ...row.held, ...op.held };
  if (row.state === 'withdrawn') return { outcome: applied(row), row: { ...row, held }, erase: true };
  return { ...change({ ...emptied(row), state: 'withdrawn', key: null, held }), erase: true };
}

function emptied(row: RecordRow): RecordRow {
  return { ...row, version: row.version + 1, fields: {}, fieldVersions: {} };
}

function change(row: RecordRow): OpPlan {
  return { outcome: applied(row), row };
}

function applied(row: RecordRow): OpOutcome {
  return { kind: 'applied', version: row.version };
}

function stale(version: number): OpPlan {
  return { outcome: { kind: 'stale', version } };
}

/** What the port's `applied` answers of stored outcomes. */
export function versionsOf(
  outcomes: ReadonlyMap<string, OpOutcome>,
  opIds: readonly string[],
): ReadonlyMap<string, number> {
  return new Map(
    opIds.flatMap((opId) => {
      const outcome = outcomes.get(opId);
      return outcome?.kind === 'applied' ? [[opId, outcome.version] as const] : [];
    }),
  );
}

/** The key that an op claims; ops without one claim nothing. */
export function claimedKey(op: HandbookOp): string | null {
  return op.kind === 'put' ? op.key : null;
}

/** Where a record's key is looked up, null when it owns none. */
export function ownedKey(row: RecordRow): string | null {
  return row.key !== null && ownsKey(row) ? keyId(row.entity, row.key) : null;
}

export function keyId(entity: string, key: string): string {
  return JSON.stringify([entity, key]);
}
