import type { DriftRow, NewDrift } from '../port.ts';
import { inOrder, type MemoryTables } from './memory-tables.ts';

export function addMemoryDrift(
  tables: MemoryTables,
  linkId: string,
  rows: readonly NewDrift[],
  at: string,
): void {
  for (const row of rows) {
    const key = keyOf({ linkId, ...row });
    const before = tables.drift.get(key);
    const same = before !== undefined && before.mapping === row.mapping;
    // Of other forms one look tells how many there are.
    const counted = same && row.kind !== 'form' ? before.notes : 0;
    const firstAt = same ? before.firstAt : at;
    tables.drift.set(key, { linkId, ...row, notes: counted + row.notes, firstAt, lastAt: at });
  }
}

export function memoryDrift(tables: MemoryTables, linkId: string): readonly DriftRow[] {
  const own = [...tables.drift.values()].filter((row) => row.linkId === linkId);
  return inOrder(own, keyOf).map(({ linkId: _, ...row }) => row);
}

function keyOf(row: Pick<DriftRow, 'form' | 'item' | 'kind' | 'seen'> & { readonly linkId: string }): string {
  return [row.linkId, row.form, row.item, row.kind, row.seen].join('\0');
}
