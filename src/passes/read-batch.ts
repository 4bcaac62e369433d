import type { NoteReading } from '../sync/note.ts';
import type { Pair } from '../sync/pair.ts';
import type { PassRun } from './pass-deps.ts';

/** Reads the pairs' notes by UNID, in calls of at most the connector's cap. */
export async function readBatch(
  run: PassRun,
  pairs: readonly Pick<Pair, 'unid'>[],
  items: readonly string[],
): Promise<ReadonlyMap<string, NoteReading>> {
  const unids = pairs.flatMap((pair) => (pair.unid === null ? [] : [pair.unid]));
  const { cap } = run.link.database.capabilities;
  const readings = new Map<string, NoteReading>();
  for (let start = 0; start < unids.length; start += cap) {
    await run.fence();
    const part = await run.link.database.readNotes(unids.slice(start, start + cap), items, {
      signal: run.signal,
    });
    for (const reading of part) readings.set(reading.unid, reading);
  }
  return readings;
}
