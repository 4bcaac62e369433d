import type { SyncTx } from '../port.ts';
import type { SqlTx } from '../pool/sql-pool.ts';
import { appendJournal } from './append-journal.ts';
import { roundsByKey } from './once-per-key.ts';
import { closeConflicts, putConflicts } from './statements/conflicts-write.ts';
import { addDrift } from './statements/drift.ts';
import { setCheckpoint } from './statements/checkpoints.ts';
import {
  deleteIntentsOfPairs,
  destroyJournalKeys,
  eraseConflicts,
  erasePairs,
  erasePreviewEntries,
  eraseQuarantine,
} from './statements/erasure.ts';
import { doubtBases, forgetTokens, lookAgain, putInstance } from './statements/instances.ts';
import { deleteIntents, putIntents } from './statements/intents.ts';
import { joinPairs } from './statements/join-pairs.ts';
import { patchLink } from './statements/links-patch.ts';
import { insertPairs } from './statements/pairs-insert.ts';
import { unblockPairs, updatePairs } from './statements/pairs-update.ts';
import {
  decidePreview,
  deletePreviewEntries,
  insertPreviewEntries,
  putPreviewHead,
} from './statements/previews.ts';
import { clearQuarantine, putQuarantine } from './statements/quarantine.ts';
import { putTombstones } from './statements/tombstones.ts';

/** {@link SyncTx} on an open transaction. Every list may be empty, which sends nothing. */
export function openSyncTx(tx: SqlTx, now: () => Date): SyncTx {
  return {
    insertPairs: (rows) => insertPairs(tx, rows),
    joinPairs: async (joins) => (joins.length === 0 ? new Set() : joinPairs(tx, joins)),
    async updatePairs(patches) {
      const missed = new Set<string>();
      for (const round of roundsByKey(patches, (patch) => patch.id)) {
        const applied = await updatePairs(tx, round);
        for (const { id } of round) if (!applied.has(id)) missed.add(id);
      }
      return missed;
    },
    unblock: (linkId, reason) => unblockPairs(tx, linkId, reason),
    putIntents: (intents) => unlessEmpty(intents, () => putIntents(tx, intents)),
    deleteIntents: (opIds) => unlessEmpty(opIds, () => deleteIntents(tx, opIds)),
    async putConflicts(rows) {
      const rounds = roundsByKey(rows, (row) => JSON.stringify([row.pairId, row.field]));
      for (const round of rounds) await putConflicts(tx, round);
    },
    closeConflicts: (ids, how) => unlessEmpty(ids, () => closeConflicts(tx, ids, how)),
    putQuarantine: (rows) => unlessEmpty(rows, () => putQuarantine(tx, rows)),
    clearQuarantine: (pairIds) => unlessEmpty(pairIds, () => clearQuarantine(tx, pairIds, now())),
    putTombstones: (rows) => unlessEmpty(rows, () => putTombstones(tx, rows)),
    appendJournal: (linkId, entries) => unlessEmpty(entries, () => appendJournal(tx, linkId, entries)),
    setCheckpoint: (checkpoint) => setCheckpoint(tx, checkpoint),
    putInstance: (row) => putInstance(tx, row),
    forgetTokens: (linkId) => forgetTokens(tx, linkId),
    lookAgain: (linkId, forms) => lookAgain(tx, linkId, forms),
    doubtBases: (linkId) => doubtBases(tx, linkId),
    addDrift: (linkId, rows) => unlessEmpty(rows, () => addDrift(tx, linkId, rows, now())),
    async patchLink(linkId, patch) {
      if (!(await patchLink(tx, linkId, patch)))
        throw new Error(`Link ${linkId} is not registered: register it before it is changed`);
    },
    async putPreview(row) {
      await putPreviewHead(tx, row);
      await deletePreviewEntries(tx, row.id);
      if (row.entries.length > 0) await insertPreviewEntries(tx, row.id, row.entries);
    },
    async decidePreview(id, decision) {
      if (!(await decidePreview(tx, id, decision)))
        throw new Error(`Preview ${id} is not known or already decided: make a new one`);
    },
    async eraseContent(pairIds, keepLosers = false) {
      if (pairIds.length === 0) return;
      await erasePairs(tx, pairIds);
      await deleteIntentsOfPairs(tx, pairIds);
      await eraseConflicts(tx, pairIds, now(), keepLosers);
      await eraseQuarantine(tx, pairIds);
      await erasePreviewEntries(tx, pairIds);
      await destroyJournalKeys(tx, pairIds);
    },
  };
}

async function unlessEmpty(items: readonly unknown[], run: () => Promise<void>): Promise<void> {
  if (items.length > 0) await run();
}
