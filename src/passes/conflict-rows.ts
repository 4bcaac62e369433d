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
  const rows = conflictRows(deps, run, entry, at);
  into.conflicts.push(...rows);
  for (const row of rows) {
    // The question was asked already and nothing has moved since: there is nothing to tell.
    if (entry.frozen.get(row.field)?.dedupe === row.dedupe) continue;
    into.journal.push({
      ...planLine(deps, run, entry, 'conflict', {}),
      fields: [row.field],
      reason: row.winner ?? 'open',
    });
  }
  for (const field of entry.plan.closes) {
    const id = entry.frozen.get(field)?.id;
    if (id) into.closes.push(id);
  }
}
