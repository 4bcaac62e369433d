import type { NoteReading, Unid } from '../sync/note.ts';
import type { Pair } from '../sync/pair.ts';
import { HANDBOOK_ID_ITEM, textOf } from './gate-reading.ts';
import type { PassDeps } from './pass-deps.ts';

/** People can write anything into an item. */
const RECORD_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface Created {
  /** Pairs whose open create these notes are. */
  readonly bound: ReadonlyMap<Unid, Pair>;
  /** Records that these notes were made for and that no pair knows: our memory is older than they are. */
  readonly forgotten: ReadonlyMap<Unid, string>;
}

/**
 * [CR2] A new note that carries a HandbookId is bound only to a record whose note is still being created, or [CR3] to a record that no pair knows at all; any
 * other carrier is a copy.
 */
export async function bindCreated(
  deps: Pick<PassDeps, 'store' | 'handbook'>,
  readings: readonly NoteReading[],
  known: ReadonlyMap<Unid, Pair>,
): Promise<Created> {
  const claims = new Map<string, string[]>();
  for (const reading of readings) {
    if (reading.kind !== 'note' || known.has(reading.unid)) continue;
    const recordId = textOf(reading.items, HANDBOOK_ID_ITEM);
    if (recordId) claims.set(recordId, [...(claims.get(recordId) ?? []), reading.unid]);
  }
  if (claims.size === 0) return { bound: new Map(), forgotten: new Map() };
  const paired = await deps.store.pairsByRecord([...claims.keys()]);
  const waiting = paired.filter((pair) => pair.unid === null);
  const intents = await deps.store.intents(waiting.map((pair) => pair.id));
  const creating = new Set(
    intents
      .filter((intent) => intent.kind === 'create' && intent.side === 'notes')
      .map((intent) => intent.pairId),
  );
  const bound = new Map<string, Pair>();
  for (const pair of waiting) {
    const unids = claims.get(pair.recordId) ?? [];
    const [unid] = unids;
    if (creating.has(pair.id) && unid !== undefined && unids.length === 1) bound.set(unid, pair);
  }
  const unknown = [...claims.keys()].filter((id) => !paired.some((pair) => pair.recordId === id));
  return { bound, forgotten: await forgottenRecords(deps, claims, unknown) };
}

async function forgottenRecords(
  deps: Pick<PassDeps, 'handbook'>,
  claims: ReadonlyMap<string, readonly string[]>,
  unknown: readonly string[],
): Promise<ReadonlyMap<Unid, string>> {
  const ids = unknown.filter((id) => RECORD_ID.test(id));
  const records = ids.length === 0 ? [] : await deps.handbook.read(ids);
  return new Map(
    records.flatMap(({ recordId, state }) => {
      const [unid, ...others] = claims.get(recordId) ?? [];
      const alone = unid !== undefined && others.length === 0;
      return alone && (state === 'live' || state === 'hidden') ? [[unid, recordId] as const] : [];
    }),
  );
}
