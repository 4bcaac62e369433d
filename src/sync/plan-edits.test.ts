import { describe, expect, it } from 'vitest';
import { mergeRecord } from './merge-record.ts';
import { plan } from './plan.ts';
import { fieldOf, inputOf, mappingOf, note, record } from './testing/sample-mapping.ts';

const TWO = [fieldOf('a'), fieldOf('b', { conflict: 'notes-wins' })];
const mapping = mappingOf(TWO);
const base = { a: 'x', b: 'x' };

describe('edits', () => {
  it('[PL1] does nothing where both sides hold the base, and closes what a person was asked', () => {
    const decided = plan(
      inputOf({ mapping, notes: note(base), handbook: record(base), pair: { base }, frozen: new Set(['a']) }),
    );
    expect(decided).toMatchObject({ rule: 'PL1', handbook: null, notes: null, conflicts: [], closes: ['a'] });
    expect(decided.base).toEqual(base);
  });

  it('[PL2] brings an edit of the note across and moves the base of that field only when it landed', () => {
    const decided = plan(
      inputOf({ mapping, notes: note({ a: 'y', b: 'x' }), handbook: record(base), pair: { base } }),
    );
    expect(decided).toMatchObject({
      rule: 'PL2',
      handbook: { kind: 'put', event: 'update-record', set: { a: 'y' } },
      notes: null,
      base,
      baseAfterHandbook: { a: 'y' },
      baseAfterNotes: {},
    });
  });

  it('[PL3] brings a member’s edit to Notes: that item, no other', () => {
    const decided = plan(
      inputOf({ mapping, notes: note(base), handbook: record({ a: 'x', b: 'y' }), pair: { base } }),
    );
    expect(decided).toMatchObject({
      rule: 'PL3',
      handbook: null,
      notes: { kind: 'update', set: { b: 'y' } },
      base,
      baseAfterNotes: { b: 'y' },
    });
  });

  it('[PL4] takes fields one by one: each side’s own edit crosses, the same edit is adopted', () => {
    const four = ['a', 'b', 'c', 'd'].map((name) => fieldOf(name));
    const all = { a: 'x', b: 'x', c: 'x', d: 'x' };
    const decided = plan(
      inputOf({
        mapping: mappingOf(four),
        notes: note({ ...all, a: 'n', c: 'both' }),
        handbook: record({ ...all, b: 'h', c: 'both' }),
        pair: { base: all },
      }),
    );
    expect(decided).toMatchObject({
      rule: 'PL4',
      handbook: { set: { a: 'n' } },
      notes: { set: { b: 'h' } },
      conflicts: [],
    });
    expect(decided.base).toEqual({ ...all, c: 'both' });
  });

  it('[PL4] a union that goes to both sides is known only when both writes landed', () => {
    const decided = plan(
      inputOf({
        mapping: mappingOf([fieldOf('tags', { type: 'set', conflict: 'union' })]),
        notes: note({ tags: ['n'] }),
        handbook: record({ tags: ['h'] }),
        pair: { base: { tags: null } },
      }),
    );
    expect(decided).toMatchObject({
      handbook: { set: { tags: ['h', 'n'] } },
      notes: { set: { tags: ['h', 'n'] } },
      base: { tags: null },
      baseAfterHandbook: {},
      baseAfterNotes: { tags: ['h', 'n'] },
    });
  });

  it('[PL15] adopts what both sides hold already, without a write', () => {
    const joined = inputOf({ mapping, notes: note(base), handbook: record(base), pair: { status: 'new' } });
    expect(plan(joined)).toMatchObject({
      rule: 'PL15',
      handbook: null,
      notes: null,
      conflicts: [],
      status: 'live',
    });
    expect(plan(joined).base).toEqual(base);
  });

  it('[PL15] a record joined by its key and different is a conflict by policy, never a deletion', () => {
    const decided = plan(
      inputOf({ mapping, notes: note({ a: 'n', b: 'n' }), handbook: record(base), pair: { status: 'new' } }),
    );
    expect(decided.conflicts.map(({ field, winner }) => [field, winner])).toEqual([
      ['a', null],
      ['b', 'notes'],
    ]);
    expect(decided).toMatchObject({ handbook: { set: { b: 'n' } }, notes: null });
    expect(decided.base).toEqual({});
  });

  it('[ME5] `manual` freezes the field that clashed; the others go on', () => {
    const decided = plan(
      inputOf({
        mapping,
        notes: note({ a: 'n', b: 'n' }),
        handbook: record({ a: 'h', b: 'x' }),
        pair: { base },
      }),
    );
    expect(decided).toMatchObject({ handbook: { set: { b: 'n' } }, notes: null });
    expect(decided.conflicts).toMatchObject([{ field: 'a', notes: 'n', handbook: 'h', winner: null }]);
    expect(decided.base).toEqual(base);
  });

  it('[ME5] while a person is asked, an edit back on one side does not slip past; agreement closes it', () => {
    const frozen = new Set(['a']);
    const merge = (notes: string, handbook: string) =>
      mergeRecord(mapping, base, { a: notes, b: 'x' }, { a: handbook, b: 'x' }, frozen);
    expect(merge('x', 'h')).toMatchObject({
      toNotes: {},
      toHandbook: {},
      conflicts: [{ field: 'a', notes: 'x', handbook: 'h', winner: null }],
      closes: [],
    });
    expect(merge('h', 'h')).toMatchObject({ conflicts: [], closes: ['a'], agreed: { a: 'h' } });
    expect(merge('x', 'x')).toMatchObject({ conflicts: [], closes: ['a'], agreed: base });
  });

  it('[ME9] an open conflict keeps its values while one side is unavailable', () => {
    for (const [notes, handbook] of [
      [{ b: 'x' }, { a: 'h', b: 'x' }],
      [{ a: 'n', b: 'x' }, { b: 'x' }],
      [{ b: 'x' }, { a: 'x', b: 'x' }],
    ] as const)
      expect(mergeRecord(mapping, base, notes, handbook, new Set(['a']))).toEqual({
        toHandbook: {},
        toNotes: {},
        agreed: base,
        conflicts: [],
        closes: [],
      });
  });

  it('[RS1] a decision that moves the base to the loser’s value brings the winner across and asks no more', () => {
    const sides = { notes: note({ a: 'n', b: 'x' }), handbook: record({ a: 'h', b: 'x' }) };
    const forNotes = plan(inputOf({ mapping, ...sides, pair: { base: { ...base, a: 'h' } } }));
    expect(forNotes).toMatchObject({ handbook: { set: { a: 'n' } }, notes: null, conflicts: [] });
    const forHandbook = plan(inputOf({ mapping, ...sides, pair: { base: { ...base, a: 'n' } } }));
    expect(forHandbook).toMatchObject({ handbook: null, notes: { set: { a: 'h' } }, conflicts: [] });
  });
});

describe('a change of the mapping', () => {
  const wider = mappingOf([...TWO, fieldOf('c', { direction: 'pull' })], { version: '2.1' });
  const three = { ...base, c: 'new' };

  it('[MC1] untouched fields keep their base; the new field alone crosses', () => {
    const decided = plan(
      inputOf({
        mapping: wider,
        notes: note(three),
        handbook: record({ ...base, b: 'edited', c: null }),
        pair: { base },
      }),
    );
    expect(decided).toMatchObject({
      handbook: { set: { c: 'new' } },
      notes: { set: { b: 'edited' } },
      conflicts: [],
    });
  });

  it('[MC1] a base that still names a field of the old mapping is not used for it, nor kept', () => {
    const decided = plan(
      inputOf({ mapping, notes: note(base), handbook: record(base), pair: { base: { ...base, old: 'x' } } }),
    );
    expect(decided).toMatchObject({ rule: 'PL1', handbook: null, notes: null });
    expect(decided.base).toEqual(base);
  });

  it('[MC2] a field that left the mapping is emptied in the handbook and not touched in Notes', () => {
    const decided = plan(
      inputOf({
        mapping,
        notes: note(base),
        handbook: record({ ...base, old: 'left over' }),
        pair: { base: { ...base, old: 'left over' } },
        frozen: new Set(['old']),
      }),
    );
    expect(decided).toMatchObject({
      rule: 'PL2',
      handbook: { set: { old: null } },
      notes: null,
      conflicts: [],
    });
    expect(decided.closes).toEqual(['old']);
    const after = plan(inputOf({ mapping, notes: note(base), handbook: record(base), pair: { base } }));
    expect(after).toMatchObject({ rule: 'PL1', handbook: null, notes: null });
  });

  it('[MC3] a gained field is nobody’s edit: it revives no deleted record and holds up no deletion', () => {
    const deleted = plan(
      inputOf({
        mapping: wider,
        notes: note(three),
        handbook: { kind: 'deleted', version: 4 },
        pair: { base },
      }),
    );
    expect(deleted).toMatchObject({ rule: 'PL11', notes: { kind: 'delete' }, conflicts: [] });
    const handbook = record({ ...base, c: null, old: 'left over' });
    expect(
      plan(inputOf({ mapping: wider, notes: { kind: 'gone', evidence: 'stub' }, handbook, pair: { base } })),
    ).toMatchObject({ rule: 'PL9', handbook: { kind: 'remove' }, conflicts: [] });
    expect(
      plan(inputOf({ mapping: wider, notes: { kind: 'missing' }, handbook, pair: { base } })),
    ).toMatchObject({ rule: 'PL7', handbook: { kind: 'hide' }, conflicts: [] });
  });
});
