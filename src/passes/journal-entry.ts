import type { JournalEntry } from '../../connectors/postgres/port.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';

type Given = Pick<JournalEntry, 'event' | 'rule'> & Partial<JournalEntry>;

/** One line of the journal from within a pass. `values` are digested with the record's own key and never stored. */
export function journalEntry(
  deps: Pick<PassDeps, 'clock'>,
  run: Pick<PassRun, 'passId'>,
  given: Given,
): JournalEntry {
  return {
    at: new Date(deps.clock.now()).toISOString(),
    passId: run.passId,
    pairId: null,
    recordId: null,
    unid: null,
    fields: [],
    values: null,
    by: null,
    reason: null,
    ...given,
  };
}
