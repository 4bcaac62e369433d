import type { Mapping } from '../sync/mapping.ts';
import type { NoteReading, Unid } from '../sync/note.ts';
import type { Pair } from '../sync/pair.ts';
import { formOf, ownVerdict, type Verdict, withParents } from './gate-reading.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';

/** A verdict and the mapping by which it was reached. */
export interface JudgedNote extends Verdict {
  readonly mapping: Mapping;
}

/** The gate's verdicts of these headers, by UNID; none for a note of another form than its pair's or of a form that nobody maps. */
export async function judgeNotes(
  deps: PassDeps,
  run: PassRun,
  readings: readonly NoteReading[],
  known: ReadonlyMap<Unid, Pair>,
): Promise<ReadonlyMap<Unid, JudgedNote>> {
  const own: { unid: string; mapping: Mapping; verdict: Verdict }[] = [];
  for (const reading of readings) {
    if (reading.kind !== 'note') continue;
    const form = formOf(reading.items);
    const bound = known.get(reading.unid)?.form;
    // [GA7] A note that lost its form is judged as the note that it was: a form is missing, so nothing of it may cross.
    const mapping = run.link.mappings.find((candidate) => candidate.form === (form ?? bound));
    // A note that changed its form is no longer the record's note.
    if (!mapping || (bound !== undefined && bound !== '' && bound !== mapping.form)) continue;
    own.push({ unid: reading.unid, mapping, verdict: ownVerdict(mapping, reading) });
  }
  const judged = await withParents(deps, own);
  return new Map(
    own.map((entry, index) => [entry.unid, { ...(judged[index] ?? entry.verdict), mapping: entry.mapping }]),
  );
}
