import type { JournalEntry, NewQuarantine, SyncTx } from '../port.ts';
import { chainEntries, GENESIS } from '../store/journal-chain.ts';
import { lastOfEach, roundsByKey } from '../store/once-per-key.ts';
import { storableText } from '../store/storable-text.ts';
import { closeMemoryConflicts, putMemoryConflicts } from './memory-conflicts.ts';
import { addMemoryDrift } from './memory-drift.ts';
import { eraseMemoryContent } from './memory-erasure.ts';
import { joinMemoryPairs } from './memory-joins.ts';
import {
  doubtMemoryBases,
  forgetMemoryTokens,
  insertMemoryPairs,
  lookAtMemoryAgain,
  updateMemoryPairs,
} from './memory-pairs.ts';
import { type MemoryTables, stored } from './memory-tables.ts';

export interface MemoryTxOptions {
  readonly now: () => Date;
  /** 32 bytes that nobody can guess. */
  readonly newKey: () => Buffer;
}

/** {@link SyncTx} on a copy of the tables that nobody else sees. */
export function openMemoryTx(tables: MemoryTables, { now, newKey }: MemoryTxOptions): SyncTx {
  return {
    joinPairs: async (joins) => joinMemoryPairs(tables, joins),
    insertPairs: async (rows) => insertMemoryPairs(tables, rows),
    async updatePairs(patches) {
      const missed = new Set<string>();
      for (const round of roundsByKey(patches, (patch) => patch.id))
        for (const id of updateMemoryPairs(tables, round)) missed.add(id);
      return missed;
    },
    async unblock(linkId, reason) {
      const blocked = [...tables.pairs.values()].filter(
        (pair) => pair.linkId === linkId && pair.blocked === reason,
      );
      for (const pair of blocked)
        tables.pairs.set(pair.id, { ...pair, blocked: null, version: pair.version + 1 });
      return blocked.length;
    },
    async putIntents(intents) {
      for (const intent of intents) {
        if (!tables.pairs.has(intent.pairId)) throw new Error(`Intent ${intent.opId} has no pair`);
        tables.intents.set(intent.opId, { ...intent, fields: stored(intent.fields) });
      }
    },
    async deleteIntents(opIds) {
      for (const opId of opIds) tables.intents.delete(opId);
    },
    putConflicts: async (rows) => putMemoryConflicts(tables, rows),
    closeConflicts: async (ids, how) => closeMemoryConflicts(tables, ids, how),
    putQuarantine: async (rows) => putMemoryQuarantine(tables, rows),
    async clearQuarantine(pairIds) {
      for (const [id, row] of tables.quarantine)
        if (row.closedAt === null && pairIds.includes(row.pairId))
          tables.quarantine.set(id, { ...row, closedAt: now().toISOString() });
    },
    addDrift: async (linkId, rows) => addMemoryDrift(tables, linkId, rows, now().toISOString()),
    async putTombstones(rows) {
      for (const row of rows) {
        const recordId = storableText(row.recordId);
        const key = row.key === null ? null : storableText(row.key);
        if (!tables.tombstones.has(recordId)) tables.tombstones.set(recordId, { ...row, recordId, key });
      }
    },
    appendJournal: async (linkId, entries) => appendMemoryJournal(tables, linkId, entries, newKey),
    async setCheckpoint(checkpoint) {
      tables.checkpoints.set(`${checkpoint.linkId}\n${checkpoint.instanceId}`, checkpoint);
    },
    async putInstance(row) {
      tables.instances.set(`${row.linkId}\n${row.instanceId}`, row);
    },
    forgetTokens: async (linkId) => forgetMemoryTokens(tables, linkId),
    lookAgain: async (linkId, forms) => lookAtMemoryAgain(tables, linkId, forms),
    doubtBases: async (linkId) => doubtMemoryBases(tables, linkId),
    async patchLink(linkId, patch) {
      const row = tables.links.get(linkId);
      if (row === undefined)
        throw new Error(`Link ${linkId} is not registered: register it before it is changed`);
      const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      tables.links.set(linkId, { ...row, ...given });
    },
    async putPreview(row) {
      tables.previews.set(row.id, stored(row));
    },
    async decidePreview(id, { by, at, reason }) {
      const row = tables.previews.get(id);
      if (row === undefined || row.decidedAt !== null)
        throw new Error(`Preview ${id} is not known or already decided: make a new one`);
      tables.previews.set(id, { ...row, decidedBy: by, decidedAt: at, reason });
    },
    eraseContent: async (pairIds, keepLosers = false) =>
      eraseMemoryContent(tables, pairIds, now().toISOString(), keepLosers),
  };
}

function putMemoryQuarantine(tables: MemoryTables, rows: readonly NewQuarantine[]): void {
  for (const row of lastOfEach(rows, (one) => one.pairId)) {
    const open = [...tables.quarantine.values()].find(
      (known) => known.pairId === row.pairId && known.closedAt === null,
    );
    if (open)
      tables.quarantine.set(open.id, {
        ...open,
        code: row.code,
        detail: row.detail,
        at: row.at,
        attempts: open.attempts + 1,
      });
    else tables.quarantine.set(row.id, { ...row, attempts: 1, closedAt: null });
  }
}

function appendMemoryJournal(
  tables: MemoryTables,
  linkId: string,
  entries: readonly JournalEntry[],
  newKey: () => Buffer,
): void {
  for (const { values, recordId } of entries) {
    if (values === null || recordId === null) continue;
    const id = storableText(recordId);
    if (!tables.journalKeys.has(id)) tables.journalKeys.set(id, newKey());
  }
  const before = tables.journal.get(linkId) ?? [];
  const rows = chainEntries(linkId, before.at(-1) ?? GENESIS, entries, tables.journalKeys);
  if (rows.length > 0) tables.journal.set(linkId, [...before, ...stored(rows)]);
}
