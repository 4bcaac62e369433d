import { z } from 'zod';
import { instanceOf } from '../passes/choose-instance.ts';
import { journalEntry } from '../passes/journal-entry.ts';
import type { Bridge } from './bridge.ts';
import { linkNamed } from './choose-links.ts';
import { OperationError, type Operation } from './operation.ts';

const args = z.strictObject({
  link: z.string(),
  /** `restored`: a side is older than it was, so nothing is known of what both sides hold. `same`: nobody restored anything. */
  was: z.enum(['restored', 'same']),
  reason: z.string().min(3),
});

/**
 * [IM6] A named person looked at what raised the suspicion and lets the link go on; its file is marked anew. After a restore no side's values count as an
 * edit of the other's: equal ones are adopted, different ones are conflicts, nothing is deleted.
 */
export function instanceRelease(
  bridge: Bridge,
): Operation<
  z.infer<typeof args>,
  { readonly link: string; readonly was: string; readonly suspect: string }
> {
  return {
    name: 'instance-release',
    summary: 'Lets a link go on whose file or store seems to have been restored or replaced',
    role: 'operator',
    args,
    async run(given, context) {
      const { store } = bridge.deps;
      const row = await store.link(given.link);
      const link = linkNamed(bridge, given.link);
      const suspect = row?.suspect;
      if (!row || !suspect)
        throw new OperationError('refused', `Link ${given.link} is not suspect: there is nothing to release`);
      const { instanceId } = instanceOf(link, row);
      const known = (await store.instances(link.id)).find((one) => one.instanceId === instanceId);
      await store.transaction(null, async (tx) => {
        if (given.was === 'restored') await tx.doubtBases(link.id);
        await tx.putInstance({
          linkId: link.id,
          instanceId,
          generation: 0,
          nonce: '',
          coming: null,
          unid: null,
          markedAt: null,
          ...known,
          trusted: true,
        });
        await tx.patchLink(link.id, { suspect: null, suspectAt: null });
        await tx.unblock(link.id, 'instance');
        await tx.appendJournal(link.id, [
          journalEntry(
            bridge.deps,
            { passId: 'operator' },
            {
              event: 'release',
              rule: 'IM6',
              by: context.by,
              reason: `${suspect}, ${given.was}: ${given.reason}`,
            },
          ),
        ]);
      });
      return { link: link.id, was: given.was, suspect };
    },
  };
}
