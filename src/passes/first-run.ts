import type { AgreeResult } from './agree-result.ts';
import { gatherHandbook } from './gather-handbook.ts';
import { journalEntry } from './journal-entry.ts';
import { listAll } from './list-all.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { storePreview } from './store-preview.ts';

const PAGE = 1000;

/**
 * [BR4] Null when the link may act from now on: everything it would do is to create records in an empty side. Otherwise a person must accept the whole
 * list first. The list stays the same until there is news, so that the person can accept what they read.
 */
export async function firstRun(deps: PassDeps, run: PassRun): Promise<AgreeResult | null> {
  const { link } = run;
  if (await createsOnly(deps, run)) {
    await approve(deps, run, 'creates only into an empty side');
    return null;
  }
  while (!(await gatherHandbook(deps, run)).finished) run.signal.throwIfAborted();
  const [newest] = (await deps.store.previews(link.id, 20)).filter((row) => row.lane === 'first-run');
  const { runnable } = await deps.store.counts(link.id);
  if (newest?.decidedAt === null && runnable === 0)
    return { done: 0, more: false, waitUntil: null, awaiting: newest.id };
  const listing = await listAll(deps, run);
  // [AD2] Both sides held the same already: what was joined is known now, and nothing is left to ask.
  if (listing.listed.length === 0 && !listing.more) {
    await approve(deps, run, 'nothing to change: both sides hold the same');
    return null;
  }
  return { ...listing, awaiting: await storePreview(deps, run, 'first-run', listing.listed) };
}

async function approve(deps: PassDeps, run: PassRun, reason: string): Promise<void> {
  const fence = await run.fence();
  await deps.store.transaction(fence, async (tx) => {
    await tx.patchLink(run.link.id, { approved: true });
    // Set aside by a list that somebody asked for before, or by an observation.
    for (const reason of ['mode', 'listed'] as const) await tx.unblock(run.link.id, reason);
    await tx.appendJournal(run.link.id, [
      journalEntry(deps, run, { event: 'approve', rule: 'BR4', by: 'bridge', reason }),
    ]);
  });
}

async function createsOnly(deps: PassDeps, run: PassRun): Promise<boolean> {
  const entities = run.link.mappings.map((mapping) => mapping.entity);
  const counts = await deps.store.counts(run.link.id);
  if (counts.tombstones > 0 || counts.live > 0) return false;
  const records = await deps.handbook.count(entities);
  if (records === 0) return true;
  // Records that another link brought are none of this one's; those that it found itself are.
  const bound = await deps.store.boundRecords(entities);
  return records <= bound - (await foundRecords(deps, run));
}

async function foundRecords(deps: PassDeps, run: PassRun): Promise<number> {
  let found = 0;
  for (let after: string | null = null; ; ) {
    const page = await deps.store.pairsAfter(run.link.id, after, PAGE);
    found += page.filter((pair) => ['live', 'hidden'].includes(pair.handbookSight)).length;
    if (page.length < PAGE) return found;
    after = page.at(-1)?.id ?? null;
  }
}
