import type { DriftRow, NewDrift } from '../port.ts';
import { inOrder, type MemoryTables } from './memory-tables.ts';

export function addMemoryDrift(
  tables: MemoryTables,
  linkId: string,
  rows: readonly NewDrift[],
  at: string,
): void {
  for (const row of rows) {
    const key = keyOf(linkId, row);
    const before = tables.drift.get(key)?.row;
    const same = before !== undefined && before.mapping === row.mapping;
    // Of other forms one look tells how many there are.
    const counted = same && row.kind !== 'form' ? before.notes : 0;
    const firstAt = same ? before.firstAt : at;
    tables.drift.set(key, { linkId, row: { ...row, notes: counted + row.notes, firstAt, lastAt: at } });
  }
}

export function memoryDrift(tables: MemoryTables, linkId: string): readonly DriftRow[] {
  const own = [...tables.drift.values()].filter((stored) => stored.linkId === linkId);
  return inOrder(own, ({ row }) => keyOf(linkId, row)).map(({ row }) => row);
}

function keyOf(linkId: string, row: Pick<DriftRow, 'form' | 'item' | 'kind' | 'seen'>): string {
  return [linkId, row.form, row.item, row.kind, row.seen].join('\0');
}
