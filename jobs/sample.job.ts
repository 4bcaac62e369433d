import * as z from 'zod';
import type { Watch } from '../connectors/postgres/watch-port.ts';

export const SAMPLE_EVERY_MS = 60_000;

export const sampleJobSchema = z.strictObject({ task: z.literal('sample') });
export type SampleJob = z.infer<typeof sampleJobSchema>;

export interface SampleDeps {
  readonly watch: Pick<Watch, 'takeSample' | 'forgetSamples'>;
  readonly clock: { now(): number };
}

/** What the charts of 24 hours and 30 days are drawn from. Safe to run twice: a minute has one sample of each link. */
export async function runSampleJob({ watch, clock }: SampleDeps): Promise<void> {
  const now = new Date(clock.now());
  const fresh = await watch.takeSample(now);
  // Once an hour is enough to draw old minutes together.
  if (fresh > 0 && now.getUTCMinutes() === 0) await watch.forgetSamples(now);
}
