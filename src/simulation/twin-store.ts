import { isDeepStrictEqual } from 'node:util';
import type { MemorySyncStore } from '../../connectors/postgres/memory/memory-sync-store.ts';
import type { LeaseFence, SyncStore, SyncTx } from '../../connectors/postgres/port.ts';
import { Violation } from './violation.ts';

type Method = (...given: readonly unknown[]) => Promise<unknown>;

/** What one of the stores answers by its own clock or by chance: leases and what is keyed by a secret of its own. */
const OWN = new Set(['acquireLease', 'releaseLease', 'endLeasesOfTheDead', 'owner', 'tables']);
/** Lists that come in no stated order. */
const UNORDERED = new Set([
  'pairsById',
  'pairsByUnid',
  'pairsByRecord',
  'pairsByKey',
  'pairsByParentKey',
  'tombstonesByUnid',
  'tombstonesByKey',
  'openConflicts',
  'intents',
  'insertPairs',
  'joinPairs',
  'updatePairs',
]);
const SECRETS = new Set(['hash', 'previousHash', 'digest']);

/**
 * The store in memory and the one on PostgreSQL in step: each gets every call, and both have to give the same answer. A transaction commits in both or in
 * neither. Leases are those of the store in memory, since a database's clock cannot be turned.
 */
export function twinStore(memory: MemorySyncStore, postgres: SyncStore): MemorySyncStore {
  return new Proxy(memory, {
    get(target, property) {
      const name = String(property);
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== 'function' || OWN.has(name)) return value;
      if (name !== 'transaction') return both(name, target, postgres);
      return (fence: LeaseFence | null, work: (tx: SyncTx) => Promise<unknown>) =>
        postgres.transaction(null, (its) => memory.transaction(fence, (ours) => work(twinTx(ours, its))));
    },
  });
}

function twinTx(ours: SyncTx, its: SyncTx): SyncTx {
  return new Proxy(ours, { get: (target, property) => both(String(property), target, its) });
}

function both(name: string, ours: object, its: object): Method {
  const call = (store: object, given: readonly unknown[]) =>
    Reflect.apply(Reflect.get(store, name) as Method, store, given);
  return async (...given) => {
    const answer = await call(ours, given);
    const other = await call(its, given);
    const [left, right] = [plain(name, answer), plain(name, other)];
    if (!isDeepStrictEqual(left, right))
      throw new Violation(
        'store',
        `${name} answers ${JSON.stringify(left)} in memory and ${JSON.stringify(right)} on PostgreSQL`,
      );
    return answer;
  };
}

function plain(name: string, answer: unknown): unknown {
  const text = JSON.stringify(answer, (key, value: unknown) => {
    if (SECRETS.has(key)) return undefined;
    if (value instanceof Set || value instanceof Map)
      return [...value].map((one) => JSON.stringify(one)).toSorted();
    return inOneOrder(value);
  });
  const value: unknown = text === undefined ? null : JSON.parse(text);
  return Array.isArray(value) && UNORDERED.has(name)
    ? value.map((row) => JSON.stringify(row)).toSorted()
    : value;
}

/** Objects with their keys in one order. */
function inOneOrder(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
