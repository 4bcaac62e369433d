import type { MemoryTables } from '../../connectors/postgres/memory/memory-tables.ts';
import { Violation } from './violation.ts';
import { judgeConflict } from './witness-conflicts.ts';
import type { World } from './world.ts';

/** Looks at what a transaction of the bridge has just made durable. */
export function committed(world: World, before: MemoryTables): void {
  const after = world.store.tables();
  for (const [id, checkpoint] of after.checkpoints) {
    const old = before.checkpoints.get(id)?.watermark ?? null;
    if (old !== null && (checkpoint.watermark === null || checkpoint.watermark < old))
      throw new Violation('SL3', `the watermark went back from ${old} to ${checkpoint.watermark}`);
    if (
      checkpoint.watermark !== null &&
      Date.parse(checkpoint.watermark) > world.domino.now() &&
      !world.ledger.clockWentBack
    )
      throw new Violation('SL3', `the watermark ${checkpoint.watermark} is later than the server's time`);
  }
  for (const [id, pair] of after.pairs) {
    if (pair.unid === null || before.pairs.get(id) === pair) continue;
    const bound = world.ledger.bonds.get(pair.unid) ?? new Set();
    world.ledger.bonds.set(pair.unid, bound.add(pair.recordId));
  }
  for (const [id, row] of after.conflicts) {
    const old = before.conflicts.get(id);
    if (old === row) continue;
    if (old === undefined) {
      world.effects += 1;
      world.coverage.hit(`conflict ${row.kind} ${row.policy}`);
      judgeConflict(world, row);
    }
    world.ledger.kept += `${JSON.stringify([row.base, row.notes, row.handbook])}\n`;
  }
  for (const id of before.conflicts.keys())
    if (!after.conflicts.has(id)) throw new Violation('IN3', `conflict ${id} was taken away`);
  for (const [id, pair] of before.pairs) {
    if (after.pairs.has(id)) continue;
    // [AD1] One without a note gives its record to a note that claims it.
    const joined = [...after.pairs.values()].some(({ recordId }) => recordId === pair.recordId);
    if (pair.unid !== null || !joined) throw new Violation('PL16', `pair ${id} was taken away`);
    world.coverage.hit('joined by key');
  }
  for (const [id, row] of after.quarantine)
    if (!before.quarantine.has(id)) world.coverage.hit(`quarantine ${row.code}`);
  for (const [link, rows] of after.journal) {
    const known = before.journal.get(link)?.length ?? 0;
    for (const row of rows.slice(known)) {
      world.effects += 1;
      world.coverage.hit(`rule ${row.rule}`);
      world.coverage.hit(`event ${row.event}`);
    }
  }
}
