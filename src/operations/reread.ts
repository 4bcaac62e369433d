import { z } from 'zod';
import { journalEntry } from '../passes/journal-entry.ts';
import { pullPass } from '../passes/link-passes.ts';
import type { Bridge } from './bridge.ts';
import { linkNamed } from './choose-links.ts';
import { OperationError, type Operation } from './operation.ts';
import { patientPass } from './patient-pass.ts';

const args = z.strictObject({ pair: z.string().min(1).max(100) });

/** Looks at one document again whatever its token says, and brings across what is found. Brakes, pauses and the gate hold as ever. */
export function reread(
  bridge: Bridge,
): Operation<z.infer<typeof args>, { readonly pair: string; readonly status: string }> {
  return {
    name: 'reread-document',
    summary: 'Reads one document again on both sides, with the next pass run at once',
    role: 'operator',
    args,
    async run({ pair: id }, context) {
      const { deps } = bridge;
      const [pair] = await deps.store.pairsById([id]);
      if (!pair) throw new OperationError('not-found', `No document "${id}"`);
      if (pair.status === 'tombstone')
        throw new OperationError('refused', 'The document was deleted: there is nothing to read again');
      const link = linkNamed(bridge, pair.linkId);
      const missed = await deps.store.transaction(null, async (tx) => {
        const misses = await tx.updatePairs([
          {
            id: pair.id,
            version: pair.version,
            pending: true,
            blocked: pair.blocked === 'quarantine' ? null : pair.blocked,
          },
        ]);
        if (misses.size === 0)
          await tx.appendJournal(pair.linkId, [
            journalEntry(
              deps,
              { passId: 'operator' },
              {
                event: 'reread',
                rule: 'operator',
                pairId: pair.id,
                recordId: pair.recordId,
                unid: pair.unid,
                by: context.by,
              },
            ),
          ]);
        return misses;
      });
      if (missed.size > 0)
        throw new OperationError('busy', 'The document was being worked on: ask again in a moment');
      await patientPass(deps, link, context, 'reread', (run) => pullPass(deps, run));
      const [now] = await deps.store.pairsById([id]);
      return { pair: id, status: now?.status ?? pair.status };
    },
  };
}
