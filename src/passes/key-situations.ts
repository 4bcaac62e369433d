import type { Pair } from '../sync/pair.ts';
import type { KeySituation } from '../sync/plan-types.ts';
import type { PassDeps } from './pass-deps.ts';
import { groupBy } from './group-by.ts';

/** A note's business key; null = unknown. */
export interface Claim {
  readonly pair: Pair;
  readonly keyValue: string | null;
}

/** [KE1] Who else holds these business keys: another pair, the trace of something deleted, or a note that came earlier, in the same batch or `before` it. */
export async function keySituations(
  deps: Pick<PassDeps, 'store'>,
  candidates: readonly Claim[],
  before: readonly Claim[] = [],
): Promise<ReadonlyMap<string, KeySituation>> {
  const situations = new Map<string, KeySituation>();
  const keyed = candidates.filter((candidate) => candidate.keyValue !== null);
  for (const [entity, group] of groupBy(keyed, (candidate) => candidate.pair.entity)) {
    const keys = [...new Set(group.map((candidate) => candidate.keyValue as string))];
    const owners = groupBy(await deps.store.pairsByKey(entity, keys), (pair) => pair.key ?? '');
    const buried = groupBy(
      await deps.store.tombstonesByKey(entity, keys),
      (tombstone) => tombstone.key ?? '',
    );
    const claimed = new Set(
      before.flatMap((one) => (one.pair.entity === entity ? (one.keyValue ?? []) : [])),
    );
    for (const { pair, keyValue } of group) {
      const key = keyValue as string;
      const held = (owners.get(key) ?? []).some((owner) => owner.id !== pair.id);
      const dead = (buried.get(key) ?? []).some((tombstone) => tombstone.recordId !== pair.recordId);
      situations.set(pair.id, held || claimed.has(key) ? 'taken' : dead ? 'tombstone' : 'free');
      claimed.add(key);
    }
  }
  return situations;
}
