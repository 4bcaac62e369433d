import type { HandbookOp } from '../../connectors/handbook/port.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

/** Looks at what the bridge is about to do to records. */
export function witnessOps(world: World, ops: readonly HandbookOp[]): void {
  for (const op of ops) {
    if (op.kind === 'prune-blobs' || isRefused(world, op)) continue;
    world.effects += 1;
    world.coverage.hit(`handbook ${op.kind}`);
    const row = world.records.rows.get(op.recordId);
    if (row?.version !== op.expectedVersion) continue;
    if (op.kind === 'remove' || (op.kind === 'hide' && row.state === 'live'))
      world.ledger.bridgeDeletes.set(op.recordId, world.clock.nowMs);
    if (op.kind === 'withdraw') world.ledger.withdrawn.add(op.recordId);
    if (op.kind === 'remove') evidence(world, op.recordId);
  }
}

/** Another record holds its key: nothing happens. */
function isRefused(world: World, op: HandbookOp): boolean {
  return (
    op.kind === 'put' &&
    op.key !== null &&
    [...world.records.rows.values()].some(
      (row) =>
        row.state === 'live' &&
        row.entity === op.entity &&
        row.key === op.key &&
        row.recordId !== op.recordId,
    )
  );
}

/** [TO1] A record goes only when a person deleted its note. */
function evidence(world: World, recordId: string): void {
  const pair = [...world.store.tables().pairs.values()].find((one) => one.recordId === recordId);
  const unid = pair?.unid ?? null;
  if (unid === null || !world.ledger.deletedBy('notes', unid))
    throw new Violation('TO1', `record ${recordId} is removed, and nobody deleted note ${unid}`);
  const present = world.file.readBare(unid) !== null;
  if (present && !world.ledger.returned.has(unid))
    throw new Violation('TO1', `record ${recordId} is removed, and note ${unid} is there`);
}
