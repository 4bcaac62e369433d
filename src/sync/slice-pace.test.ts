import { describe, expect, it } from 'vitest';
import { nextSlice, paceAfter } from './slice-pace.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const FROM = '2026-02-01T00:00:00Z';
const whole = { from: FROM, to: '2026-02-02T00:00:00Z' };

describe('nextSlice', () => {
  it('[SL1] asks for as many seconds as the pace says, and the rest follows without gap', () => {
    expect(nextSlice({ interval: whole, expected: null }, 3600, 200, NOW)).toEqual({
      slice: { from: FROM, to: '2026-02-01T01:00:00Z' },
      rest: { from: '2026-02-01T01:00:00Z', to: whole.to },
    });
  });

  it.each([
    ['there is no pace yet', { interval: whole, expected: null }, null],
    ['the beginning is open', { interval: { from: null, to: whole.to }, expected: null }, 3600],
    ['one answer probably holds it', { interval: whole, expected: 100 }, 3600],
    ['the pace reaches to its end', { interval: whole, expected: 1000 }, 80_000],
    ['the pace reaches into the future', { interval: { from: FROM, to: null }, expected: null }, 1e8],
  ])('asks for everything where %s', (_, planned, pace) => {
    expect(nextSlice(planned, pace, 200, NOW)).toEqual({ slice: planned.interval, rest: null });
  });

  it('[SL1] asks for a second at least', () => {
    expect(nextSlice({ interval: whole, expected: null }, 0.01, 200, NOW).slice.to).toBe(
      '2026-02-01T00:00:01Z',
    );
  });
});

describe('paceAfter', () => {
  it('aims at answers that are filled and not overfull', () => {
    expect(paceAfter(null, whole, 280, 200)).toBe(43_200);
    expect(paceAfter(86_400, whole, 140, 200)).toBe(86_400);
  });

  it('takes a gap or a heap for what it is: it steps by four at most, unless the answer was overfull', () => {
    expect(paceAfter(3600, whole, 0, 200)).toBe(14_400);
    expect(paceAfter(86_400 * 100, whole, 200, 200)).toBe(86_400 * 25);
    expect(paceAfter(86_400 * 100, whole, 280, 200)).toBe(43_200);
  });

  it('learns nothing from a slice without an end', () => {
    expect(paceAfter(3600, { from: FROM, to: null }, 10, 200)).toBe(3600);
    expect(paceAfter(null, { from: null, to: FROM }, 10, 200)).toBeNull();
  });
});
