import { type LeaseFence, LeaseLostError, type LinkMode, type SyncStore } from '../port.ts';
import { memoryReads } from './memory-reads.ts';
import { copyTables, emptyTables, type MemoryTables, type StoredLease } from './memory-tables.ts';
import { type MemoryTxOptions, openMemoryTx } from './memory-tx.ts';

export interface MemorySyncStore extends SyncStore {
  /** The tables as they are committed now; whoever looks must not change them. */
  tables(): MemoryTables;
}

/**
 * {@link SyncStore} without a database. A transaction works on a copy that takes the place of the tables when it commits, so one that is given up half-way
 * leaves nothing; transactions take turns. Everything happens by the one clock that is given.
 */
export function openMemorySyncStore(options: MemoryTxOptions): MemorySyncStore {
  let tables = emptyTables();
  const owner = options.newKey().toString('hex');
  const leases = new Map<string, StoredLease>();
  let turn: Promise<unknown> = Promise.resolve();
  const nowMs = () => options.now().getTime();

  function requireLease(fence: LeaseFence): void {
    const lease = leases.get(fence.linkId);
    if (lease?.holder === fence.holder && lease.fence === fence.fence && lease.expiresAt > nowMs()) return;
    throw new LeaseLostError(
      `Lease ${fence.fence} of link ${fence.linkId} is lost: nothing was written, take the lease again and start over`,
    );
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work, work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  return {
    ...memoryReads(() => tables),
    tables: () => tables,
    owner: async () => owner,
    transaction: (fence, work) =>
      inTurn(async () => {
        if (fence !== null) requireLease(fence);
        const copy = copyTables(tables);
        const result = await work(openMemoryTx(copy, options));
        if (fence !== null) requireLease(fence);
        tables = copy;
        return result;
      }),
    async acquireLease(linkId, holder, ttlMs) {
      const known = leases.get(linkId);
      const asked = nowMs();
      const held = known !== undefined && known.expiresAt > asked;
      if (held && known.holder !== holder) return null;
      const fence = held ? known.fence : (known?.fence ?? 0) + 1;
      const expiresAt = asked + ttlMs;
      leases.set(linkId, { holder, fence, expiresAt });
      return { linkId, holder, fence, expiresAt };
    },
    async releaseLease({ linkId, holder, fence }) {
      const known = leases.get(linkId);
      if (known?.holder === holder && known.fence === fence) endLease(leases, linkId);
    },
    async endLeasesOfTheDead(linkIds) {
      for (const linkId of linkIds) endLease(leases, linkId);
    },
    registerLink: (link) =>
      inTurn(async () => {
        const known = tables.links.get(link.linkId);
        const bound = [...tables.pairs.values()].some((pair) => pair.linkId === link.linkId);
        if (known !== undefined && known.replicaSet !== link.replicaSet && bound)
          throw new Error(
            `Link ${link.linkId} has pairs in another replica set than ${link.replicaSet}: give the new replica set a link of its own`,
          );
        tables.links.set(link.linkId, { ...(known ?? newLink), ...link });
      }),
  };
}

const newLink = {
  mode: 'observe' as LinkMode,
  pausedPull: false,
  pausedPush: false,
  approved: false,
  brakeUpdates: null,
  brakeDeletes: null,
  releasedUntil: null,
  handbookCursor: null,
  sweepAfter: null,
  sweepDue: false,
  sweptAt: null,
  pulledAt: null,
  pushedAt: null,
  activeInstance: null,
  wantedInstance: null,
  mappingsKnown: null,
  mappingChanged: false,
  announced: null,
  suspect: null,
  suspectAt: null,
  failures: 0,
  failedAt: null,
  failureCode: null,
  restsUntil: null,
};

function endLease(leases: Map<string, StoredLease>, linkId: string): void {
  const known = leases.get(linkId);
  if (known) leases.set(linkId, { ...known, expiresAt: Number.NEGATIVE_INFINITY });
}
