import type { HandbookRecord } from '../../connectors/handbook/port.ts';
import type { PairJoin } from '../../connectors/postgres/port.ts';
import type { Mapping } from '../sync/mapping.ts';
import type { Pair } from '../sync/pair.ts';
import type { HandbookState } from '../sync/plan-types.ts';
import { groupBy } from './group-by.ts';
import { sightOf, stateOf } from './handbook-states.ts';
import { journalEntry } from './journal-entry.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';

/** A released note of a pair that has no record yet, with its business key. */
export interface Unmatched {
  readonly pair: Pair;
  readonly mapping: Mapping;
  readonly key: string;
}

export interface Joined {
  /** By pair id: the pair as it is now, and its record. */
  readonly matches: ReadonlyMap<string, { readonly pair: Pair; readonly handbook: HandbookState }>;
  /** Pairs that had a record until now: what is believed of them holds no longer. */
  readonly left: ReadonlySet<string>;
  /** Pairs of which several claim the same record: a person decides. */
  readonly rivals: ReadonlySet<string>;
}

/**
 * [AD1]–[AD4] Joins notes to records that were there before, by business key: records that no note stands behind, and records whose own note is missing (it
 * was moved). Only our memory changes; whether anything is to be written is the planner's to say.
 */
export async function joinByKey(
  deps: PassDeps,
  run: PassRun,
  unmatched: readonly Unmatched[],
): Promise<Joined> {
  const rivals = new Set<string>();
  const joins: { readonly pair: Pair; readonly join: PairJoin; readonly state: HandbookState }[] = [];
  for (const [entity, group] of groupBy(unmatched, (one) => one.pair.entity)) {
    const records = await recordsOf(deps, entity, group);
    for (const [key, claims] of groupBy(
      group.filter((one) => records.has(one.key)),
      (one) => one.key,
    )) {
      const [claim] = claims;
      const target = records.get(key);
      if (!claim || !target) continue;
      // [AD3] Nobody can tell which of them the record is of.
      if (claims.length > 1) for (const rival of claims) rivals.add(rival.pair.id);
      else joins.push(joinOf(deps, claim, target));
    }
  }
  if (joins.length === 0) return { matches: new Map(), left: new Set(), rivals };
  const done = await writeJoins(
    deps,
    run,
    joins.map((one) => one.join),
  );
  const matches = joins
    .filter(({ pair }) => done.has(pair.id))
    .map(({ pair, join, state }) => {
      const { recordId, bornIn, base, baseMapping, seenHandbook, handbookSight } = join;
      const now = { ...pair, recordId, bornIn, base, baseMapping, seenHandbook, handbookSight };
      return [pair.id, { pair: { ...now, version: pair.version + 1 }, handbook: state }] as const;
    });
  const left = new Set(joins.flatMap(({ join }) => (done.has(join.id) && join.from ? [join.from.id] : [])));
  return { matches: new Map(matches), left, rivals };
}

interface Target {
  readonly record: HandbookRecord;
  /** The pair that the record had until now; null = none. */
  readonly holder: Pair | null;
}

/** By key, the records that may be joined. */
async function recordsOf(
  deps: PassDeps,
  entity: string,
  group: readonly Unmatched[],
): Promise<ReadonlyMap<string, Target>> {
  const keys = [...new Set(group.map((one) => one.key))];
  const live = await deps.handbook.readByKey(entity, keys);
  // [AD4] Its record is hidden while its note is missing, so it is found by the pair.
  const missing = (await deps.store.pairsByKey(entity, keys)).filter(isMissing);
  const hidden = missing.length === 0 ? [] : await deps.handbook.read(missing.map((pair) => pair.recordId));
  const records = [...live, ...hidden.filter((record) => record.state === 'hidden')];
  if (records.length === 0) return new Map();
  const holders = new Map(
    (await deps.store.pairsByRecord(records.map((record) => record.recordId))).map((pair) => [
      pair.recordId,
      pair,
    ]),
  );
  const busy = new Set(
    (await deps.store.intents([...holders.values()].map((pair) => pair.id))).map((intent) => intent.pairId),
  );
  const targets = new Map<string, Target>();
  for (const record of records) {
    const holder = holders.get(record.recordId) ?? null;
    const key = record.key ?? holder?.key ?? null;
    if (key === null || (holder && (busy.has(holder.id) || !isFree(holder)))) continue;
    targets.set(key, { record, holder });
  }
  return targets;
}

function isFree(holder: Pair): boolean {
  return (holder.unid === null && holder.status === 'new') || isMissing(holder);
}

/** A detached pair has a member's edit waiting for a person: its record is nobody else's. */
function isMissing(pair: Pair): boolean {
  return pair.notesSight === 'missing' && (pair.status === 'live' || pair.status === 'missing');
}

function joinOf(deps: PassDeps, { pair, mapping, key }: Unmatched, { record, holder }: Target) {
  const state = stateOf(mapping, record);
  const moved = holder !== null && holder.unid !== null;
  const join: PairJoin = {
    id: pair.id,
    version: pair.version,
    recordId: record.recordId,
    key,
    seenHandbook: record.version,
    handbookSight: sightOf(state),
    bornIn: record.bornIn,
    base: moved ? holder.base : {},
    baseMapping: moved ? holder.baseMapping : '',
    from: holder && { id: holder.id, version: holder.version, retiredRecordId: moved ? deps.newId() : null },
  };
  return { pair, join, state };
}

async function writeJoins(
  deps: PassDeps,
  run: PassRun,
  joins: readonly PairJoin[],
): Promise<ReadonlySet<string>> {
  const fence = await run.fence();
  return deps.store.transaction(fence, async (tx) => {
    const done = await tx.joinPairs(joins);
    const moved = joins.filter((join) => done.has(join.id) && join.from?.retiredRecordId);
    const adopted = done.size - moved.length;
    const lines = moved.map((join) =>
      journalEntry(deps, run, { event: 'move', rule: 'AD4', pairId: join.id, recordId: join.recordId }),
    );
    if (adopted > 0)
      lines.push(
        journalEntry(deps, run, { event: 'adopt', rule: 'AD1', reason: `${adopted} joined by key` }),
      );
    if (lines.length > 0) await tx.appendJournal(run.link.id, lines);
    return done;
  });
}
