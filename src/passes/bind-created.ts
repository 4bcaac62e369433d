import type { NoteReading, Unid } from '../sync/note.ts';
import type { Pair } from '../sync/pair.ts';
import { HANDBOOK_ID_ITEM, textOf } from './gate-reading.ts';
import type { PassDeps } from './pass-deps.ts';

/** [CR2] A new note that carries a HandbookId is bound only to a record whose note is still being created; any other carrier is a copy. */
export async function bindCreated(
  deps: PassDeps,
  readings: readonly NoteReading[],
  known: ReadonlyMap<Unid, Pair>,
): Promise<ReadonlyMap<Unid, Pair>> {
  const claims = new Map<string, string[]>();
  for (const reading of readings) {
    if (reading.kind !== 'note' || known.has(reading.unid)) continue;
    const recordId = textOf(reading.items, HANDBOOK_ID_ITEM);
    if (recordId) claims.set(recordId, [...(claims.get(recordId) ?? []), reading.unid]);
  }
  if (claims.size === 0) return new Map();
  const waiting = (await deps.store.pairsByRecord([...claims.keys()])).filter((pair) => pair.unid === null);
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
  return bound;
}
