import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalDateTime, canonicalInstant } from './stamps.ts';

describe('canonicalInstant', () => {
  it.each([
    ['2018-07-30T15:37:34.07Z', '2018-07-30T15:37:34.07Z'],
    ['2018-07-30T15:37:34Z', '2018-07-30T15:37:34.00Z'],
    ['2018-07-30T15:37:34.999999Z', '2018-07-30T15:37:34.99Z'],
    ['2018-07-30T22:37:34.5+07:00', '2018-07-30T15:37:34.50Z'],
    ['2018-07-30T22:37:34,5+0700', '2018-07-30T15:37:34.50Z'],
  ])('%s is %s', (text, expected) => {
    expect(canonicalInstant(text)).toBe(expected);
  });

  it.each(['', '2018-07-30', '2018-07-30T15:37:34', '2018-13-30T15:37:34Z', "2018-07-30T15:37:34Z'"])(
    'refuses "%s"',
    (text) => {
      expect(canonicalInstant(text)).toBeNull();
    },
  );

  it('is a fixed point and keeps the order of instants', () => {
    const instant = fc.date({ min: new Date(0), max: new Date('9999-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, instant, (first, second) => {
        const [a = '', b = ''] = [first, second].map((one) => canonicalInstant(one.toISOString()) ?? '');
        expect(canonicalInstant(a)).toBe(a);
        expect(a < b && first >= second).toBe(false);
      }),
    );
  });
});

describe('canonicalDateTime', () => {
  it.each([
    ['1999-04-19', '1999-04-19'],
    ['07:30:00', '07:30:00'],
    ['07:30:00.00', '07:30:00'],
    ['07:30:00.25', '07:30:00.25'],
  ])('%s is %s', (text, expected) => {
    expect(canonicalDateTime(text)).toBe(expected);
  });
});
