import type { ConflictRow, LinkCounts, PreviewRow, QuarantineRow, SyncStore } from '../port.ts';
import { storableTexts } from '../store/storable-text.ts';
import { memoryDrift } from './memory-drift.ts';
import { inOrder, type MemoryTables, newestFirst, type StoredConflict } from './memory-tables.ts';

type Reads = Omit<
  SyncStore,
  'transaction' | 'acquireLease' | 'releaseLease' | 'endLeasesOfTheDead' | 'registerLink' | 'owner'
>;

const DELETES = new Set(['remove-record', 'delete-note', 'hide-record']);
const UPDATES = new Set(['update-record', 'update-note']);

/** Everything that {@link SyncStore} reads, on the tables as they are committed. */
export function memoryReads(tables: () => MemoryTables): Reads {
  const pairs = () => [...tables().pairs.values()];
  const byId = <T extends { readonly id: string }>(rows: T[]) => inOrder(rows, (row) => row.id);
  return {
    links: async () => inOrder(tables().links.values(), (row) => row.linkId),
    link: async (linkId) => tables().links.get(linkId) ?? null,
    drift: async (linkId) => memoryDrift(tables(), linkId),
    pairsById: async (ids) => byId(pairs().filter((pair) => ids.includes(pair.id))),
    pairsByUnid: async (replicaSet, unids) =>
      byId(
        pairs().filter(
          (pair) => pair.replicaSet === replicaSet && pair.unid !== null && unids.includes(pair.unid),
        ),
      ),
    pairsByRecord: async (recordIds) => {
      const wanted = new Set(storableTexts(recordIds));
      return byId(pairs().filter((pair) => wanted.has(pair.recordId)));
    },
    pairsByKey: async (entity, keys) => {
      const wanted = new Set(storableTexts(keys));
      return byId(
        pairs().filter(
          (pair) =>
            pair.entity === entity &&
            pair.key !== null &&
            wanted.has(pair.key) &&
            pair.status !== 'tombstone',
        ),
      );
    },
    pairsByParentKey: async (linkId, keys) => {
      const wanted = new Set(storableTexts(keys));
      return byId(
        pairs().filter(
          (pair) =>
            pair.linkId === linkId &&
            pair.parentKey !== null &&
            wanted.has(pair.parentKey) &&
            pair.status !== 'tombstone',
        ),
      );
    },
    pendingPairs: async (linkId, entityOrder, limit) =>
      [false, true]
        .flatMap((noteless) => entityOrder.map((entity) => ({ noteless, entity })))
        .flatMap(({ noteless, entity }) =>
          byId(
            pairs().filter(
              (pair) =>
                pair.linkId === linkId &&
                pair.entity === entity &&
                (pair.unid === null) === noteless &&
                pair.pending &&
                pair.blocked === null,
            ),
          ),
        )
        .slice(0, limit),
    pairsAfterUnid: async (linkId, after, limit) => {
      const replicaSet = tables().links.get(linkId)?.replicaSet;
      const rows = pairs().filter(
        (pair) =>
          pair.linkId === linkId &&
          pair.replicaSet === replicaSet &&
          pair.unid !== null &&
          pair.unid > (after ?? '') &&
          pair.status !== 'tombstone',
      );
      return inOrder(rows, (pair) => pair.unid ?? '').slice(0, limit);
    },
    pairsAfter: async (linkId, after, limit, status) =>
      byId(
        pairs().filter(
          (pair) =>
            pair.linkId === linkId &&
            pair.id > (after ?? '') &&
            (status === undefined || status.includes(pair.status)),
        ),
      ).slice(0, limit),
    tombstonesByUnid: async (replicaSet, unids) =>
      inOrder(tables().tombstones.values(), (row) => row.recordId).filter(
        (row) => row.replicaSet === replicaSet && row.unid !== null && unids.includes(row.unid),
      ),
    tombstonesByKey: async (entity, keys) => {
      const wanted = new Set(storableTexts(keys));
      return inOrder(tables().tombstones.values(), (row) => row.recordId).filter(
        (row) => row.entity === entity && row.key !== null && wanted.has(row.key),
      );
    },
    intents: async (pairIds) =>
      inOrder(tables().intents.values(), (row) => `${row.pairId} ${row.opId}`).filter((row) =>
        pairIds.includes(row.pairId),
      ),
    openConflicts: async (pairIds) =>
      inOrder(tables().conflicts.values(), (row) => `${row.pairId} ${row.field}`)
        .filter((row) => row.state === 'open' && pairIds.includes(row.pairId))
        .map((row) => conflictRow(tables(), row)),
    conflicts: async ({ linkId, state, limit }) =>
      newestFirst(tables().conflicts.values())
        .filter(
          (row) =>
            (linkId === undefined || row.linkId === linkId) && (state === undefined || row.state === state),
        )
        .slice(0, limit)
        .map((row) => conflictRow(tables(), row)),
    conflict: async (id) => {
      const row = tables().conflicts.get(id);
      return row === undefined ? null : conflictRow(tables(), row);
    },
    quarantined: async ({ linkId, limit }) =>
      newestFirst(tables().quarantine.values())
        .filter((row) => row.closedAt === null && (linkId === undefined || row.linkId === linkId))
        .slice(0, limit)
        .flatMap(({ attempts: _attempts, closedAt: _closedAt, ...row }): QuarantineRow[] => {
          const pair = tables().pairs.get(row.pairId);
          if (pair === undefined) return [];
          const { unid, recordId, entity, form } = pair;
          return [{ ...row, unid, recordId, entity, form }];
        }),
    checkpoint: async (linkId, instanceId) => tables().checkpoints.get(`${linkId}\n${instanceId}`) ?? null,
    instances: async (linkId) =>
      inOrder(tables().instances.values(), (row) => row.instanceId).filter((row) => row.linkId === linkId),
    effectsSince: async (linkId, since) => {
      const from = Date.parse(since);
      const rows = (tables().journal.get(linkId) ?? []).filter((row) => Date.parse(row.at) >= from);
      return {
        deletes: rows.filter((row) => DELETES.has(row.event)).length,
        updates: rows.filter((row) => UPDATES.has(row.event)).length,
      };
    },
    counts: async (linkId) => countsOf(tables(), linkId),
    boundRecords: async (entities) =>
      pairs().filter(
        (pair) => entities.includes(pair.entity) && ['live', 'hidden'].includes(pair.handbookSight),
      ).length,
    preview: async (id) => tables().previews.get(id) ?? null,
    previews: async (linkId, limit) =>
      newestFirst<PreviewRow>([...tables().previews.values()].filter((row) => row.linkId === linkId)).slice(
        0,
        limit,
      ),
    journal: async (linkId, afterSequence, limit) =>
      (tables().journal.get(linkId) ?? []).filter((row) => row.sequence > afterSequence).slice(0, limit),
    journalOfPair: async (pairId) =>
      [...tables().journal.values()].flatMap((rows) => rows.filter((row) => row.pairId === pairId)),
  };
}

function conflictRow(tables: MemoryTables, row: StoredConflict): ConflictRow {
  const pair = tables.pairs.get(row.pairId);
  return { ...row, unid: pair?.unid ?? null, recordId: pair?.recordId ?? '', entity: pair?.entity ?? '' };
}

function countsOf(tables: MemoryTables, linkId: string): LinkCounts {
  const pairs = [...tables.pairs.values()].filter((pair) => pair.linkId === linkId);
  const ids = new Set(pairs.map((pair) => pair.id));
  const intents = [...tables.intents.values()].filter((row) => ids.has(row.pairId));
  const status = (wanted: string) => pairs.filter((pair) => pair.status === wanted).length;
  const leaving = (pair: (typeof pairs)[number]) =>
    ['gone', 'missing', 'unreadable'].includes(pair.notesSight) || pair.handbookSight === 'deleted';
  const blocked: Record<string, number> = {};
  const withheldByReason: Record<string, number> = {};
  for (const pair of pairs) {
    if (pair.blocked !== null) blocked[pair.blocked] = (blocked[pair.blocked] ?? 0) + 1;
    if (pair.status === 'withheld')
      withheldByReason[pair.reason ?? ''] = (withheldByReason[pair.reason ?? ''] ?? 0) + 1;
  }
  return {
    pairs: pairs.length,
    live: status('live'),
    runnable: pairs.filter((pair) => pair.pending && pair.blocked === null).length,
    pendingUpdates: pairs.filter((pair) => pair.pending && pair.status === 'live' && !leaving(pair)).length,
    pendingDeletes: pairs.filter((pair) => pair.pending && leaving(pair)).length,
    pendingFromNotes: pairs.filter(
      (pair) => pair.pending && JSON.stringify(pair.seenNotes) !== JSON.stringify(pair.syncedNotes),
    ).length,
    pendingFromHandbook: pairs.filter((pair) => pair.pending && pair.seenHandbook > pair.syncedHandbook)
      .length,
    withheld: status('withheld'),
    withdrawn: status('withdrawn'),
    missing: status('missing'),
    detached: status('detached'),
    tombstones: status('tombstone'),
    openConflicts: [...tables.conflicts.values()].filter(
      (row) => row.linkId === linkId && row.state === 'open',
    ).length,
    quarantined: [...tables.quarantine.values()].filter(
      (row) => row.linkId === linkId && row.closedAt === null,
    ).length,
    openIntents: intents.length,
    openDeletes: intents.filter((row) => row.kind === 'delete' || row.kind === 'hide').length,
    openUpdates: intents.filter((row) => row.kind === 'update').length,
    blocked,
    withheldByReason,
  };
}
