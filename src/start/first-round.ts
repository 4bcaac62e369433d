import type { ComposedBridge } from '../compose.ts';
import { OperationError } from '../operations/operation.ts';
import { syncOnce } from '../operations/sync-once.ts';

/** One round before the schedules take over, so that whoever starts the bridge sees what it does. A link that fails says so and stays with its schedule. */
export async function firstRound(
  composed: Pick<ComposedBridge, 'bridge'>,
  say: (line: string) => void,
): Promise<void> {
  for (const link of composed.bridge.links) {
    try {
      const { links } = await syncOnce(composed.bridge).run(
        { link: link.id },
        { by: 'bridge', signal: new AbortController().signal, progress: () => undefined },
      );
      const [tally] = links;
      const counts = await composed.bridge.deps.store.counts(link.id);
      say(
        `Link ${link.id}: ${tally?.pulled ?? 0} brought to the handbook, ${tally?.pushed ?? 0} to Notes, ${tally?.conflicts ?? 0} conflicts; ${counts.live} live, ${counts.withheld} withheld by the gate, ${counts.quarantined} quarantined`,
      );
    } catch (error) {
      if (!(error instanceof OperationError)) throw error;
      say(`Link ${link.id}: ${error.message}`);
    }
  }
}
