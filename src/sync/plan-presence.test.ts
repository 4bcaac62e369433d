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
const absent = { kind: 'absent', version: 0 } as const;
const unmarked = { kind: 'unmarked', reason: 'mark-missing' } as const;

describe('what comes into being', () => {
  it('[PL5] creates the record with everything the note shows, and knows it when it landed', () => {
    const decided = plan(inputOf({ mapping, notes: note(base), handbook: absent, pair: { status: 'new' } }));
    expect(decided).toMatchObject({
      rule: 'PL5',
      handbook: { kind: 'put', event: 'create-record', set: base },
      base: {},
      baseAfterHandbook: base,
      status: 'live',
    });
  });

  it.each([
    ['taken', 'duplicate-key'],
    ['tombstone', 'zombie'],
  ] as const)('[PL5] does not create where its key is %s', (key, code) => {
    const decided = plan(
      inputOf({ mapping, notes: note(base), handbook: absent, key, pair: { status: 'new' } }),
    );
    expect(decided).toMatchObject({ handbook: null, quarantine: { code }, status: 'new' });
    // The reason is a code: it holds nothing of the note.
    expect(decided.quarantine?.detail).not.toContain('DX-1');
  });

  it('[PL6] creates the note with what a member may write, never with what Notes owns', () => {
    const decided = plan(
      inputOf({
        mapping,
        handbook: record({ ...base, answer: 'forged' }),
        pair: { status: 'new', bornIn: 'handbook', unid: null },
      }),
    );
    expect(decided).toMatchObject({
      rule: 'PL6',
      handbook: null,
      notes: { kind: 'create', set: { code: 'DX-1', words: 'xin' } },
      baseAfterNotes: { code: 'DX-1', words: 'xin' },
    });
    expect(decided.notes?.kind === 'create' && Object.keys(decided.notes.set)).toEqual(['code', 'words']);
  });

  it('[PL6] sets aside a record whose form only Notes creates', () => {
    const decided = plan(
      inputOf({
        mapping: mappingOf(FIELDS, { creates: 'notes' }),
        handbook: record(base),
        pair: { status: 'new', bornIn: 'handbook', unid: null },
      }),
    );
    expect(decided).toMatchObject({ notes: null, quarantine: { code: 'not-creatable' }, status: 'new' });
  });

  it('[PL6] forgets a record that went before its note came to be', () => {
    expect(
      plan(inputOf({ mapping, handbook: deleted, pair: { status: 'new', bornIn: 'handbook', unid: null } })),
    ).toMatchObject({ status: 'tombstone', reason: 'never-created', notes: null, handbook: null });
  });
});

describe('what goes', () => {
  it('[PL7] hides the record of a missing note once, and shows it when the note returns', () => {
    const missing = { kind: 'missing' } as const;
    expect(plan(inputOf({ mapping, notes: missing, handbook: record(base), pair: { base } }))).toMatchObject({
      status: 'missing',
      handbook: { kind: 'hide' },
      base,
    });
    const hidden = record(base, true);
    const pair = { base, status: 'missing' } as const;
    expect(plan(inputOf({ mapping, notes: missing, handbook: hidden, pair })).handbook).toBeNull();
    expect(plan(inputOf({ mapping, notes: note(base), handbook: hidden, pair }))).toMatchObject({
      rule: 'PL7',
      status: 'live',
      handbook: { kind: 'put', event: 'show-record', set: {} },
    });
    expect(
      plan(inputOf({ mapping, notes: note({ ...base, answer: 'có' }), handbook: hidden, pair })),
    ).toMatchObject({ handbook: { kind: 'put', event: 'show-record', set: { answer: 'có' } } });
  });

  it.each(['new', 'withheld'] as const)(
    '[PL7] a %s note that Readers hide is not buried: it crosses when it is seen and released',
    (status) => {
      const away = plan(inputOf({ mapping, notes: { kind: 'missing' }, handbook: absent, pair: { status } }));
      expect(away.status).toBe('missing');
      const pair = { status: away.status, base: away.base };
      expect(plan(inputOf({ mapping, notes: note(base), handbook: absent, pair }))).toMatchObject({
        rule: 'PL5',
        handbook: { event: 'create-record' },
      });
      // It returns without its mark: it has still never crossed.
      expect(plan(inputOf({ mapping, notes: unmarked, handbook: absent, pair })).status).toBe('withheld');
    },
  );

  it.each(['missing', 'gone'] as const)(
    '[PL8] a %s note with a member’s edit waiting is detached',
    (kind) => {
      const notes = kind === 'gone' ? ({ kind, evidence: 'stub' } as const) : ({ kind } as const);
      const decided = plan(
        inputOf({ mapping, notes, handbook: record({ ...base, words: 'xin lại' }), pair: { base } }),
      );
      expect(decided).toMatchObject({
        rule: 'PL8',
        status: 'detached',
        handbook: { kind: 'hide' },
        notes: null,
      });
      expect(decided.conflicts).toMatchObject([
        {
          kind: 'edit-against-delete',
          field: '*',
          winner: null,
          handbook: '{"words":"xin lại"}',
          notes: null,
        },
      ]);
      expect(decided.base).toEqual(base);
    },
  );

  it('[PL8] a return ends the question and brings the edit across', () => {
    const decided = plan(
      inputOf({
        mapping,
        notes: note(base),
        handbook: record({ ...base, words: 'xin lại' }, true),
        pair: { base, status: 'detached' },
        frozen: new Set(['*']),
      }),
    );
    expect(decided).toMatchObject({
      handbook: { event: 'show-record', set: {} },
      notes: { kind: 'update', set: { words: 'xin lại' } },
      closes: ['*'],
      status: 'live',
    });
  });

  it.each(['stub', 'operator'] as const)(
    '[PL9] removes the record on proof (%s), and names the proof',
    (proof) => {
      const notes = { kind: 'gone', evidence: proof } as const;
      expect(plan(inputOf({ mapping, notes, handbook: record(base), pair: { base } }))).toMatchObject({
        rule: 'PL9',
        status: 'tombstone',
        reason: proof,
        handbook: { kind: 'remove' },
      });
    },
  );

  it('[PL10] hides what Readers hide from the bridge, keeps the base, deletes nothing; a return re-attaches', () => {
    const decided = plan(
      inputOf({ mapping, notes: { kind: 'unreadable' }, handbook: record(base), pair: { base } }),
    );
    expect(decided).toMatchObject({
      status: 'detached',
      reason: 'unreadable',
      handbook: { kind: 'hide' },
      base,
    });
    expect(
      plan(
        inputOf({
          mapping,
          notes: note(base),
          handbook: record(base, true),
          pair: { base, status: 'detached' },
        }),
      ),
    ).toMatchObject({ status: 'live', handbook: { event: 'show-record' } });
  });

  it('[PL11] a person’s deletion goes to Notes as the mapping says', () => {
    const of = (handbookDelete: 'soft' | 'hard' | 'refuse') =>
      plan(
        inputOf({
          mapping: mappingOf(FIELDS, { handbookDelete }),
          notes: note(base),
          handbook: deleted,
          pair: { base },
        }),
      );
    expect(of('soft')).toMatchObject({ notes: { kind: 'delete', how: 'soft' }, status: 'tombstone' });
    expect(of('hard')).toMatchObject({ notes: { kind: 'delete', how: 'hard' }, status: 'tombstone' });
    expect(of('refuse')).toMatchObject({
      notes: null,
      handbook: { event: 'undelete-record', set: base },
      status: 'live',
      // What was known stays known while the record's return has to wait.
      base,
      baseAfterHandbook: base,
    });
  });

  it.each([
    ['as it was', note(base)],
    ['edited', note({ ...base, words: 'khác' })],
    ['not released', unmarked],
    ['gone', { kind: 'gone', evidence: 'stub' } as const],
  ])(
    '[PL18] our own removal is no member’s deletion: nothing is deleted of a note that is %s',
    (_, notes) => {
      const intents = [
        {
          opId: 'o-1',
          pairId: 'p-1',
          side: 'handbook',
          kind: 'delete',
          fields: {},
          fence: 1,
          settlesAt: '2026-01-01T00:00:00.000Z',
        },
      ] as const;
      for (const handbookDelete of ['soft', 'hard', 'refuse'] as const)
        for (const editAgainstDelete of ['keep-edit', 'notes-compatible'] as const) {
          const ruled = mappingOf(FIELDS, { handbookDelete, editAgainstDelete });
          expect(
            plan(inputOf({ mapping: ruled, notes, handbook: deleted, intents, pair: { base } })),
          ).toMatchObject({
            rule: 'PL18',
            status: 'tombstone',
            reason: notes.kind === 'gone' ? 'stub' : 'removed',
            notes: null,
            handbook: null,
          });
        }
    },
  );

  it('[PL12] an edited note brings its deleted record back, and the deletion is told', () => {
    const edited = { ...base, answer: 'có' };
    const decided = plan(inputOf({ mapping, notes: note(edited), handbook: deleted, pair: { base } }));
    expect(decided).toMatchObject({
      rule: 'PL12',
      handbook: { event: 'undelete-record', set: edited },
      notes: null,
    });
    expect(decided.conflicts).toMatchObject([{ kind: 'edit-against-delete', winner: 'notes' }]);
  });

  it('[PL12] notes-compatible lets the deletion win and keeps the edit', () => {
    const decided = plan(
      inputOf({
        mapping: mappingOf(FIELDS, { editAgainstDelete: 'notes-compatible' }),
        notes: note({ ...base, answer: 'có' }),
        handbook: deleted,
        pair: { base },
      }),
    );
    expect(decided).toMatchObject({ rule: 'PL12', notes: { kind: 'delete', how: 'soft' }, handbook: null });
    expect(decided.conflicts).toMatchObject([{ winner: 'handbook', notes: '{"answer":"có"}' }]);
  });

  it.each([
    ['a base that is not believed', { pair: { base }, doubtful: true }],
    ['no base', { pair: { base: {} } }],
  ])(
    '[PL12] [IM6] with %s nothing of Notes is deleted, whatever the policy: the record comes back',
    (_, given) => {
      for (const answer of [null, 'có'])
        for (const handbookDelete of ['soft', 'hard'] as const) {
          const policy = { handbookDelete, editAgainstDelete: 'notes-compatible' } as const;
          const decided = plan(
            inputOf({
              mapping: mappingOf(FIELDS, policy),
              notes: note({ ...base, answer }),
              handbook: deleted,
              ...given,
            }),
          );
          expect(decided).toMatchObject({ notes: null, handbook: { event: 'undelete-record' } });
          expect(decided.conflicts).toMatchObject([{ kind: 'edit-against-delete', winner: 'notes' }]);
        }
    },
  );
});
