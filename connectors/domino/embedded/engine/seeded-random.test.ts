import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom, shuffled } from './seeded-random.ts';

test('the same seed repeats, another does not', () => {
  const draw = (seed: number) => {
    const random = seededRandom(seed);
    return Array.from({ length: 8 }, () => random());
  };
  expect(draw(5)).toEqual(draw(5));
  expect(draw(5)).not.toEqual(draw(6));
  expect(draw(5)).not.toEqual(draw(5 + 2 ** 32));
});

test('draws lie in [0, 1) and spread', () => {
  const random = seededRandom(3);
  const buckets = Array.from({ length: 10 }, () => 0);
  for (let draw = 0; draw < 10_000; draw++) {
    const bucket = Math.floor(random() * 10);
    buckets[bucket] = (buckets[bucket] ?? Number.NaN) + 1;
  }
  expect(buckets).toHaveLength(10);
  for (const count of buckets) expect(Math.abs(count - 1000)).toBeLessThan(150);
});

test('shuffled keeps every value', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer(), (values, seed) => {
      const sort = (list: readonly number[]) => [...list].sort((a, b) => a - b);
      expect(sort(shuffled(values, seededRandom(seed)))).toEqual(sort(values));
    }),
  );
});
