import { emptyRecords, isEmpty } from './batch-records.ts';
import type { HandbookResult } from './handbook-result.ts';
import type { NotesResult } from './notes-result.ts';
import type { Guarded } from './guard-effects.ts';
import type { Looked } from './look.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { recordPair } from './record-pair.ts';
import { setAside } from './set-aside.ts';
import { writeRecords } from './write-records.ts';

/**
 * Writes what a batch's effects left behind, in one transaction, and what is set aside. Returns the keys of records that became live: children wait at the
 * gate for their parent's release.
 */
export async function recordBatch(
  deps: PassDeps,
  run: PassRun,
  entries: readonly Guarded[],
  handbook: ReadonlyMap<string, HandbookResult>,
  notes: ReadonlyMap<string, NotesResult>,
  aside: readonly (Looked | Guarded)[],
): Promise<readonly { readonly entity: string; readonly key: string }[]> {
  const records = emptyRecords();
  const at = new Date(deps.clock.now()).toISOString();
  const refused = entries.some((entry) => handbook.get(entry.pair.id)?.outcome.kind === 'duplicate-key');
  const open =
    aside.length === 0 && !refused ? [] : await deps.store.quarantined({ linkId: run.link.id, limit: 500 });
  const told = new Set(open.map((row) => `${row.pairId} ${row.code}`));
  for (const entry of entries)
    recordPair(deps, run, entry, handbook.get(entry.pair.id), notes.get(entry.pair.id), records, told);
  for (const entry of aside) {
    const reason = entry.quarantine ?? ('plan' in entry ? entry.plan.quarantine : null);
    if (!reason) continue;
    records.patches.push({
      id: entry.pair.id,
      version: entry.pair.version,
      pending: true,
      blocked: 'quarantine',
    });
    setAside(deps, run, entry, reason, records, at, told.has(`${entry.pair.id} ${reason.code}`));
  }
  if (!isEmpty(records)) {
    const fence = await run.fence();
    await deps.store.transaction(fence, (tx) => writeRecords(tx, run.link.id, records, at));
  }
  count(run, entries, handbook, notes, records.quarantines.length);
  return entries.flatMap((entry) =>
    entry.plan.status === 'live' && entry.pair.status !== 'live' && entry.keyValue !== null
      ? [{ entity: entry.pair.entity, key: entry.keyValue }]
      : [],
  );
}

function count(
  run: PassRun,
  entries: readonly Guarded[],
  handbook: ReadonlyMap<string, HandbookResult>,
  notes: ReadonlyMap<string, NotesResult>,
  quarantined: number,
): void {
  const { tally } = run;
  tally.quarantined += quarantined;
  for (const entry of entries) {
    const { plan: decided } = entry;
    const applied = handbook.get(entry.pair.id)?.outcome.kind === 'applied';
    const written = notes.get(entry.pair.id)?.kind === 'written';
    if (applied && decided.handbook?.kind === 'put') tally.pulled += 1;
    if (applied && decided.handbook?.kind === 'remove') tally.deleted += 1;
    if (applied && decided.handbook?.kind === 'withdraw') tally.withheld += 1;
    if (written) {
      if (decided.notes?.kind === 'delete') tally.deleted += 1;
      else tally.pushed += 1;
    }
    if (applied && written && decided.rule === 'PL4') tally.merged += 1;
    tally.conflicts += decided.conflicts.length;
    if (decided.status === 'missing' && entry.pair.status !== 'missing') tally.missing += 1;
    if (decided.status === 'detached' && entry.pair.status !== 'detached') tally.detached += 1;
  }
}
