import type { SyncTx } from '../../connectors/postgres/port.ts';
import type { Records } from './batch-records.ts';

/**
 * [BA3] Writes one batch's records. A pair whose row changed meanwhile (a person decided something) keeps its intents: what was written is recognised by them
 * at the next look, and what was believed of it is discarded.
 */
export async function writeRecords(
  tx: SyncTx,
  linkId: string,
  records: Records,
  closedAt: string,
): Promise<void> {
  const missed = records.patches.length > 0 ? await tx.updatePairs(records.patches) : new Set<string>();
  const done = records.doneIntents.filter(({ pairId }) => !missed.has(pairId)).map(({ opId }) => opId);
  const healed = records.healed.filter((pairId) => !missed.has(pairId));
  const erase = records.erase.filter((pairId) => !missed.has(pairId));
  const buried = records.buried.filter((pairId) => !missed.has(pairId));
  if (done.length > 0) await tx.deleteIntents(done);
  if (records.conflicts.length > 0) await tx.putConflicts(records.conflicts);
  if (records.closes.length > 0) {
    await tx.closeConflicts(records.closes, {
      state: 'obsolete',
      choice: 'agreed',
      by: 'bridge',
      at: closedAt,
    });
  }
  if (healed.length > 0) await tx.clearQuarantine(healed);
  if (records.quarantines.length > 0) await tx.putQuarantine(records.quarantines);
  if (records.tombstones.length > 0) await tx.putTombstones(records.tombstones);
  if (erase.length > 0) await tx.eraseContent(erase);
  if (buried.length > 0) await tx.eraseContent(buried, true);
  if (records.journal.length > 0) await tx.appendJournal(linkId, records.journal);
}
