import { describe, expect, it } from 'vitest';
import { createProgressLines } from './progress-display.ts';

function linesOf(
  steps: readonly (readonly [phase: string, done: number, estimated: number | null])[],
  clock = () => 0,
): string[] {
  const lines: string[] = [];
  const display = createProgressLines((line) => lines.push(line.trimEnd()), clock);
  for (const [phase, done, estimated] of steps) display.show({ phase, done, estimated });
  display.close();
  return lines;
}

describe('createProgressLines', () => {
  it('says the first step, about ten more, and the last one', () => {
    const steps = Array.from({ length: 251 }, (_, done) => ['reading', done, 250] as const);
    expect(linesOf(steps)).toEqual(
      [0, 25, 50, 75, 100, 125, 150, 175, 200, 225, 250].map((done) => `reading: ${done} of 250`),
    );
  });

  it('says every thousand while nobody knows how many there are', () => {
    const steps = Array.from({ length: 2500 }, (_, at) => ['reading', at + 1, null] as const);
    expect(linesOf(steps)).toEqual(['reading: 1', 'reading: 1000', 'reading: 2000']);
  });

  it('says how fast it goes and how long it still takes', () => {
    let ms = -500;
    const clock = () => (ms += 500);
    const steps = [0, 10, 20, 30, 40].map((done) => ['reading', done, 40] as const);
    // The clock goes on twice at the first line: once for its start.
    expect(linesOf(steps, clock)).toEqual([
      'reading: 0 of 40',
      'reading: 10 of 40, 10/s, about 3 s left',
      'reading: 20 of 40, 13/s, about 2 s left',
      'reading: 30 of 40, 15/s, about 1 s left',
      'reading: 40 of 40, 16/s',
    ]);
  });

  it('says when a phase begins, however short it is', () => {
    expect(
      linesOf([
        ['a', 1, 1],
        ['a', 1, 1],
        ['b', 0, 0],
        ['a', 0, 2],
        ['a', 2, 2],
      ]),
    ).toEqual(['a: 1 of 1', 'b: 0 of 0', 'a: 0 of 2', 'a: 2 of 2']);
  });
});
