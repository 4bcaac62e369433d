import type { NoteReading, Unid } from '../sync/note.ts';
import type { Pair } from '../sync/pair.ts';
import { contentItems } from './gate-reading.ts';
import { groupBy } from './group-by.ts';
import type { PassRun } from './pass-deps.ts';
import { readBatch } from './read-batch.ts';

/** Content that was read before its pair's turn came. */
export interface ContentAhead {
  /** The reading of a pair whose row is still as it was when the note was read. */
  of(pair: Pair): NoteReading | undefined;
}

export const NOTHING_AHEAD: ContentAhead = { of: () => undefined };

/**
 * Reads the released notes of pairs whose turn comes next, while another batch is being applied, with the gate items in the same read. A failure
 * costs nothing: what was not read is read when its turn comes, and fails then. No write to Notes may rest on such a reading: it is older than need be.
 */
export async function readContentAhead(run: PassRun, pairs: readonly Pair[]): Promise<ContentAhead> {
  const readings = new Map<Unid, NoteReading>();
  // A record that moved will probably be written to Notes, from a reading of that moment.
  const open = pairs.filter(
    (pair) =>
      pair.unid !== null &&
      pair.status !== 'tombstone' &&
      pair.notesSight === 'released' &&
      pair.seenHandbook === pair.syncedHandbook,
  );
  try {
    for (const [form, group] of groupBy(open, (pair) => pair.form)) {
      const mapping = run.link.mappings.find((candidate) => candidate.form === form);
      if (!mapping) continue;
      for (const [unid, reading] of await readBatch(run, group, contentItems(mapping)))
        readings.set(unid, reading);
    }
  } catch {
    return NOTHING_AHEAD;
  }
  const versions = new Map(open.map((pair) => [pair.id, pair.version]));
  return {
    of: (pair) =>
      pair.unid !== null && versions.get(pair.id) === pair.version ? readings.get(pair.unid) : undefined,
  };
}
