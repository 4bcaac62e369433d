import type { NewConflict } from '../../connectors/postgres/port.ts';
import type { Records } from './batch-records.ts';
import type { Guarded } from './guard-effects.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { planLine } from './plan-line.ts';

/** The rows of a plan's conflicts. The same clash seen twice is one row, so writing them early and again is writing them once. */
export function conflictRows(
  deps: PassDeps,
  run: PassRun,
  entry: Guarded,
  at: string,
): readonly NewConflict[] {
  const token = entry.notes.kind === 'note' ? entry.notes.token.value : entry.notes.kind;
  return entry.plan.conflicts.map((draft) => ({
    ...draft,
    id: deps.newId(),
    pairId: entry.pair.id,
    linkId: run.link.id,
    at,
    dedupe: `${token}|${entry.handbook.version}`,
  }));
}

/** The conflicts that a plan opens and closes, with their lines in the journal. */
export function recordConflicts(
  deps: PassDeps,
  run: PassRun,
  entry: Guarded,
  into: Records,
  at: string,
): void {
  into.conflicts.push(...conflictRows(deps, run, entry, at));
  for (const draft of entry.plan.conflicts) {
    into.journal.push({
      ...planLine(deps, run, entry, 'conflict', {}),
      fields: [draft.field],
      reason: draft.winner ?? 'open',
    });
  }
  for (const field of entry.plan.closes) {
    const id = entry.frozen.get(field);
    if (id) into.closes.push(id);
  }
}
