import type { JournalEntry } from '../../connectors/postgres/port.ts';
import type { Fields } from '../sync/values.ts';
import type { Guarded } from './guard-effects.ts';
import { journalEntry } from './journal-entry.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';

/** The journal's line of one effect of a plan. */
export function planLine(
  deps: PassDeps,
  run: PassRun,
  entry: Guarded,
  event: string,
  values: Fields,
  unid?: string,
): JournalEntry {
  return journalEntry(deps, run, {
    event,
    rule: entry.plan.rule,
    pairId: entry.pair.id,
    recordId: entry.pair.recordId,
    unid: unid ?? entry.pair.unid,
    fields: Object.keys(values),
    values,
  });
}
