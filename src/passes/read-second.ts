import type { Slice } from '../../connectors/domino/port.ts';
import type { NoteReading } from '../sync/note.ts';
import { type Interval, splitSlice } from '../sync/slices.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';

/** Headers of notes that one call, or calls that agree, answered. */
export interface HeadersRead {
  readonly notes: readonly NoteReading[];
  /** Could only be enumerated: a sweep must look as well. */
  readonly enumerated: boolean;
  /** Our clock just before the question was sent, ms: the server's time is known from below, and a slow answer must not make it seem later. */
  readonly askedMs: number;
}

/** An overfull second that cannot be cut any more is enumerated at most this often before the slice gives up for this pass. */
const ENUMERATIONS = 30;

/**
 * [SL6] A second that holds more than one call answers: cut by the other stamp of its notes (what was saved at once was seldom made at once), and where
 * that does not tell them apart either, enumerated until two enumerations agree.
 */
export async function* readSecond(
  deps: Pick<PassDeps, 'clock'>,
  run: PassRun,
  second: Slice,
  items: readonly string[],
): AsyncGenerator<HeadersRead> {
  const other = second.by === 'created' ? 'modifiedInThisFile' : 'created';
  const todo: Interval[] = [{ from: null, to: null }];
  for (let part = todo.shift(); part !== undefined; part = todo.shift()) {
    run.signal.throwIfAborted();
    const asked: Slice = { ...second, within: { by: other, ...part } };
    await run.fence();
    const askedMs = deps.clock.now();
    const { notes, total } = await run.link.database.readSlice(asked, items, { signal: run.signal });
    const stamps = notes.flatMap((note) =>
      note.kind === 'note' ? [other === 'created' ? note.created : note.modified] : [],
    );
    const split = splitSlice(part, total, notes.length, stamps, deps.clock.now());
    if (split.kind === 'complete') yield { notes, enumerated: false, askedMs };
    else if (split.kind === 'split') todo.unshift(...split.parts);
    else yield { notes: await enumerate(run, asked, items), enumerated: true, askedMs };
  }
}

/**
 * Pages of a re-executed query prove nothing by themselves. What they show is collected until it is as much as the server counts and one more
 * enumeration shows nothing else.
 */
async function enumerate(
  run: PassRun,
  slice: Slice,
  items: readonly string[],
): Promise<readonly NoteReading[]> {
  const found = new Map<string, NoteReading>();
  for (let attempt = 0; attempt < ENUMERATIONS; attempt++) {
    let news = false;
    let total = Number.POSITIVE_INFINITY;
    for (let start = 0; start < total; ) {
      await run.fence();
      const page = await run.link.database.readSlicePage(slice, items, start, { signal: run.signal });
      total = page.total;
      for (const note of page.notes) {
        const known = found.get(note.unid);
        if (known === undefined || printOf(known) !== printOf(note)) news = true;
        found.set(note.unid, note);
      }
      if (page.notes.length === 0) break;
      start += page.notes.length;
    }
    if (!news && found.size === total) return [...found.values()];
    // More than the server counts: some of it has left the second. What it holds now is collected afresh.
    if (found.size > total) found.clear();
  }
  throw new Error(
    `Second ${slice.from} of link ${run.link.id} could not be enumerated: its notes keep changing`,
  );
}

function printOf(note: NoteReading): string {
  return note.kind === 'note' ? note.token.value : note.kind;
}
