import { DominoError } from '../../connectors/domino/port.ts';
import type { PassWatch, Tally } from '../passes/pass-deps.ts';
import { withLogContext } from './log-options.ts';
import type { Metrics } from './metrics.ts';

const DECISIONS = [
  'merged',
  'conflicts',
  'withheld',
  'quarantined',
  'detached',
  'missing',
  'deleted',
] as const satisfies readonly (keyof Tally)[];

/** Counts passes, what they brought over and what else they decided; what is logged within one carries its ids. */
export function passMetrics(metrics: Metrics, clock: { now(): number }): PassWatch {
  return {
    async pass({ linkId: link, name: pass, passId }, work) {
      const started = clock.now();
      const end = (outcome: string) => {
        metrics.add('bridge_passes_total', { link, pass, outcome });
        metrics.observe('bridge_pass_duration_seconds', { pass }, (clock.now() - started) / 1000);
      };
      try {
        const result = await withLogContext({ link, pass: passId }, work);
        end(result.kind);
        if (result.kind === 'done') countTally(metrics, link, result.tally);
        return result;
      } catch (error) {
        end(error instanceof DominoError ? error.code : 'failed');
        throw error;
      }
    },
  };
}

function countTally(metrics: Metrics, link: string, tally: Tally): void {
  metrics.add('bridge_effects_total', { link, direction: 'to-handbook' }, tally.pulled);
  metrics.add('bridge_effects_total', { link, direction: 'to-notes' }, tally.pushed);
  for (const decision of DECISIONS)
    metrics.add('bridge_decisions_total', { link, decision }, tally[decision]);
}
