import { DominoError, type NotesDatabase, type Slice } from '../../connectors/domino/port.ts';
import { nextSlice, paceAfter, type Planned } from '../sync/slice-pace.ts';
import { type Interval, splitSlice, type SplitResult } from '../sync/slices.ts';
import { headerItems } from './gate-reading.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { type HeadersRead, readSecond } from './read-second.ts';

/** Headers of notes of one slice. */
export interface SliceRead extends HeadersRead {
  /** What is complete with these notes; null = more of it comes. */
  readonly complete: Interval | null;
}

/**
 * [SL1] Everything in an interval in slices that one call answers completely, oldest first. Asks for UNID, token and gate items only. Where to
 * cut is guessed from what came before, so that few answers are thrown away as incomplete.
 */
export async function* readSlices(
  deps: Pick<PassDeps, 'clock'>,
  run: PassRun,
  by: Slice['by'],
  interval: Interval,
): AsyncGenerator<SliceRead> {
  const { database, mappings } = run.link;
  const { cap } = database.capabilities;
  const items = headerItems(mappings);
  const forms = mappings.map((mapping) => mapping.form);
  const todo: Planned[] = [{ interval, expected: null }];
  let pace: number | null = null;
  for (let planned = todo.shift(); planned !== undefined; planned = todo.shift()) {
    run.signal.throwIfAborted();
    const { slice, rest } = nextSlice(planned, pace, cap, deps.clock.now());
    await run.fence();
    const askedMs = deps.clock.now();
    const asked: Slice = { by, forms, ...slice };
    const answer = await readUnlessTooWide(database, asked, items, run.signal);
    if (answer === 'too-wide') {
      const { parts } = halves(slice, deps.clock.now());
      if (rest !== null) todo.unshift({ interval: rest, expected: null });
      todo.unshift(...parts.map((part) => ({ interval: part, expected: null })));
      pace = null;
      continue;
    }
    const { notes, total } = answer;
    const left = planned.expected === null ? null : Math.max(0, planned.expected - total);
    if (rest !== null) todo.unshift({ interval: rest, expected: left });
    const stamps = notes.flatMap((note) =>
      note.kind === 'note' ? [by === 'created' ? note.created : note.modified] : [],
    );
    const split = splitSlice(slice, total, notes.length, stamps, deps.clock.now());
    pace = paceAfter(pace, slice, total, cap);
    switch (split.kind) {
      case 'complete':
        yield { notes, complete: slice, enumerated: false, askedMs };
        break;
      case 'split':
        todo.unshift(...expected(split.parts, stamps, total));
        break;
      case 'overfull-second':
        for await (const part of readSecond(deps, run, { ...asked, ...split.second }, items))
          yield { ...part, complete: null };
        yield { notes: [], complete: slice, enumerated: false, askedMs };
    }
  }
}

/**
 * [SL8] A server that scans no more than so many documents refuses the whole answer; a shorter slice may be within its limit. One that refuses a single second
 * as well refuses whatever is asked.
 */
async function readUnlessTooWide(
  database: NotesDatabase,
  slice: Slice,
  items: readonly string[],
  signal: AbortSignal,
): Promise<Awaited<ReturnType<NotesDatabase['readSlice']>> | 'too-wide'> {
  try {
    return await database.readSlice(slice, items, { signal });
  } catch (error) {
    const isLimit = error instanceof DominoError && error.code === 'scan-limit';
    const single =
      slice.from !== null && slice.to !== null && Date.parse(slice.to) - Date.parse(slice.from) <= 1000;
    if (isLimit && !single) return 'too-wide';
    throw error;
  }
}

function halves(slice: Interval, nowMs: number): Extract<SplitResult, { kind: 'split' }> {
  const split = splitSlice(slice, 1, 0, [], nowMs);
  if (split.kind !== 'split')
    throw new DominoError('scan-limit', 'The server refuses to look for a second’s notes');
  return split;
}

/** How the notes of a slice are probably spread over its two parts. */
function expected(
  [first, second]: readonly [Interval, Interval],
  stamps: readonly string[],
  total: number,
): readonly [Planned, Planned] {
  const cut = Date.parse(first.to ?? '');
  const before = stamps.filter((stamp) => Date.parse(stamp) < cut).length;
  const share = stamps.length === 0 ? 1 / 2 : before / stamps.length;
  const early = Math.round(total * share);
  return [
    { interval: first, expected: early },
    { interval: second, expected: total - early },
  ];
}
