import { padded } from './draw.ts';
import type { Release } from './release-items.ts';

/** Of the released notes that could be flawed, one in so many is, where flaws are wanted. */
export const FLAW_EVERY = 13;

/** Whether the note of this number is broken, where flaws are wanted. */
export function isFlawed(number: number, release: Release): boolean {
  return release === 'released' && number % FLAW_EVERY === 4;
}

/** A business key: unique within its form, also among samples of other seeds. */
export function codeOf(kind: string, seed: number, number: number): string {
  return `${kind}-${seed.toString(36).toUpperCase()}-${padded(number, 7)}`;
}
