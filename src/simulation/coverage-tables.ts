import type { HandbookKind, NotesKind } from '../sync/plan-types.ts';
import { FAULT_KINDS } from './fault-kinds.ts';

type Counts = Readonly<Record<string, number>>;

const ROWS: Record<NotesKind, true> = {
  none: true,
  same: true,
  changed: true,
  unmarked: true,
  classified: true,
  unreadable: true,
  missing: true,
  gone: true,
};
const COLUMNS: Record<HandbookKind, true> = { same: true, changed: true, deleted: true, absent: true };

/**
 * Never planned: a record without a note differs from its base, which is empty, and what is gone before its note came to be was deleted; a note that holds a
 * base has a record, unless the handbook was restored.
 */
const UNREACHABLE: ReadonlySet<string> = new Set([
  'cell none × same',
  'cell none × absent',
  'cell same × absent',
]);

const CRASHES = ['crash in a pass', 'crash in a transaction'];

/** What a run of any size has to have met, so that its silence means something. */
export function required(): readonly string[] {
  const cells = Object.keys(ROWS).flatMap((row) =>
    Object.keys(COLUMNS).map((column) => `cell ${row} × ${column}`),
  );
  return [...FAULT_KINDS, ...CRASHES, ...cells.filter((cell) => !UNREACHABLE.has(cell))];
}

/** What mappings with `acceptRace` accept has to be seen at least once: a simulation that cannot lose so would prove nothing about it. */
export const ACCEPTED_LOSS = 'loss that acceptRace accepts';

/** What occurred less than `least` times, with how often it did; nothing where `least` is 0. */
export function shortfalls(counts: Counts, least: number): readonly string[] {
  if (least === 0) return [];
  const wanted = [...required().map((name) => [name, least] as const), [ACCEPTED_LOSS, 1] as const];
  return wanted.flatMap(([name, times]) => {
    const found = counts[name] ?? 0;
    return found < times ? [`${name}: ${found} of ${times}`] : [];
  });
}

/** The faults, the planner's table, and everything else that was counted. */
export function coverageTables(counts: Counts): string {
  const faults = [...FAULT_KINDS, ...CRASHES];
  const told = new Set([...faults, ...required(), ACCEPTED_LOSS]);
  const others = Object.keys(counts)
    .filter((name) => !told.has(name))
    .toSorted();
  return [
    'What else happened',
    ...others.map((name) => line(counts, name)),
    '',
    'Edits that were lost, and may be',
    line(counts, ACCEPTED_LOSS),
    '',
    'Faults',
    ...faults.map((name) => line(counts, name)),
    '',
    'Planner’s table (note \\ record)',
    [''.padEnd(12), ...Object.keys(COLUMNS).map((column) => column.padStart(9))].join(''),
    ...Object.keys(ROWS).map((row) => cells(counts, row)),
  ].join('\n');
}

function cells(counts: Counts, row: string): string {
  const numbers = Object.keys(COLUMNS).map((column) => {
    const name = `cell ${row} × ${column}`;
    return (UNREACHABLE.has(name) ? '–' : String(counts[name] ?? 0)).padStart(9);
  });
  return [row.padEnd(12), ...numbers].join('');
}

function line(counts: Counts, name: string): string {
  return `${String(counts[name] ?? 0).padStart(10)}  ${name}`;
}
