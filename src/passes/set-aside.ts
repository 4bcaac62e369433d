import type { Pair } from '../sync/pair.ts';
import type { Records } from './batch-records.ts';
import { journalEntry } from './journal-entry.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import type { QuarantineReason } from './quarantine-reason.ts';

/** [QU1] One document set aside; its pair waits, everything else goes on. */
export function setAside(
  deps: PassDeps,
  run: PassRun,
  entry: { readonly pair: Pair },
  reason: QuarantineReason,
  into: Records,
  at: string,
  /** It was set aside for the same reason already, and tried again: there is nothing to tell. */
  told = false,
): void {
  into.quarantines.push({
    id: deps.newId(),
    pairId: entry.pair.id,
    linkId: run.link.id,
    code: reason.code,
    detail: reason.detail,
    at,
  });
  if (told) return;
  into.journal.push(
    journalEntry(deps, run, {
      event: 'quarantine',
      rule: 'QU1',
      pairId: entry.pair.id,
      recordId: entry.pair.recordId,
      unid: entry.pair.unid,
      reason: reason.code,
    }),
  );
}
