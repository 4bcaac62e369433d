import { z } from 'zod';
import { instanceOf, instancesOf } from '../passes/choose-instance.ts';
import { journalEntry } from '../passes/journal-entry.ts';
import { renewMarker } from '../passes/mind-instance.ts';
import type { Bridge } from './bridge.ts';
import { linkNamed } from './choose-links.ts';
import { OperationError, type Operation } from './operation.ts';
import { patientPass } from './patient-pass.ts';

const args = z.strictObject({
  link: z.string(),
  to: z.string(),
  /** The active instance is not asked: its server is down. */
  force: z.boolean().optional(),
  reason: z.string().min(3),
});

/**
 * [FO1] Sends a link to another of its files. The file that it leaves is marked once more first, so that the next one proves by that mark that it has
 * received everything.
 */
export function instanceSwitch(
  bridge: Bridge,
): Operation<z.infer<typeof args>, { readonly link: string; readonly from: string; readonly to: string }> {
  return {
    name: 'instance-switch',
    summary: 'Sends a link to another of its configured files',
    role: 'operator',
    args,
    async run(given, context) {
      const { deps } = bridge;
      const link = linkNamed(bridge, given.link);
      const row = await deps.store.link(link.id);
      const names = instancesOf(link).map((one) => one.instanceId);
      if (!names.includes(given.to))
        throw new OperationError(
          'not-found',
          `Link ${link.id} has no file "${given.to}": ${names.join(', ')}`,
        );
      const from = row ? instanceOf(link, row).instanceId : link.instanceId;
      if (from === given.to)
        throw new OperationError('refused', `Link ${link.id} works with ${from} already`);
      if (given.force !== true)
        await patientPass(deps, link, context, 'mark', (run) => renewMarker(deps, run));
      await deps.store.transaction(null, async (tx) => {
        await tx.patchLink(link.id, { wantedInstance: given.to, failures: 0, restsUntil: null });
        await tx.appendJournal(link.id, [
          journalEntry(
            deps,
            { passId: 'operator' },
            {
              event: 'switch',
              rule: 'FO1',
              by: context.by,
              reason: `${from} → ${given.to}: ${given.reason}`,
            },
          ),
        ]);
      });
      return { link: link.id, from, to: given.to };
    },
  };
}
