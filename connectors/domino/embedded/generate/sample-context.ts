import type { Random } from '../engine/seeded-random.ts';

/** What all notes of one cell have in common. */
export interface SampleContext {
  /** Canonical name that the bridge reads with. */
  readonly bridge: string;
  /** How far the sample has come, 0 to 1: the committee grew over the years. */
  readonly share: number;
  readonly random: Random;
}
