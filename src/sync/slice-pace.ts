import { floorSecond, type Interval, wholeSecond } from './slices.ts';

const SECOND = 1000;
/** How full a call's answer is meant to be; a fuller one too often turns out incomplete. */
const WELL_FILLED = 0.7;
/** How much the pace may change from one answer to the next: notes come in heaps, and one heap or gap says little of the next. */
const MOST_STEP = 4;

/** An interval that is still to be read, and how many notes are thought to be in it; null = nobody knows. */
export interface Planned {
  readonly interval: Interval;
  readonly expected: number | null;
}

/**
 * What to ask for first: the whole interval where one answer probably holds it, else as many seconds of it as the pace says (`seconds` that
 * brought a well-filled answer lately; null = unknown), and what then remains. Only chooses where to cut: what is complete is told by the answer ([SL1]).
 */
export function nextSlice(
  { interval, expected }: Planned,
  seconds: number | null,
  cap: number,
  nowMs: number,
): { readonly slice: Interval; readonly rest: Interval | null } {
  const whole = { slice: interval, rest: null };
  if (seconds === null || interval.from === null) return whole;
  if (expected !== null && expected <= cap * WELL_FILLED) return whole;
  const cut = floorSecond(Date.parse(interval.from) + Math.max(1, Math.floor(seconds)) * SECOND);
  // A last bit that is not worth a call of its own goes along, and so does everything from now on.
  const end = interval.to === null ? nowMs : Date.parse(interval.to);
  if (cut + (seconds * SECOND) / 2 >= end) return whole;
  const at = wholeSecond(cut);
  return { slice: { from: interval.from, to: at }, rest: { from: at, to: interval.to } };
}

/** The pace after an answer that said that `total` notes are in `slice`; unchanged where the slice has no length of its own. */
export function paceAfter(
  seconds: number | null,
  slice: Interval,
  total: number,
  cap: number,
): number | null {
  if (slice.from === null || slice.to === null) return seconds;
  const length = (Date.parse(slice.to) - Date.parse(slice.from)) / SECOND;
  const wanted = (length * cap * WELL_FILLED) / Math.max(1, total);
  if (seconds === null || total > cap) return wanted;
  return Math.min(Math.max(wanted, seconds / MOST_STEP), seconds * MOST_STEP);
}
