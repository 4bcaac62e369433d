import type { JournalEntry } from '../../connectors/postgres/port.ts';
import { sameValue } from '../sync/canonical.ts';
import type { Intent } from '../sync/pair.ts';
import type { HandbookState, NotesState } from '../sync/plan-types.ts';
import type { Fields } from '../sync/values.ts';
import { sameToken } from '../sync/token.ts';
import type { Guarded } from './guard-effects.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { planLine } from './plan-line.ts';

/**
 * [IN2] [BR1] What an earlier worker did and did not live to record, as far as the look shows it: told in the journal like any other effect, so that it counts
 * for the brakes. The intents end with the pair's record, and the telling with them.
 */
export function foundDone(deps: PassDeps, run: PassRun, entry: Guarded): readonly JournalEntry[] {
  return entry.intents.flatMap((intent) => {
    const event = eventOf(intent, entry);
    return event === null
      ? []
      : [{ ...planLine(deps, run, entry, event, intent.fields), rule: 'IN2', reason: 'found done' }];
  });
}

function eventOf(
  { side, kind, fields, landedAt }: Intent,
  { pair, notes, handbook }: Guarded,
): string | null {
  if (side === 'notes') {
    if (kind === 'create') return pair.unid === null ? null : 'create-note';
    if (kind === 'delete') return notes.kind === 'missing' || notes.kind === 'gone' ? 'delete-note' : null;
    return isWritten(notes, pair.syncedNotes) && shows(notes.fields, fields) ? 'update-note' : null;
  }
  if (kind === 'hide') return handbook.kind === 'record' && handbook.hidden ? 'hide-record' : null;
  if (kind === 'delete') return handbook.kind === 'deleted' ? 'remove-record' : null;
  const landed =
    isNewer(handbook, pair.syncedHandbook) && (landedAt !== undefined || shows(handbook.fields, fields));
  return landed ? `${kind}-record` : null;
}

function isWritten(
  notes: NotesState,
  synced: Guarded['pair']['syncedNotes'],
): notes is Extract<NotesState, { kind: 'note' }> {
  return notes.kind === 'note' && !sameToken(notes.token, synced);
}

function isNewer(
  handbook: HandbookState,
  synced: number,
): handbook is Extract<HandbookState, { kind: 'record' }> {
  return handbook.kind === 'record' && handbook.version > synced;
}

function shows(now: Fields, intended: Fields): boolean {
  return Object.entries(intended).every(([field, value]) => sameValue(now[field] ?? null, value));
}
