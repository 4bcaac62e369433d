import type { Random } from '../engine/seeded-random.ts';

/** One of the values; each is as likely. */
export function pick<T>(values: readonly T[], random: Random): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('cannot pick from an empty list');
  return value;
}

/** A whole number in [from, to]. */
export function between(from: number, to: number, random: Random): number {
  return from + Math.floor(random() * (to - from + 1));
}

/** True so often that one in `every` is, on average. */
export function oneIn(every: number, random: Random): boolean {
  return random() * every < 1;
}

export function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
