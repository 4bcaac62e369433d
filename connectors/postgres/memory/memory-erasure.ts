import type { MemoryTables } from './memory-tables.ts';

const SIDES = ['notes', 'handbook', 'merged'];

/** Every trace of content of these pairs; the rows' versions stay. */
export function eraseMemoryContent(
  tables: MemoryTables,
  pairIds: readonly string[],
  at: string,
  keepLosers: boolean,
): void {
  const ids = new Set(pairIds);
  for (const id of ids) {
    const pair = tables.pairs.get(id);
    if (pair === undefined) continue;
    tables.pairs.set(id, { ...pair, base: {}, baseMapping: '', key: null, parentKey: null });
    tables.journalKeys.delete(pair.recordId);
  }
  for (const [opId, intent] of tables.intents) if (ids.has(intent.pairId)) tables.intents.delete(opId);
  for (const [id, row] of tables.conflicts) {
    if (!ids.has(row.pairId)) continue;
    if (keepLosers && row.kind === 'edit-against-delete' && row.winner === 'handbook') continue;
    tables.conflicts.set(id, {
      ...row,
      base: undefined,
      notes: undefined,
      handbook: undefined,
      state: 'obsolete',
      closedAt: row.closedAt ?? at,
      choice: row.choice !== null && SIDES.includes(row.choice) ? row.choice : null,
    });
  }
  for (const [id, row] of tables.quarantine)
    if (ids.has(row.pairId)) tables.quarantine.set(id, { ...row, detail: '' });
  for (const [id, row] of tables.previews)
    if (row.entries.some((entry) => ids.has(entry.pairId)))
      tables.previews.set(id, {
        ...row,
        entries: row.entries.map((entry) => (ids.has(entry.pairId) ? { ...entry, fields: [] } : entry)),
      });
}
