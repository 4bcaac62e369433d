import { DominoError } from '../../connectors/domino/port.ts';
import { LeaseLostError } from '../../connectors/postgres/port.ts';
import type { Link, PassDeps, PassRun, Tally } from '../passes/pass-deps.ts';
import { runPass } from '../passes/run-pass.ts';
import { OperationError, type OperationContext } from './operation.ts';

const BUSY_WAIT_MS = 90_000;
const BUSY_STEP_MS = 250;

/**
 * A pass that an operator asked for: waits while a worker has the link (a pass is bounded), tries a resting link at once, and turns Domino's failures
 * into an answer that says what to do.
 */
export async function patientPass<T>(
  deps: PassDeps,
  link: Link,
  context: OperationContext,
  kind: string,
  work: (run: PassRun) => Promise<T>,
): Promise<{ readonly value: T; readonly tally: Tally }> {
  const deadline = deps.clock.now() + BUSY_WAIT_MS;
  for (;;) {
    try {
      const outcome = await runPass(
        deps,
        link,
        {
          signal: context.signal,
          kind,
          evenIfResting: true,
          progress: (phase, done, estimated) =>
            context.progress({ phase: `${link.id} ${phase}`, done, estimated }),
        },
        work,
      );
      if (outcome.kind === 'done') return outcome;
    } catch (error) {
      if (error instanceof DominoError)
        throw new OperationError('unavailable', `Link ${link.id}: ${error.message}`, {
          link: link.id,
          code: error.code,
        });
      // Somebody took over while this process slept: busy, like any other holder. What the pass had done stays done.
      if (!(error instanceof LeaseLostError)) throw error;
    }
    if (deps.clock.now() > deadline)
      throw new OperationError(
        'busy',
        `Link ${link.id} is busy: another pass holds it. Try again in a minute, or look at "bridge status"`,
      );
    await deps.clock.sleep(BUSY_STEP_MS, context.signal);
  }
}
