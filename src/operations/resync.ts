import { z } from 'zod';
import { journalEntry } from '../passes/journal-entry.ts';
import type { Bridge } from './bridge.ts';
import { linkNamed } from './choose-links.ts';
import { OperationError, type Operation } from './operation.ts';

const args = z.strictObject({
  link: z.string(),
  /** The link's name once more, typed by the person who means it. */
  confirm: z.string(),
  reason: z.string().trim().min(3),
});

/** Forgets in what state the link's notes were seen, so that every document is read and compared anew. Bases stay: nothing is written that a person did not change. */
export function resync(
  bridge: Bridge,
): Operation<z.infer<typeof args>, { readonly link: string; readonly documents: number }> {
  return {
    name: 'resync',
    summary: 'Reads every document of a link anew and compares it; asks for the link’s name once more',
    role: 'operator',
    args,
    async run({ link, confirm, reason }, context) {
      linkNamed(bridge, link);
      if (confirm !== link)
        throw new OperationError('refused', `Type the name of the link, "${link}", to confirm`);
      const documents = await bridge.deps.store.transaction(null, async (tx) => {
        const count = await tx.forgetTokens(link);
        await tx.patchLink(link, { sweepDue: true, sweepAfter: null });
        await tx.appendJournal(link, [
          journalEntry(
            bridge.deps,
            { passId: 'operator' },
            { event: 'resync', rule: 'operator', by: context.by, reason },
          ),
        ]);
        return count;
      });
      return { link, documents };
    },
  };
}
