import { type LeaseFence, LeaseLostError, type SyncStore } from '../port.ts';
import type { SqlPool, SqlTx } from '../pool/sql-pool.ts';
import { checkpointOf } from './statements/checkpoints.ts';
import { conflictById, newestConflicts, openConflicts } from './statements/conflicts-read.ts';
import { countBoundRecords, countLink } from './statements/counts.ts';
import { selectDrift } from './statements/drift.ts';
import { instancesOf, ownerId } from './statements/instances.ts';
import { intentsOfPairs } from './statements/intents.ts';
import { effectsSince, journalAfter, journalOfPair } from './statements/journal.ts';
import { endLease, endLeases, leaseHolds, takeLease } from './statements/leases.ts';
import { allLinks, linkById, putLink } from './statements/links.ts';
import {
  pairsAfter,
  pairsAfterUnid,
  pairsById,
  pairsByKey,
  pairsByParentKey,
  pairsByRecord,
  pairsByUnid,
  pendingPairs,
} from './statements/pairs-read.ts';
import { newestPreviews, previewById } from './statements/previews.ts';
import { openQuarantine } from './statements/quarantine.ts';
import { tombstonesByKey, tombstonesByUnid } from './statements/tombstones.ts';
import { openSyncTx } from './sync-tx.ts';

export interface SyncStoreOptions {
  /** Our clock: the local end of a lease, and when rows are closed. Leases themselves expire by the database's clock. */
  readonly now: () => Date;
}

/** {@link SyncStore} on schema `bridge`, which `bridgeMigrations` must have brought up to date. The pool stays the caller's to close. */
export function openSyncStore(pool: SqlPool, options: SyncStoreOptions): SyncStore {
  const { now } = options;
  return {
    transaction: (fence, work) =>
      pool.transaction(async (tx) => {
        if (fence !== null) await requireLease(tx, fence);
        const result = await work(openSyncTx(tx, now));
        if (fence !== null) await requireLease(tx, fence);
        return result;
      }),
    async acquireLease(linkId, holder, ttlMs) {
      const asked = now().getTime();
      const fence = await takeLease(pool, linkId, holder, ttlMs);
      return fence === null ? null : { linkId, holder, fence, expiresAt: asked + ttlMs };
    },
    releaseLease: (fence) => endLease(pool, fence),
    endLeasesOfTheDead: (linkIds) => endLeases(pool, linkIds),
    async registerLink({ linkId, mode, replicaSet }) {
      if (await putLink(pool, linkId, mode, replicaSet)) return;
      throw new Error(
        `Link ${linkId} has pairs in another replica set than ${replicaSet}: give the new replica set a link of its own`,
      );
    },
    links: () => allLinks(pool),
    link: (linkId) => linkById(pool, linkId),
    pairsById: (pairIds) => pairsById(pool, pairIds),
    pairsByUnid: (replicaSet, unids) => pairsByUnid(pool, replicaSet, unids),
    pairsByRecord: (recordIds) => pairsByRecord(pool, recordIds),
    pairsByKey: (entity, keys) => pairsByKey(pool, entity, keys),
    pairsByParentKey: (linkId, keys) => pairsByParentKey(pool, linkId, keys),
    pendingPairs: (linkId, entityOrder, limit) => pendingPairs(pool, linkId, entityOrder, limit),
    pairsAfterUnid: (linkId, after, limit) => pairsAfterUnid(pool, linkId, after, limit),
    pairsAfter: (linkId, after, limit, status) => pairsAfter(pool, linkId, after, limit, status ?? null),
    tombstonesByUnid: (replicaSet, unids) => tombstonesByUnid(pool, replicaSet, unids),
    tombstonesByKey: (entity, keys) => tombstonesByKey(pool, entity, keys),
    intents: (pairIds) => intentsOfPairs(pool, pairIds),
    openConflicts: (pairIds) => openConflicts(pool, pairIds),
    conflicts: ({ linkId, state, limit }) => newestConflicts(pool, linkId ?? null, state ?? null, limit),
    conflict: (id) => conflictById(pool, id),
    quarantined: ({ linkId, limit }) => openQuarantine(pool, linkId ?? null, limit),
    checkpoint: (linkId, instanceId) => checkpointOf(pool, linkId, instanceId),
    owner: () => ownerId(pool),
    instances: (linkId) => instancesOf(pool, linkId),
    drift: (linkId) => selectDrift(pool, linkId),
    effectsSince: (linkId, since) => effectsSince(pool, linkId, since),
    boundRecords: (entities) => countBoundRecords(pool, entities),
    counts: (linkId) => countLink(pool, linkId),
    preview: (id) => previewById(pool, id),
    previews: (linkId, limit) => newestPreviews(pool, linkId, limit),
    journal: (linkId, afterSequence, limit) => journalAfter(pool, linkId, afterSequence, limit),
    journalOfPair: (pairId) => journalOfPair(pool, pairId),
  };
}

async function requireLease(tx: SqlTx, fence: LeaseFence): Promise<void> {
  if (await leaseHolds(tx, fence)) return;
  throw new LeaseLostError(
    `Lease ${fence.fence} of link ${fence.linkId} is lost: nothing was written, take the lease again and start over`,
  );
}
