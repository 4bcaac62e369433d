import { describe, expect, it } from 'vitest';
import { plan } from './plan.ts';
import { fieldOf, inputOf, mappingOf, note, record } from './testing/sample-mapping.ts';

const mapping = mappingOf([fieldOf('code', { direction: 'push' }), fieldOf('answer', { direction: 'pull' })]);
const base = { code: 'DX-1', answer: null };
const words = { code: 'DX-1' };
const deleted = { kind: 'deleted', version: 4 } as const;
const absent = { kind: 'absent', version: 0 } as const;
const unmarked = { kind: 'unmarked', reason: 'mark-missing' } as const;
const classified = { kind: 'classified', reason: 'level-not-open' } as const;
const gone = { kind: 'gone', evidence: 'stub' } as const;
const missing = { kind: 'missing' } as const;
const edited = record({ ...base, code: 'DX-2' });

describe('what a plan says of itself', () => {
  it('[PL5] [QU2] what is set aside names the key’s field, never its value', () => {
    const given = { mapping, notes: note(base), handbook: absent, pair: { status: 'new' as const } };
    const taken = plan(inputOf({ ...given, key: 'taken' }));
    expect([taken.rule, taken.quarantine?.detail]).toEqual(['PL5', 'another note holds the code']);
    const zombie = plan(inputOf({ ...given, key: 'tombstone' }));
    expect([zombie.rule, zombie.quarantine?.detail]).toEqual([
      'PL5',
      'the code belongs to a deleted document',
    ]);
  });

  it('[PL6] a record whose form only Notes creates says so', () => {
    const only = { ...mapping, creates: 'notes' as const };
    const decided = plan(
      inputOf({ mapping: only, handbook: record(base), pair: { status: 'new', unid: null } }),
    );
    expect([decided.rule, decided.quarantine]).toEqual([
      'PL6',
      { code: 'not-creatable', detail: 'form DeXuat is created in Notes only' },
    ]);
  });

  it('[PL11] a deletion names its side; a refused one is PL11 as well, whatever the policy of edits', () => {
    const same = { notes: note(base), handbook: deleted, pair: { base } };
    expect(plan(inputOf({ mapping, ...same })).reason).toBe('handbook');
    const refused = { ...mapping, handbookDelete: 'refuse' as const };
    expect(plan(inputOf({ mapping: refused, ...same })).rule).toBe('PL11');
    const compatible = { ...refused, editAgainstDelete: 'notes-compatible' as const };
    const decided = plan(inputOf({ mapping: compatible, ...same, notes: note({ ...base, answer: 'có' }) }));
    expect(decided).toMatchObject({ rule: 'PL12', notes: null, handbook: { event: 'undelete-record' } });
  });

  it('[PL12] the conflict of a deletion that won says what it is', () => {
    const compatible = { ...mapping, editAgainstDelete: 'notes-compatible' as const };
    const decided = plan(
      inputOf({
        mapping: compatible,
        notes: note({ ...base, answer: 'có' }),
        handbook: deleted,
        pair: { base },
      }),
    );
    expect(decided.conflicts[0]?.kind).toBe('edit-against-delete');
  });

  it.each([
    ['live', 'withdrawn'],
    ['withdrawn', 'withdrawn'],
    ['new', 'withheld'],
    ['withheld', 'withheld'],
  ] as const)('[PL13] a pair that was %s and has no record is %s without a release', (status, then) => {
    for (const notes of [unmarked, classified])
      expect(plan(inputOf({ mapping, notes, handbook: absent, pair: { status } }))).toMatchObject({
        status: then,
        reason: notes.reason,
        base: {},
        closes: [],
      });
  });

  it('[PL14] [GA6] is of records born in the handbook alone, and says why they wait', () => {
    const own = { mapping, notes: unmarked, pair: { base: words, bornIn: 'handbook' as const } };
    expect(plan(inputOf({ ...own, handbook: record(words) }))).toMatchObject({
      rule: 'PL14',
      reason: 'unmarked',
    });
    expect(plan(inputOf({ ...own, handbook: deleted }))).toMatchObject({ rule: 'PL14', reason: 'unmarked' });
    const theirs = { ...own, pair: { base: words, bornIn: 'notes' as const } };
    expect(plan(inputOf({ ...theirs, handbook: record(words) })).rule).toBe('PL13');
  });

  it('[PL7] [PL8] a wait says for what', () => {
    expect(plan(inputOf({ mapping, notes: missing, handbook: absent, pair: { base } })).reason).toBe(
      'missing',
    );
    expect(plan(inputOf({ mapping, notes: missing, handbook: edited, pair: { base } })).reason).toBe(
      'edited',
    );
  });

  it('[PL8] a record that is hidden already is not hidden again', () => {
    const hidden = record({ ...base, code: 'DX-2' }, true);
    for (const notes of [missing, gone])
      expect(plan(inputOf({ mapping, notes, handbook: hidden, pair: { base } })).handbook).toBeNull();
  });

  it('[IM6] of a doubtful base: a missing note waits and asks nobody, a proven deletion is for a person', () => {
    const doubted = { mapping, handbook: edited, pair: { base }, doubtful: true };
    const waits = plan(inputOf({ ...doubted, notes: missing }));
    expect(waits).toMatchObject({
      rule: 'PL7',
      status: 'missing',
      conflicts: [],
      handbook: { kind: 'hide' },
    });
    const asks = plan(inputOf({ ...doubted, notes: gone }));
    expect(asks).toMatchObject({ rule: 'PL8', status: 'detached', conflicts: [{ winner: null }] });
  });
});
