import { describe, expect, it } from 'vitest';
import { plan } from './plan.ts';
import type { HandbookKind, HandbookState, NotesKind, NotesState } from './plan-types.ts';
import { EVERY_KIND, inputOf, mappingOf, note, record } from './testing/sample-mapping.ts';
import type { Fields } from './values.ts';

const BASE: Fields = {
  code: 'DX-1',
  pulled: 'một',
  pushed: 'một',
  ours: 'một',
  theirs: 'một',
  asked: 'một',
  tags: ['a'],
  most: 1,
  least: 1,
};
const EDITED_NOTE: Fields = { ...BASE, ours: 'hai' };
const EDITED_RECORD: Fields = { ...BASE, theirs: 'ba' };

const ROWS: Record<NotesKind, NotesState> = {
  none: { kind: 'none' },
  same: note(BASE),
  changed: note(EDITED_NOTE),
  unmarked: { kind: 'unmarked', reason: 'mark-missing' },
  classified: { kind: 'classified', reason: 'level-not-open' },
  unreadable: { kind: 'unreadable' },
  missing: { kind: 'missing' },
  gone: { kind: 'gone', evidence: 'stub' },
};
const COLUMNS: Record<HandbookKind, HandbookState> = {
  same: record(BASE),
  changed: record(EDITED_RECORD),
  deleted: { kind: 'deleted', version: 4 },
  absent: { kind: 'absent', version: 0 },
};

/** rule · status · effect in the handbook · effect in Notes · conflicts */
type Cell = readonly [string, string, string, string, number];

const TABLE: Record<NotesKind, Record<HandbookKind, Cell>> = {
  none: {
    same: ['PL6', 'live', '-', 'create', 0],
    changed: ['PL6', 'live', '-', 'create', 0],
    deleted: ['PL6', 'tombstone', '-', '-', 0],
    absent: ['PL6', 'tombstone', '-', '-', 0],
  },
  same: {
    same: ['PL1', 'live', '-', '-', 0],
    changed: ['PL3', 'live', '-', 'update theirs', 0],
    deleted: ['PL11', 'tombstone', '-', 'delete soft', 0],
    absent: ['PL5', 'live', 'create-record', '-', 0],
  },
  changed: {
    same: ['PL2', 'live', 'update-record ours', '-', 0],
    changed: ['PL4', 'live', 'update-record ours', 'update theirs', 0],
    deleted: ['PL12', 'live', 'undelete-record', '-', 1],
    absent: ['PL5', 'live', 'create-record', '-', 0],
  },
  unmarked: {
    same: ['PL13', 'withdrawn', 'withdraw', '-', 0],
    changed: ['PL13', 'withdrawn', 'withdraw theirs', '-', 0],
    deleted: ['PL13', 'withdrawn', '-', '-', 0],
    absent: ['PL13', 'withheld', '-', '-', 0],
  },
  classified: {
    same: ['PL13', 'withdrawn', 'withdraw', '-', 0],
    changed: ['PL13', 'withdrawn', 'withdraw theirs', '-', 0],
    deleted: ['PL13', 'withdrawn', '-', '-', 0],
    absent: ['PL13', 'withheld', '-', '-', 0],
  },
  unreadable: {
    same: ['PL10', 'detached', 'hide', '-', 0],
    changed: ['PL10', 'detached', 'hide', '-', 0],
    deleted: ['PL10', 'detached', '-', '-', 0],
    absent: ['PL10', 'detached', '-', '-', 0],
  },
  missing: {
    same: ['PL7', 'missing', 'hide', '-', 0],
    changed: ['PL8', 'detached', 'hide', '-', 1],
    deleted: ['PL7', 'missing', '-', '-', 0],
    absent: ['PL7', 'missing', '-', '-', 0],
  },
  gone: {
    same: ['PL9', 'tombstone', 'remove', '-', 0],
    changed: ['PL8', 'detached', 'hide', '-', 1],
    deleted: ['PL9', 'tombstone', '-', '-', 0],
    absent: ['PL9', 'tombstone', '-', '-', 0],
  },
};

const cells = (Object.keys(TABLE) as NotesKind[]).flatMap((row) =>
  (Object.keys(TABLE[row]) as HandbookKind[]).map((column) => [row, column, ...TABLE[row][column]] as const),
);

describe('the planner’s table', () => {
  it.each(cells)('note %s, record %s: [%s] %s', (row, column, rule, status, handbook, notes, conflicts) => {
    // Before a note exists nothing is agreed on; a pair whose record is absent has never crossed.
    const unborn = row === 'none';
    const pairStatus = unborn || column === 'absent' ? 'new' : 'live';
    const decided = plan(
      inputOf({
        notes: ROWS[row],
        handbook: COLUMNS[column],
        pair: {
          status: pairStatus,
          base: unborn ? {} : BASE,
          bornIn: unborn ? 'handbook' : 'notes',
          unid: unborn ? null : 'A'.repeat(32),
        },
      }),
    );
    expect([decided.rule, decided.status, ...effectsOf(decided), decided.conflicts.length]).toEqual([
      rule,
      status,
      handbook,
      notes,
      conflicts,
    ]);
    expect(decided.quarantine).toBeNull();
  });

  it.each(cells)('[PL16] [PL17] note %s, record %s: a tombstone is final', (row, column) => {
    const decided = plan(
      inputOf({ notes: ROWS[row], handbook: COLUMNS[column], pair: { status: 'tombstone', base: {} } }),
    );
    const back = column === 'same' || column === 'changed';
    expect([decided.rule, decided.status, ...effectsOf(decided)]).toEqual(
      back ? ['PL17', 'tombstone', 'remove', '-'] : ['PL16', 'tombstone', '-', '-'],
    );
    expect([decided.conflicts, decided.base, decided.quarantine]).toEqual([[], {}, null]);
  });

  it.each(cells)(
    '[PL0] note %s, record %s: only proof of a deletion or a person’s deletes',
    (row, column) => {
      for (const base of [{}, BASE])
        for (const status of ['new', 'live', 'withheld', 'withdrawn', 'missing', 'detached'] as const) {
          const decided = plan(
            inputOf({ notes: ROWS[row], handbook: COLUMNS[column], pair: { base, status } }),
          );
          const [handbook, notes] = effectsOf(decided);
          expect(handbook === 'remove' && row !== 'gone').toBe(false);
          expect(notes.startsWith('delete') && column !== 'deleted').toBe(false);
          const proven = row === 'gone' || column === 'deleted' || row === 'none';
          expect(decided.status === 'tombstone' && !proven).toBe(false);
          // What has no base was never agreed on, so its absence is nobody's deletion.
          const withoutBase = Object.keys(base).length === 0 && (row === 'same' || row === 'changed');
          expect(withoutBase && notes.startsWith('delete')).toBe(false);
        }
    },
  );

  it.each(cells)(
    '[PL0] note %s, record %s: an unreleased or unseen note is never written to',
    (row, column) => {
      const decided = plan(
        inputOf({ notes: ROWS[row], handbook: COLUMNS[column], pair: { base: BASE, bornIn: 'handbook' } }),
      );
      const writes = decided.notes !== null && !['none', 'same', 'changed'].includes(row);
      expect(writes).toBe(false);
    },
  );

  it('[PL0] a mapping that refuses deletions and one that keeps edits never delete a note that was edited', () => {
    for (const handbookDelete of ['refuse', 'soft', 'hard'] as const) {
      const mapping = mappingOf(EVERY_KIND, { handbookDelete, editAgainstDelete: 'keep-edit' });
      const decided = plan(
        inputOf({ mapping, notes: ROWS.changed, handbook: COLUMNS.deleted, pair: { base: BASE } }),
      );
      expect(decided.notes).toBeNull();
    }
  });
});

function effectsOf(decided: ReturnType<typeof plan>): readonly [string, string] {
  const { handbook, notes } = decided;
  // Whole records are not spelled out in the table.
  const names = (fields: Fields) => {
    const all = Object.keys(fields);
    return all.length === 0 || all.length === EVERY_KIND.length ? '' : ` ${all.join(' ')}`;
  };
  const inHandbook =
    handbook === null
      ? '-'
      : handbook.kind === 'put'
        ? `${handbook.event}${names(handbook.set)}`
        : handbook.kind === 'withdraw'
          ? `withdraw${names(handbook.held)}`
          : handbook.kind;
  const inNotes =
    notes === null
      ? '-'
      : notes.kind === 'delete'
        ? `delete ${notes.how}`
        : `${notes.kind}${names(notes.set)}`;
  return [inHandbook, notes?.kind === 'create' ? 'create' : inNotes];
}
