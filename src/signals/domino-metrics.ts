import { DominoError } from '../../connectors/domino/port.ts';
import type { Metrics } from './metrics.ts';
import type { DominoWatch } from './watched-database.ts';

/** Counts calls of Domino by outcome (`ok`, or the error's code) and how long they took. */
export function dominoMetrics(metrics: Metrics, clock: { now(): number }): DominoWatch {
  return {
    async call({ linkId: link, call }, work) {
      const started = clock.now();
      const end = (outcome: string) => {
        const seconds = (clock.now() - started) / 1000;
        metrics.add('bridge_domino_calls_total', { link, call, outcome });
        metrics.add('bridge_domino_seconds_total', { link }, seconds);
        metrics.observe('bridge_domino_call_duration_seconds', { call }, seconds);
      };
      try {
        const answer = await work();
        end('ok');
        return answer;
      } catch (error) {
        end(error instanceof DominoError ? error.code : 'failed');
        throw error;
      }
    },
    notes: (link, count) => metrics.add('bridge_domino_notes_total', { link }, count),
    bytes: (link, count) => metrics.add('bridge_domino_bytes_total', { link }, count),
  };
}
