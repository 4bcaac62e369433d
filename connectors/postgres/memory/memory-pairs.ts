import type { Pair } from '../../../src/sync/pair.ts';
import type { NewPair, PairPatch } from '../port.ts';
import { storableText } from '../store/storable-text.ts';
import { type MemoryTables, stored, storedToken } from './memory-tables.ts';

export function insertMemoryPairs(tables: MemoryTables, rows: readonly NewPair[]): ReadonlySet<string> {
  const inserted = new Set<string>();
  for (const row of rows) {
    const recordId = storableText(row.recordId);
    const taken =
      tables.pairs.has(row.id) ||
      [...tables.pairs.values()].some(
        (known) =>
          known.recordId === recordId || (known.unid !== null && holdsUnid(known, row.replicaSet, row.unid)),
      );
    if (taken) continue;
    tables.pairs.set(row.id, {
      ...row,
      recordId,
      reason: storableOrNull(row.reason),
      parentKey: storableOrNull(row.parentKey),
      seenNotes: storedToken(row.seenNotes),
      key: null,
      base: {},
      baseMapping: '',
      syncedNotes: null,
      syncedHandbook: 0,
      blocked: null,
      effects: [],
      version: 1,
    });
    inserted.add(row.id);
  }
  return inserted;
}

/** All or none of each patch; one that would bind a UNID which another pair holds does not match. Answers those that did not. */
export function updateMemoryPairs(tables: MemoryTables, patches: readonly PairPatch[]): ReadonlySet<string> {
  const missed = new Set<string>();
  for (const patch of patches) {
    const pair = tables.pairs.get(patch.id);
    const { unid } = patch;
    const bound =
      pair !== undefined &&
      unid !== undefined &&
      unid !== null &&
      unid !== pair.unid &&
      [...tables.pairs.values()].some((known) => holdsUnid(known, pair.replicaSet, unid));
    if (pair === undefined || pair.version !== patch.version || bound) {
      missed.add(patch.id);
      continue;
    }
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const next = { ...pair, ...given, version: pair.version + 1 } as Pair;
    tables.pairs.set(patch.id, {
      ...next,
      key: storableOrNull(next.key),
      reason: storableOrNull(next.reason),
      parentKey: storableOrNull(next.parentKey),
      base: patch.base === undefined ? pair.base : stored(patch.base),
      effects: patch.effects === undefined ? pair.effects : stored(patch.effects),
      seenNotes: storedToken(next.seenNotes),
      syncedNotes: storedToken(next.syncedNotes),
    });
  }
  return missed;
}

export function forgetMemoryTokens(tables: MemoryTables, linkId: string): number {
  return updateAll(
    tables,
    linkId,
    (pair) => pair.unid !== null && pair.status !== 'tombstone',
    () => ({ seenNotes: null, syncedNotes: null, seenSettled: false }),
  );
}

export function doubtMemoryBases(tables: MemoryTables, linkId: string): number {
  return updateAll(
    tables,
    linkId,
    (pair) => pair.baseMapping !== '' && ['live', 'missing', 'detached'].includes(pair.status),
    (pair) => ({
      baseMapping: '',
      pending: true,
      blocked: pair.blocked === 'quarantine' ? pair.blocked : null,
    }),
  );
}

export function lookAtMemoryAgain(tables: MemoryTables, linkId: string, forms: readonly string[]): number {
  return updateAll(
    tables,
    linkId,
    (pair) =>
      forms.includes(pair.form) &&
      (['live', 'missing'].includes(pair.status) ||
        (pair.blocked === 'quarantine' && pair.status !== 'tombstone')),
    (pair) => ({ pending: true, blocked: pair.blocked === 'quarantine' ? null : pair.blocked }),
  );
}

function updateAll(
  tables: MemoryTables,
  linkId: string,
  fits: (pair: Pair) => boolean,
  change: (pair: Pair) => Partial<Pair>,
): number {
  const pairs = [...tables.pairs.values()].filter((pair) => pair.linkId === linkId && fits(pair));
  for (const pair of pairs)
    tables.pairs.set(pair.id, { ...pair, ...change(pair), version: pair.version + 1 });
  return pairs.length;
}

function holdsUnid(pair: Pair, replicaSet: string, unid: string | null): boolean {
  return unid !== null && pair.unid === unid && pair.replicaSet === replicaSet;
}

function storableOrNull(text: string | null): string | null {
  return text === null ? null : storableText(text);
}
