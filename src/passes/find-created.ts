import type { Intent, Pair } from '../sync/pair.ts';
import { HANDBOOK_ID_ITEM } from './gate-reading.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';

/**
 * [CR1] A create whose answer never came may have happened: it is looked for twice before anybody tries again. Found once, it is ours and
 * the pair is bound to it; found more than once, a person decides.
 */
export async function findCreated(
  deps: Pick<PassDeps, 'store'>,
  run: PassRun,
  pairs: readonly Pair[],
  intents: ReadonlyMap<string, readonly Intent[]>,
): Promise<{ readonly pairs: readonly Pair[]; readonly ambiguous: ReadonlySet<string> }> {
  const bound: Pair[] = [];
  const ambiguous = new Set<string>();
  for (const pair of pairs) {
    const own = intents.get(pair.id) ?? [];
    if (!own.some((intent) => intent.kind === 'create' && intent.side === 'notes')) {
      bound.push(pair);
      continue;
    }
    if (pair.unid !== null) {
      // A slice or a sweep found it first.
      bound.push({ ...pair, base: createdFields(own, pair) });
      continue;
    }
    const unids = (await look(run, pair)) ?? (await look(run, pair)) ?? [];
    const [unid] = unids;
    // [CR2] A copy that was seen before the original was looked for has a bond of its own: which of them is meant, a person must say.
    const taken = unid !== undefined && (await deps.store.pairsByUnid(pair.replicaSet, [unid])).length > 0;
    if (unids.length > 1 || taken) ambiguous.add(pair.id);
    // What was written is not read back: nobody has released the note. The intent's own values say what both sides hold.
    bound.push(
      unid !== undefined && unids.length === 1 && !taken
        ? { ...pair, unid, notesSight: 'unmarked', base: createdFields(own, pair) }
        : pair,
    );
  }
  return { pairs: bound, ambiguous };
}

async function look(run: PassRun, pair: Pair): Promise<readonly string[] | null> {
  await run.fence();
  const unids = await run.link.database.findByItem(pair.form, HANDBOOK_ID_ITEM, pair.recordId, {
    signal: run.signal,
  });
  return unids.length === 0 ? null : unids;
}

function createdFields(intents: readonly Intent[], pair: Pair): Pair['base'] {
  const create = intents.find((intent) => intent.kind === 'create' && intent.side === 'notes');
  return { ...pair.base, ...create?.fields };
}
