import { describe, expect, it } from 'vitest';
import { plan } from './plan.ts';
import { fieldOf, inputOf, mappingOf, note, record } from './testing/sample-mapping.ts';

const FIELDS = [
  fieldOf('code', { direction: 'push' }),
  fieldOf('words', { direction: 'push' }),
  fieldOf('answer', { direction: 'pull' }),
];
const mapping = mappingOf(FIELDS);
const base = { code: 'DX-1', words: 'xin', answer: null };
const deleted = { kind: 'deleted', version: 4 } as const;
const unmarked = { kind: 'unmarked', reason: 'mark-missing' } as const;
const classified = { kind: 'classified', reason: 'level-not-open' } as const;

describe('what lost its release', () => {
  it.each([unmarked, classified])('[PL13] withdraws ($kind), and our memory of the content goes', (notes) => {
    const decided = plan(inputOf({ mapping, notes, handbook: record(base), pair: { base } }));
    expect(decided).toMatchObject({
      rule: 'PL13',
      status: 'withdrawn',
      reason: notes.reason,
      handbook: { kind: 'withdraw', held: {} },
      notes: null,
    });
    expect([decided.base, decided.baseAfterHandbook]).toEqual([{}, {}]);
  });

  it.each([unmarked, classified])(
    '[PL13] keeps nothing of a record that was deleted meanwhile ($kind)',
    (notes) => {
      const decided = plan(inputOf({ mapping, notes, handbook: deleted, pair: { base } }));
      expect(decided).toMatchObject({ status: 'withdrawn', handbook: null, notes: null });
      expect(decided.base).toEqual({});
    },
  );

  it('[PL13] finishes an erasure that a crash cut short, and tells the never crossed from the withdrawn', () => {
    const status = (pair: 'new' | 'withheld' | 'live' | 'missing' | 'detached', version: number) =>
      plan(
        inputOf({
          mapping,
          notes: unmarked,
          handbook: { kind: 'absent', version },
          pair: { base, status: pair },
        }),
      );
    expect(status('live', 7)).toMatchObject({ status: 'withdrawn', handbook: null });
    expect(status('live', 7).base).toEqual({});
    expect(status('missing', 7).status).toBe('withdrawn');
    for (const pair of ['new', 'withheld', 'missing', 'detached'] as const)
      expect(status(pair, 0).status).toBe('withheld');
  });

  it('[PL13] a new release brings the record back from nothing', () => {
    const pair = { status: 'withdrawn', base: {} } as const;
    expect(
      plan(inputOf({ mapping, notes: note(base), handbook: { kind: 'absent', version: 7 }, pair })),
    ).toMatchObject({ rule: 'PL5', handbook: { event: 'create-record', set: base }, conflicts: [] });
  });

  it('[GA5] keeps sealed what the member changed and may change, and not a word that came from Notes', () => {
    const handbook = record({ code: 'DX-1', words: 'xin lại', answer: 'forged' });
    const decided = plan(inputOf({ mapping, notes: classified, handbook, pair: { base } }));
    expect(decided.handbook).toEqual({ kind: 'withdraw', held: { words: 'xin lại' } });
  });

  it('[PL14] [GA6] a record born in the handbook outlives a note that nobody released yet', () => {
    const written = { code: 'DX-1', words: 'xin' };
    const pair = { bornIn: 'handbook', base: written, status: 'live' } as const;
    for (const handbook of [record(base), record({ ...base, words: 'xin lại' })])
      expect(plan(inputOf({ mapping, notes: unmarked, handbook, pair }))).toMatchObject({
        rule: 'PL14',
        status: 'live',
        handbook: null,
        notes: null,
        base: written,
      });
    expect(plan(inputOf({ mapping, notes: unmarked, handbook: deleted, pair }))).toMatchObject({
      rule: 'PL14',
      base: written,
    });
    expect(plan(inputOf({ mapping, notes: classified, handbook: record(base), pair }))).toMatchObject({
      rule: 'PL13',
      status: 'withdrawn',
    });
  });

  it('[GA6] once its note was released, losing the release withdraws it like any other', () => {
    const pair = { bornIn: 'handbook', base: { ...base, answer: 'có' }, status: 'live' } as const;
    const handbook = record({ ...base, answer: 'có' });
    expect(plan(inputOf({ mapping, notes: unmarked, handbook, pair }))).toMatchObject({
      rule: 'PL13',
      handbook: { kind: 'withdraw', held: {} },
    });
    // An answer that was empty at the release is knowledge from Notes as well.
    expect(plan(inputOf({ mapping, notes: unmarked, handbook, pair: { ...pair, base } })).rule).toBe('PL13');
  });
});
