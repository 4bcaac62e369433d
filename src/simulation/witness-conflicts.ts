import type { ConflictRow } from '../../connectors/postgres/port.ts';
import type { FieldValue } from '../sync/values.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

/** A conflict as the store keeps it. */
type Told = Omit<ConflictRow, 'unid' | 'recordId' | 'entity'>;

/** Looks at a conflict that the bridge has just told: whether there was one at all, and whether its policy was kept. */
export function judgeConflict(world: World, row: Told): void {
  if (row.kind !== 'field' || row.winner === null || row.policy === 'sealed') return;
  const expected = winnerBy(row);
  if (row.winner !== expected)
    throw new Violation('ME5', `${row.field} has policy ${row.policy}, and ${row.winner} won`);
  if (row.base !== undefined) judgeNeed(world, row);
}

/** A person's reading of the policies, written down apart from the merge's. */
function winnerBy({ policy, notes, handbook }: Told): Told['winner'] {
  if (policy === 'notes-wins') return 'notes';
  if (policy === 'handbook-wins') return 'handbook';
  if (notes === null || notes === undefined) return 'handbook';
  if (handbook === null || handbook === undefined) return 'notes';
  const higher = Number(notes) > Number(handbook) ? 'notes' : 'handbook';
  const lower = higher === 'notes' ? 'handbook' : 'notes';
  return policy === 'max' ? higher : lower;
}

/** [ME3] Who edits what they see clashes with nobody: the value that lost was not written over the one that won. */
function judgeNeed(world: World, row: Told): void {
  const pair = world.store.tables().pairs.get(row.pairId);
  const side = row.winner === 'notes' ? 'handbook' : 'notes';
  const doc = side === 'notes' ? pair?.unid : pair?.recordId;
  const [lost, won] = side === 'notes' ? [row.notes, row.handbook] : [row.handbook, row.notes];
  if (doc === undefined || doc === null || won === null || isNone(lost)) return;
  const write = world.ledger.writes.findLast(
    (one) => one.side === side && one.doc === doc && one.field === row.field && one.value === lost,
  );
  if (write && write.saw === won && write.unseen !== true)
    throw new Violation(
      'ME3',
      `${row.field} of ${doc}: ${JSON.stringify(lost)} was written over ${JSON.stringify(won)} and lost`,
    );
}

function isNone(value: FieldValue | undefined): boolean {
  return value === null || value === undefined;
}
