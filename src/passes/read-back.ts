import { DominoError } from '../../connectors/domino/port.ts';
import type { NoteReading, Unid } from '../sync/note.ts';
import { contentItems, headerItems } from './gate-reading.ts';
import type { Guarded } from './guard-effects.ts';
import type { NotesResult } from './notes-result.ts';
import type { PassRun } from './pass-deps.ts';

/** Reads the notes that were written once more and puts what they look like into `results`. */
export async function readBack(
  run: PassRun,
  batch: readonly Guarded[],
  results: Map<string, NotesResult>,
): Promise<void> {
  const written = batch.flatMap((entry) => {
    const result = results.get(entry.pair.id);
    return result?.kind === 'written' ? [{ entry, result }] : [];
  });
  for (const mapping of new Set(written.map(({ entry }) => entry.mapping))) {
    const own = written.filter(({ entry }) => entry.mapping === mapping);
    // A note that we created is unreleased: its header only.
    for (const created of [true, false]) {
      const part = own.filter(({ entry }) => (entry.plan.notes?.kind === 'create') === created);
      const items = created ? headerItems([mapping]) : contentItems(mapping);
      for (let start = 0; start < part.length; start += run.link.database.capabilities.cap) {
        const slice = part.slice(start, start + run.link.database.capabilities.cap);
        const readings = await tryRead(
          run,
          slice.map(({ result }) => result.unid),
          items,
        );
        for (const { entry, result } of slice)
          results.set(entry.pair.id, { ...result, reading: readings.get(result.unid) ?? null });
      }
    }
  }
}

/** A read-back that fails costs another look, nothing else. */
async function tryRead(
  run: PassRun,
  unids: readonly Unid[],
  items: readonly string[],
): Promise<ReadonlyMap<Unid, NoteReading>> {
  try {
    await run.fence();
    return new Map(
      (await run.link.database.readNotes(unids, items, { signal: run.signal })).map((reading) => [
        reading.unid,
        reading,
      ]),
    );
  } catch (error) {
    if (error instanceof DominoError) return new Map();
    throw error;
  }
}
