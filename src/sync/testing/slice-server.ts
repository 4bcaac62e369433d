import type { Interval } from '../slices.ts';

/** A note as a search by in-file time sees it: when it came into this file, and the stamp that its reading reports instead. */
export interface StampedNote {
  readonly id: number;
  readonly inFile: number;
  readonly reported: number;
}

/** Answers a slice as Domino does: counts all matches, gives at most `cap` of them, in whatever order suits it (here: the worst, by reported stamp). */
export function answer(
  notes: readonly StampedNote[],
  slice: Interval,
  cap: number,
): { readonly total: number; readonly notes: readonly StampedNote[] } {
  const from = slice.from === null ? Number.NEGATIVE_INFINITY : Date.parse(slice.from);
  const to = slice.to === null ? Number.POSITIVE_INFINITY : Date.parse(slice.to);
  const matching = notes.filter((note) => note.inFile >= from && note.inFile < to);
  return {
    total: matching.length,
    notes: matching.toSorted((a, b) => a.reported - b.reported).slice(0, cap),
  };
}

export function stampOf(ms: number): string {
  return new Date(ms).toISOString();
}
