import { describe, expect, it } from 'vitest';
import { plan } from './plan.ts';
import { fieldOf, inputOf, mappingOf, note, record } from './testing/sample-mapping.ts';

const mapping = mappingOf([
  fieldOf('code', { direction: 'push' }),
  fieldOf('words', { direction: 'push' }),
  fieldOf('answer', { direction: 'pull' }),
]);
/** What the create wrote: the member had left the words empty, and the answer is for Notes to give. */
const created = { code: 'DX-1' };
const born = { status: 'live', bornIn: 'handbook', base: created } as const;
const gone = { kind: 'gone', evidence: 'stub' } as const;
const deleted = { kind: 'deleted', version: 4 } as const;

describe('a pair of which only what the create wrote is known', () => {
  it('[PL12] takes an item that was filled in since for an edit: the member’s deletion does not take it along', () => {
    const answered = { ...created, words: null, answer: 'có' };
    const decided = plan(inputOf({ mapping, notes: note(answered), handbook: deleted, pair: born }));
    expect(decided).toMatchObject({ rule: 'PL12', notes: null, handbook: { event: 'undelete-record' } });
    expect(decided.conflicts).toMatchObject([{ kind: 'edit-against-delete', winner: 'notes' }]);
  });

  it('[PL8] takes a field that was filled in since for an edit: the note’s deletion does not take it along', () => {
    const said = { ...created, words: 'xin', answer: null };
    const decided = plan(inputOf({ mapping, notes: gone, handbook: record(said), pair: born }));
    expect(decided).toMatchObject({ rule: 'PL8', status: 'detached', handbook: { kind: 'hide' } });
  });

  it('[PL9] [PL11] is not edited where nothing was filled in', () => {
    const same = { ...created, words: null, answer: null };
    expect(plan(inputOf({ mapping, notes: note(same), handbook: deleted, pair: born })).rule).toBe('PL11');
    expect(plan(inputOf({ mapping, notes: gone, handbook: record(same), pair: born })).rule).toBe('PL9');
  });

  it('[MC3] is not edited because the mapping gained a field, once anything has come from Notes', () => {
    const crossed = { ...born, base: { ...created, words: null } };
    const now = { ...created, words: null, answer: 'có' };
    expect(plan(inputOf({ mapping, notes: note(now), handbook: deleted, pair: crossed })).rule).toBe('PL11');
  });
});
