import { z } from 'zod';
import { journalEntry } from '../passes/journal-entry.ts';
import { UNID_PATTERN } from '../sync/note.ts';
import type { Bridge } from './bridge.ts';
import { linkNamed } from './choose-links.ts';
import { OperationError, type Operation } from './operation.ts';

const args = z.strictObject({
  link: z.string(),
  unids: z.array(z.string().regex(UNID_PATTERN)).min(1).max(500),
  reason: z.string().min(3),
});

/** [TO1] A named operator's word that missing notes were really deleted: where no deletion stub can be seen, the only proof there is. */
export function confirmDeleted(
  bridge: Bridge,
): Operation<z.infer<typeof args>, { readonly confirmed: number }> {
  return {
    name: 'confirm-deleted',
    summary: 'Says that notes which cannot be found were deleted; their records go with the next pass',
    role: 'operator',
    args,
    async run({ link: linkId, unids, reason }, context) {
      const link = linkNamed(bridge, linkId);
      const { store } = bridge.deps;
      const pairs = await store.pairsByUnid(link.replicaSet, unids);
      const missing = pairs.filter((pair) => pair.notesSight === 'missing' && pair.linkId === linkId);
      const others = unids.filter((unid) => !missing.some((pair) => pair.unid === unid));
      if (others.length > 0)
        throw new OperationError(
          'refused',
          `Not missing on link ${linkId}, so nothing to confirm: ${others.join(', ')}`,
        );
      await store.transaction(null, async (tx) => {
        await tx.updatePairs(
          missing.map((pair) => ({
            id: pair.id,
            version: pair.version,
            notesSight: 'gone',
            reason: 'operator',
            pending: true,
            blocked: null,
          })),
        );
        await tx.appendJournal(
          linkId,
          missing.map((pair) =>
            journalEntry(
              bridge.deps,
              { passId: 'operator' },
              {
                event: 'confirm-deleted',
                rule: 'TO1',
                pairId: pair.id,
                recordId: pair.recordId,
                unid: pair.unid,
                by: context.by,
                reason,
              },
            ),
          ),
        );
      });
      return { confirmed: missing.length };
    },
  };
}
