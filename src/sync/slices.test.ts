import { describe, expect, it } from 'vitest';
import { greatestStamp, nextWatermark, pullFrom, splitSlice } from './slices.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');

describe('splitSlice', () => {
  it('[SL1] takes an answer for complete only when everything that matches came', () => {
    const slice = { from: null, to: null };
    expect(splitSlice(slice, 200, 200, [], NOW)).toEqual({ kind: 'complete' });
    expect(splitSlice(slice, 0, 0, [], NOW)).toEqual({ kind: 'complete' });
    expect(splitSlice(slice, 201, 200, [], NOW).kind).toBe('split');
  });

  it('[SL1] cuts at the middle of the stamps that came, on a whole second', () => {
    const stamps = ['2025-06-01T08:00:00.10Z', '2025-06-02T08:00:00.20Z', '2025-06-03T08:00:00.30Z'];
    expect(
      splitSlice({ from: '2025-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' }, 500, 200, stamps, NOW),
    ).toEqual({
      kind: 'split',
      parts: [
        { from: '2025-01-01T00:00:00Z', to: '2025-06-02T08:00:00Z' },
        { from: '2025-06-02T08:00:00Z', to: '2026-01-01T00:00:00Z' },
      ],
    });
  });

  it('[SL6] says which second alone holds more than a call answers', () => {
    const second = { from: '2025-06-01T08:00:00Z', to: '2025-06-01T08:00:01Z' };
    expect(splitSlice(second, 300, 200, ['2025-06-01T08:00:00.10Z'], NOW)).toEqual({
      kind: 'overfull-second',
      second,
    });
  });
});

describe('pullFrom', () => {
  it('[SL2] goes back behind the watermark, for what becomes visible late', () => {
    expect(pullFrom('2026-03-01T12:00:00Z', 120)).toBe('2026-03-01T11:58:00Z');
    expect(pullFrom(null, 120)).toBeNull();
  });
});

describe('nextWatermark', () => {
  const input = {
    current: '2026-03-01T11:00:00Z',
    slice: { from: '2026-03-01T10:58:00Z', to: null },
    greatestStamp: '2026-03-01T11:30:00.99Z',
    settleSeconds: 10,
    nowMs: NOW,
  };

  it('[SL3] follows the greatest stamp of the server, settle behind it', () => {
    expect(nextWatermark(input)).toEqual({ watermark: '2026-03-01T11:29:50Z', ahead: false });
  });

  it('[SL3] does not pass the end of a slice that has one', () => {
    expect(nextWatermark({ ...input, slice: { ...input.slice, to: '2026-03-01T11:10:00Z' } }).watermark).toBe(
      '2026-03-01T11:10:00Z',
    );
  });

  it('[SL3] never goes back, and does not begin without a stamp', () => {
    expect(nextWatermark({ ...input, greatestStamp: '2026-03-01T10:00:00Z' }).watermark).toBe(input.current);
    expect(nextWatermark({ ...input, greatestStamp: null }).watermark).toBe(input.current);
    expect(nextWatermark({ ...input, current: null, greatestStamp: null }).watermark).toBeNull();
  });

  it('[SL4] does not follow a stamp more than 24 h ahead of our clock, and says so', () => {
    expect(nextWatermark({ ...input, greatestStamp: '2026-03-02T12:00:01Z' })).toEqual({
      watermark: input.current,
      ahead: true,
    });
    expect(nextWatermark({ ...input, greatestStamp: '2026-03-02T12:00:00Z' })).toEqual({
      watermark: '2026-03-02T11:59:50Z',
      ahead: false,
    });
  });
});

describe('greatestStamp', () => {
  it('[SL4] leaves out a stamp more than 24 h ahead, so that one wrong clock does not stop the rest', () => {
    const stamps = ['2026-03-01T11:00:00Z', '2031-01-01T00:00:00Z', 'never', '2026-03-01T11:30:00Z'];
    expect(greatestStamp(null, stamps, NOW)).toBe('2026-03-01T11:30:00Z');
    expect(greatestStamp('2026-03-01T11:45:00Z', stamps, NOW)).toBe('2026-03-01T11:45:00Z');
    expect(greatestStamp(null, [], NOW)).toBeNull();
  });
});
