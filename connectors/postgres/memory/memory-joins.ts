import type { PairJoin } from '../port.ts';
import { storableText } from '../store/storable-text.ts';
import { type MemoryTables, stored } from './memory-tables.ts';

/** Joins in the order given; each is all or nothing. */
export function joinMemoryPairs(tables: MemoryTables, joins: readonly PairJoin[]): ReadonlySet<string> {
  const joined = new Set<string>();
  for (const join of joins) {
    const pair = tables.pairs.get(join.id);
    if (pair?.version !== join.version || !['new', 'withheld'].includes(pair.status)) continue;
    if (join.from !== null && !leave(tables, join.from)) continue;
    const recordId = storableText(join.recordId);
    if ([...tables.pairs.values()].some((known) => known.recordId === recordId)) continue;
    const { seenHandbook, handbookSight, bornIn, baseMapping } = join;
    const key = join.key === null ? null : storableText(join.key);
    const given = {
      recordId,
      key,
      seenHandbook,
      handbookSight,
      bornIn,
      baseMapping,
      base: stored(join.base),
    };
    tables.pairs.set(pair.id, { ...pair, ...given, version: pair.version + 1 });
    joined.add(pair.id);
  }
  return joined;
}

/** The record leaves its old pair; false where that may not be. */
function leave(
  tables: MemoryTables,
  { id, version, retiredRecordId }: NonNullable<PairJoin['from']>,
): boolean {
  const pair = tables.pairs.get(id);
  if (pair?.version !== version) return false;
  if (retiredRecordId !== null) {
    tables.pairs.set(id, {
      ...pair,
      recordId: retiredRecordId,
      seenHandbook: 0,
      syncedHandbook: 0,
      handbookSight: 'absent',
      status: 'tombstone',
      reason: 'moved',
      key: null,
      base: {},
      baseMapping: '',
      seenNotes: null,
      pending: false,
      blocked: null,
      version: version + 1,
    });
    return true;
  }
  const hangs = [...tables.intents.values(), ...tables.conflicts.values()].some((row) => row.pairId === id);
  if (pair.unid !== null || hangs) return false;
  for (const [rowId, row] of tables.quarantine) if (row.pairId === id) tables.quarantine.delete(rowId);
  tables.pairs.delete(id);
  return true;
}
