import { describe, expect, it } from 'vitest';
import { greatestStamp, type Interval, splitSlice } from './slices.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const TEN_DAYS = { from: '2025-01-01T00:00:00Z', to: '2025-01-11T00:00:00Z' };

/** Where an overfull slice is cut. */
function cutOf(slice: Interval, hints: readonly string[] = []): string | null {
  const result = splitSlice(slice, 500, 200, hints, NOW);
  return result.kind === 'split' ? result.parts[0].to : result.kind;
}

describe('where a slice is cut', () => {
  it.each([
    [
      'stamps in any order: at the middle one',
      ['2025-01-09', '2025-01-02', '2025-01-03'],
      '2025-01-03T00:00:00Z',
    ],
    ['no stamps: in the middle', [], '2025-01-06T00:00:00Z'],
    [
      'most stamps outside: in the middle',
      ['2024-01-01', '2024-01-02', '2025-01-02'],
      '2025-01-06T00:00:00Z',
    ],
    ['half of the stamps outside: at the one inside', ['2024-01-01', '2025-01-02'], '2025-01-02T00:00:00Z'],
    ['what is no stamp: as if it were not there', ['?', '-', '2025-01-02'], '2025-01-02T00:00:00Z'],
    ['the first instant: a sixteenth further', ['2025-01-01'], '2025-01-01T15:00:00Z'],
    ['the last second: a sixteenth before', ['2025-01-10T23:59:59Z'], '2025-01-10T09:00:00Z'],
    ['the end, which is outside: in the middle', ['2025-01-11'], '2025-01-06T00:00:00Z'],
  ])('[SL1] %s', (_, hints, cut) => {
    expect(cutOf(TEN_DAYS, hints)).toBe(cut);
  });

  it.each([
    ['our clock bounds an open end', { from: '2026-03-01T11:59:58Z', to: null }, '2026-03-01T12:00:00Z'],
    [
      'a server ahead of us: as far again',
      { from: '2026-03-01T13:00:00Z', to: null },
      '2026-03-01T13:30:01Z',
    ],
    ['the last years that stamps name', { from: '9999-12-31T23:59:50Z', to: null }, '9999-12-31T23:59:55Z'],
    ['before Notes there was nothing', { from: null, to: '1989-01-01T00:00:02Z' }, '1989-01-01T00:00:01Z'],
    ['save by wrong clocks', { from: null, to: '1989-01-01T00:00:01Z' }, '0995-01-01T00:00:00Z'],
  ])('[SL1] an open end: %s', (_, slice, cut) => {
    expect(cutOf(slice)).toBe(cut);
  });

  it('[SL1] an open end reaches past the stamps that were seen', () => {
    const slice = { from: '2026-03-01T11:00:00Z', to: null };
    expect(cutOf(slice, ['2026-03-02T11:00:00Z', '2026-03-02T11:00:00Z'])).toBe('2026-03-02T09:30:01Z');
  });
});

describe('greatestStamp', () => {
  it('[SL4] takes a stamp of exactly a day ahead, and keeps what it knows of equal ones', () => {
    expect(greatestStamp(null, ['2026-03-02T12:00:00Z'], NOW)).toBe('2026-03-02T12:00:00Z');
    expect(greatestStamp('2026-03-01T11:00:00Z', ['2026-03-01T11:00:00.000Z'], NOW)).toBe(
      '2026-03-01T11:00:00Z',
    );
  });
});
