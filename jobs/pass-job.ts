import * as z from 'zod';
import { DominoError } from '../connectors/domino/port.ts';
import { LeaseLostError } from '../connectors/postgres/port.ts';
import { pullPass, pushPass, sweepPass } from '../src/passes/link-passes.ts';
import type { Link, PassDeps, PassRun } from '../src/passes/pass-deps.ts';
import { runPass } from '../src/passes/run-pass.ts';

export const PASS_KINDS = ['pull', 'push', 'sweep'] as const;
export type PassKind = (typeof PASS_KINDS)[number];

/** What a job carries: which link needs which pass. Never data of a document. */
export const passJobSchema = z.strictObject({ linkId: z.string().min(1), pass: z.enum(PASS_KINDS) });
export type PassJob = z.infer<typeof passJobSchema>;

/** How a job ended, for the queue's own books; counts only. */
export interface PassJobResult {
  readonly outcome: 'done' | 'busy' | 'resting' | 'unknown-link';
  /** The pass ran out of its time: another should follow at once. */
  readonly more: boolean;
  readonly counts?: Readonly<Record<string, number>>;
}

/** A failure as the queue may keep it: the code alone. A message could name a document. */
export class PassJobError extends Error {
  override readonly name = 'PassJobError';
}

const PASSES = { pull: pullPass, push: pushPass, sweep: sweepPass } as const;

/** One round of a link's reports in Notes, under the lease of a pull; of a link without reports nothing. A failure is its own to tell. */
export type ReportRound = (run: PassRun) => Promise<void>;

/** One job = one bounded pass on one link. Safe to run twice: the lease keeps passes of one link apart, and a pass believes only what it observes. */
export async function runPassJob(
  deps: PassDeps,
  links: readonly Link[],
  reports: ReportRound,
  data: unknown,
  signal: AbortSignal,
  progress: (done: number) => void,
): Promise<PassJobResult> {
  const job = passJobSchema.parse(data);
  const link = links.find((candidate) => candidate.id === job.linkId);
  if (!link) return { outcome: 'unknown-link', more: false };
  try {
    const outcome = await runPass(
      deps,
      link,
      { name: job.pass, kind: job.pass, signal, progress: (_phase, done) => progress(done) },
      async (run) => {
        const value = await PASSES[job.pass](deps, run);
        if (job.pass === 'pull') await reports(run);
        return value;
      },
    );
    if (outcome.kind !== 'done') return { outcome: outcome.kind, more: false };
    return { outcome: 'done', more: !outcome.value.finished, counts: { ...outcome.tally } };
  } catch (error) {
    if (error instanceof LeaseLostError) return { outcome: 'busy', more: false };
    if (signal.aborted) return { outcome: 'resting', more: false };
    const code = error instanceof DominoError ? error.code : 'defect';
    deps.log.error({ link: link.id, kind: job.pass, code, err: error }, 'a pass failed');
    throw new PassJobError(code);
  }
}
