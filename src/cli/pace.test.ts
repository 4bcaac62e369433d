import { describe, expect, it } from 'vitest';
import { paceOf } from './pace.ts';

describe('paceOf', () => {
  it.each([
    // The first second, and what does not move, tell nothing.
    [0, 0, 50, 900, 100, ''],
    [10, 0, 10, 60_000, 100, ''],
    [0, 0, 100, 2_000, 1_000, '50/s, about 18 s left'],
    // What was done before the phase was seen does not count as speed.
    [900, 0, 910, 10_000, 1_000, '1/s, about 2 min left'],
    [0, 5_000, 3, 15_000, null, '0.3/s'],
    [0, 0, 1_000, 10_000, 1_000, '100/s'],
    [0, 0, 100, 10_000, 100_000, '10/s, about 2 h 47 min left'],
  ])('%i at %i ms, %i at %i ms of %s: %s', (from, at, done, ms, estimated, words) => {
    expect(paceOf({ done: from, ms: at }, { done, ms }, estimated)).toBe(words);
  });
});
