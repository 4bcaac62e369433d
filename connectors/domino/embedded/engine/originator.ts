import { TICK_MS } from './notes-clock.ts';

/** The version half of a note's originator ID. */
export interface Originator {
  readonly sequence: number;
  readonly sequenceTime: number;
}

export function firstOriginator(now: number): Originator {
  return { sequence: 1, sequenceTime: now };
}

/**
 * Every save raises the sequence number and overwrites the sequence time (C API guide, ORIGINATORID). Two versions of one note never share
 * a time, even when the clock stands or was set back.
 */
export function nextOriginator(previous: Originator, now: number): Originator {
  return {
    sequence: previous.sequence + 1,
    sequenceTime: Math.max(now, previous.sequenceTime + TICK_MS),
  };
}
