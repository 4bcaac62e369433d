import * as z from 'zod';
import type { Uploads } from '../connectors/handbook/uploads-port.ts';
import type { Forgotten, Retention } from '../connectors/handbook/retention-port.ts';

/** How often the handbook is gone through. */
export const RETENTION_EVERY_MS = 3_600_000;
const BATCH = 5_000;
const MOST_BATCHES = 50;
const DAY_MS = 86_400_000;
/** An upload that has not come to its end by then is not going to. */
const ABANDONED_DAYS = 7;

export const retentionJobSchema = z.strictObject({ task: z.literal('retention') });
export type RetentionJob = z.infer<typeof retentionJobSchema>;

/** Days that each kind is kept; null = for good. */
export type RetentionDays = Readonly<Record<keyof Forgotten, number | null>>;

export interface RetentionDeps {
  readonly retention: Retention;
  readonly days: RetentionDays;
  readonly clock: { now(): number };
  /** Sessions that have ended, in both zones; how many. */
  readonly dropExpiredSessions: () => Promise<number>;
  readonly uploads: Pick<Uploads, 'dropAbandoned'>;
}

/** Forgets what is older than the settings say. Bounded; a longer list goes on an hour later. Safe to run twice and at once. */
export async function runRetentionJob(
  { retention, days, clock, dropExpiredSessions, uploads }: RetentionDeps,
  signal: AbortSignal,
): Promise<Readonly<Record<string, number>>> {
  const now = clock.now();
  const limit = (kept: number | null) => (kept === null ? null : now - kept * DAY_MS);
  const limits = {
    recordHistory: limit(days.recordHistory),
    readAudit: limit(days.readAudit),
    mutationAnswers: limit(days.mutationAnswers),
  };
  const total = {
    recordHistory: 0,
    readAudit: 0,
    mutationAnswers: 0,
    sessions: await dropExpiredSessions(),
    uploads: await uploads.dropAbandoned(now - ABANDONED_DAYS * DAY_MS),
  };
  for (let batch = 0; batch < MOST_BATCHES && !signal.aborted; batch += 1) {
    const gone = await retention.forget(limits, BATCH);
    total.recordHistory += gone.recordHistory;
    total.readAudit += gone.readAudit;
    total.mutationAnswers += gone.mutationAnswers;
    if (Math.max(gone.recordHistory, gone.readAudit, gone.mutationAnswers) < BATCH) break;
  }
  return total;
}
