import type { NewConflict, SyncTx } from '../port.ts';
import { roundsByKey } from '../store/once-per-key.ts';
import { type MemoryTables, stored } from './memory-tables.ts';

/** A clash already on record is left alone; else the field's open row takes the newest values; else a row is added. */
export function putMemoryConflicts(tables: MemoryTables, rows: readonly NewConflict[]): void {
  for (const round of roundsByKey(rows, (row) => JSON.stringify([row.pairId, row.field])))
    for (const row of round) putOne(tables, row);
}

function putOne(tables: MemoryTables, given: NewConflict): void {
  const of = [...tables.conflicts.values()].filter(
    (known) => known.pairId === given.pairId && known.field === given.field,
  );
  if (of.some((known) => known.dedupe === given.dedupe)) return;
  const row = {
    ...given,
    base: stored(given.base),
    notes: stored(given.notes),
    handbook: stored(given.handbook),
  };
  const state = row.winner === null ? ('open' as const) : ('settled' as const);
  const open = of.find((known) => known.state === 'open');
  if (open) tables.conflicts.set(open.id, { ...open, ...row, id: open.id, linkId: open.linkId, state });
  else if (!tables.conflicts.has(row.id))
    tables.conflicts.set(row.id, { ...row, state, closedBy: null, closedAt: null, choice: null });
}

export function closeMemoryConflicts(
  tables: MemoryTables,
  ids: readonly string[],
  how: Parameters<SyncTx['closeConflicts']>[1],
): void {
  for (const id of ids) {
    const row = tables.conflicts.get(id);
    const again = how.anew === true && row?.state === 'resolved';
    if (row === undefined || (row.state !== 'open' && row.state !== 'settled' && !again)) continue;
    tables.conflicts.set(id, {
      ...row,
      state: how.state,
      choice: how.choice,
      closedBy: how.by,
      closedAt: how.at,
    });
  }
}
