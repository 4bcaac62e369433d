import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { greatestStamp, nextWatermark, tokenSettled } from './slices.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const DAY = 24 * 3600 * 1000;
const stamp = (ms: number) => new Date(ms).toISOString();
const anyStamp = fc
  .oneof(
    fc.integer({ min: NOW - DAY, max: NOW + DAY }),
    fc.integer({ min: NOW - 400 * DAY, max: NOW + 400 * DAY }),
  )
  .map(stamp);
const anySlice = fc.record({
  greatestStamp: fc.option(anyStamp),
  to: fc.option(anyStamp),
  stepMs: fc.nat(DAY),
});

describe('the watermark over a history of slices', () => {
  it('[SL3] never goes back, and rises to settle behind the greatest stamp or the slice’s end at most', () => {
    fc.assert(
      fc.property(fc.array(anySlice, { minLength: 1 }), fc.nat({ max: 600 }), (slices, settleSeconds) => {
        let current: string | null = null;
        let nowMs = NOW;
        for (const { greatestStamp: greatest, to, stepMs } of slices) {
          nowMs += stepMs;
          const next = nextWatermark({
            current,
            slice: { from: null, to },
            greatestStamp: greatest,
            settleSeconds,
            nowMs,
          });
          const before = current === null ? Number.NEGATIVE_INFINITY : Date.parse(current);
          const after = next.watermark === null ? Number.NEGATIVE_INFINITY : Date.parse(next.watermark);
          expect(after).toBeGreaterThanOrEqual(before);
          const highest = Math.min(
            greatest === null ? Number.NEGATIVE_INFINITY : Date.parse(greatest) - settleSeconds * 1000,
            to === null ? Number.POSITIVE_INFINITY : Date.parse(to),
          );
          expect(after).toBeLessThanOrEqual(Math.max(before, highest));
          const tooFar = greatest !== null && Date.parse(greatest) > nowMs + DAY;
          expect(next).toEqual(tooFar ? { watermark: current, ahead: true } : { ...next, ahead: false });
          current = next.watermark;
        }
      }),
    );
  });

  it('[SL4] a known greatest stamp only grows, and only to what the server can mean', () => {
    fc.assert(
      fc.property(fc.option(anyStamp), fc.array(anyStamp), (known, stamps) => {
        const greatest = greatestStamp(known, stamps, NOW);
        const believable = stamps.filter((one) => Date.parse(one) <= NOW + DAY);
        const all = known === null ? believable : [known, ...believable];
        const expected = all.length === 0 ? null : Math.max(...all.map((one) => Date.parse(one)));
        expect(greatest === null ? null : Date.parse(greatest)).toBe(expected);
      }),
    );
  });
});

describe('tokenSettled', () => {
  it('[SL5] a sequence needs no waiting, a stamp two seconds, an unknown clock never settles', () => {
    const clock = { greatestStamp: '2026-03-01T12:00:00Z', greatestSeenAtMs: 0, nowMs: 1_999 };
    expect(tokenSettled('oid', '2026-03-01T12:00:00Z', { ...clock, greatestStamp: null })).toBe(true);
    expect(tokenSettled('modified', '2026-03-01T12:00:00Z', clock)).toBe(false);
    expect(tokenSettled('modified', '2026-03-01T12:00:00Z', { ...clock, nowMs: 2_000 })).toBe(true);
    expect(tokenSettled('etag', '2026-03-01T11:59:58Z', { ...clock, nowMs: 0 })).toBe(true);
    expect(tokenSettled('etag', '2026-03-01T11:59:58Z', { ...clock, greatestStamp: null })).toBe(false);
    expect(tokenSettled('etag', '2026-03-01T11:59:58Z', { ...clock, greatestSeenAtMs: null })).toBe(false);
  });

  /** A server whose clock differs from ours by a fixed amount and stamps saves in whole seconds; a note is saved, read, and saved again at any moment. */
  it('[SL5] a settled token that is read again unchanged is an unchanged note', () => {
    const anyHistory = fc.record({
      skewMs: fc.integer({ min: -DAY, max: DAY }),
      savedAt: fc.nat({ max: 2_000 }),
      secondAfter: fc.nat({ max: 2_000 }),
      otherAt: fc.nat({ max: 5_000 }),
      otherSeenAfter: fc.nat({ max: 500 }),
      askedAt: fc.nat({ max: 6_000 }),
      reachedAfter: fc.nat({ max: 500 }),
      answerTook: fc.nat({ max: 6_000 }),
    });
    let settledOnes = 0;
    fc.assert(
      fc.property(anyHistory, (h) => {
        // Our clock shows NOW + t at moment t; the server's NOW + t + skew, cut to seconds in its stamps.
        const serverStamp = (t: number) => Math.floor((NOW + t + h.skewMs) / 1000) * 1000;
        fc.pre(h.askedAt >= h.savedAt);
        const readAt = h.askedAt + Math.min(h.reachedAfter, h.answerTook);
        const second = h.savedAt + h.secondAfter;
        // The read shows the newest save before it.
        const seen = second <= readAt ? second : h.savedAt;
        const seenOther = h.otherAt + h.otherSeenAfter;
        const knowsOther = seenOther <= h.askedAt && serverStamp(h.otherAt) >= serverStamp(seen);
        const settled = tokenSettled('etag', stamp(serverStamp(seen)), {
          greatestStamp: stamp(serverStamp(knowsOther ? h.otherAt : seen)),
          greatestSeenAtMs: NOW + (knowsOther ? seenOther : h.askedAt + h.answerTook),
          nowMs: NOW + h.askedAt,
        });
        if (settled) settledOnes += 1;
        const hidden = second > readAt && serverStamp(second) === serverStamp(seen);
        expect(settled && hidden).toBe(false);
      }),
      { numRuns: 5000 },
    );
    // The model reaches the case that it is about.
    expect(settledOnes).toBeGreaterThan(0);
  });
});
