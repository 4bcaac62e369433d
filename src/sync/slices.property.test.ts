import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextSlice, paceAfter } from './slice-pace.ts';
import { type Interval, splitSlice } from './slices.ts';
import { answer, type StampedNote, stampOf } from './testing/slice-server.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const DAY = 24 * 3600 * 1000;
const CAP = 4;
/** 1989 to 2026 halves to a second in 31 cuts; a part may be 1/16 instead of 1/2 (×11), and cuts before 1989 and after our clock come on top. */
const CUTS_PER_NOTE = 700;

const anyInstant = fc.oneof(
  fc.integer({ min: NOW - 30_000, max: NOW }),
  fc.integer({ min: NOW - 40 * 365 * DAY, max: NOW }),
  // Machines whose clock stood at its zero, and servers that are ahead.
  fc.constantFrom(Date.parse('1980-01-01T00:00:00Z'), Date.parse('1899-12-30T00:00:00Z')),
  fc.constantFrom(NOW + 30_000, NOW + 3 * 365 * DAY, Date.parse('2099-12-31T23:59:59.99Z')),
);

/** Heaps of notes in one second each, single notes anywhere; each reports its own time, another one, or a time that lies. */
const anyNotes: fc.Arbitrary<readonly StampedNote[]> = fc
  .array(
    fc.record({
      at: anyInstant,
      count: fc.integer({ min: 1, max: 12 }),
      spreadMs: fc.constantFrom(0, 900, 60_000, 30 * DAY),
      reported: fc.option(anyInstant),
      reportedStepMs: fc.constantFrom(0, 1000, DAY),
    }),
    { maxLength: 6 },
  )
  .map((heaps) =>
    heaps.flatMap((heap) =>
      Array.from({ length: heap.count }, (_, at) => {
        const inFile = heap.at + (heap.spreadMs * at) / heap.count;
        const reported = heap.reported === null ? inFile : heap.reported + at * heap.reportedStepMs;
        return { inFile, reported };
      }),
    ),
  )
  .map((notes) => notes.map((note, id) => ({ ...note, id })));

interface Gathered {
  readonly complete: readonly { readonly slice: Interval; readonly ids: readonly number[] }[];
  readonly calls: number;
}

/** The gathering of a pass, on a server that nobody changes meanwhile; `paced` guesses from each answer how much the next may ask for. */
function gather(notes: readonly StampedNote[], first: Interval, mostCalls: number, paced = false): Gathered {
  const complete: { slice: Interval; ids: readonly number[] }[] = [];
  const todo = [first];
  let calls = 0;
  let pace: number | null = null;
  for (let interval = todo.shift(); interval !== undefined; interval = todo.shift()) {
    calls += 1;
    const { slice, rest } = nextSlice({ interval, expected: null }, pace, CAP, NOW);
    if (rest !== null) todo.unshift(rest);
    if (calls > mostCalls) throw new Error(`still cutting after ${calls} calls, at ${JSON.stringify(slice)}`);
    const read = answer(notes, slice, CAP);
    if (paced) pace = paceAfter(pace, slice, read.total, CAP);
    const hints = read.notes.map((note) => stampOf(note.reported));
    const split = splitSlice(slice, read.total, read.notes.length, hints, NOW);
    if (split.kind === 'split') todo.unshift(...split.parts);
    else if (split.kind === 'complete') complete.push({ slice, ids: read.notes.map((note) => note.id) });
    // An overfull second is enumerated until two enumerations agree.
    else
      complete.push({
        slice: split.second,
        ids: answer(notes, split.second, Infinity).notes.map((n) => n.id),
      });
  }
  return { complete, calls };
}

describe('slices of a server whose stamps mislead', () => {
  it('[SL1] come to an end, cover time without gap or overlap, and hold every note exactly once', () => {
    fc.assert(
      fc.property(anyNotes, fc.option(anyInstant), fc.boolean(), (notes, from, paced) => {
        const first = { from: from === null ? null : `${stampOf(from).slice(0, 19)}Z`, to: null };
        const { complete } = gather(notes, first, 50 + CUTS_PER_NOTE * notes.length, paced);
        expect(complete[0]?.slice.from).toBe(first.from);
        expect(complete.at(-1)?.slice.to).toBeNull();
        expect(complete.slice(1).map(({ slice }) => slice.from)).toEqual(
          complete.slice(0, -1).map(({ slice }) => slice.to),
        );
        const expected = answer(notes, first, Infinity).notes.map((note) => note.id);
        expect(complete.flatMap(({ ids }) => ids).toSorted((a, b) => a - b)).toEqual(
          expected.toSorted((a, b) => a - b),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('[SL1] each cut lies strictly inside, on a whole second', () => {
    const at = anyInstant.map((ms) => `${stampOf(ms).slice(0, 19)}Z`);
    fc.assert(
      fc.property(fc.option(at), fc.option(at), fc.array(anyInstant), (a, b, hints) => {
        const [from, to] = a !== null && b !== null && a > b ? [b, a] : [a, b];
        fc.pre(from === null || from !== to);
        const split = splitSlice({ from, to }, 1000, 200, hints.map(stampOf), NOW);
        const parts = split.kind === 'split' ? split.parts : null;
        const cut = parts?.[0].to ?? null;
        expect(parts).toEqual(
          parts && [
            { from, to: cut },
            { from: cut, to },
          ],
        );
        const inside = cut === null || ((from === null || from < cut) && (to === null || cut < to));
        expect(inside).toBe(true);
        expect(cut ?? '2026-01-01T00:00:00Z').toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['long before there was Notes', Date.parse('1980-01-01T00:00:00Z'), NOW],
    ['on a server that is 73 years ahead', Date.parse('2099-12-31T00:00:00Z'), NOW - DAY],
    ['last week while every stamp tells of 1995', NOW - 7 * DAY, Date.parse('1995-01-01T00:00:00Z')],
    ['in 1995 while every stamp tells of today', Date.parse('1995-01-01T00:00:00Z'), NOW],
  ])('[SL1] finds a full second %s within few calls', (_, inFile, reported) => {
    const notes = Array.from({ length: 50 }, (_unused, id) => ({
      id,
      inFile,
      reported: reported + id * 1000,
    }));
    const { complete, calls } = gather(notes, { from: null, to: null }, 400);
    expect(complete.flatMap(({ ids }) => ids)).toHaveLength(50);
    expect(calls).toBeLessThan(250);
  });

  it('[SL1] a mass save at the end of long years costs few calls', () => {
    const notes = Array.from({ length: 400 }, (_, id) => {
      const inFile = NOW - 3_600_000 + id * 5_000;
      return { id, inFile, reported: inFile };
    });
    const { complete, calls } = gather(notes, { from: null, to: null }, 2_000);
    expect(complete.flatMap(({ ids }) => ids)).toHaveLength(400);
    // 100 full answers at the least; each cut doubles them, and the way to the last hour comes on top.
    expect(calls).toBeLessThan(500);
    // With a pace only the way there costs more than the answers themselves.
    const paced = gather(notes, { from: null, to: null }, 2_000, true);
    expect(paced.complete.flatMap(({ ids }) => ids)).toHaveLength(400);
    expect(paced.calls).toBeLessThan(230);
  });
});
