import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyIntents } from './apply-intents.ts';
import { sameValue } from './canonical.ts';
import { mergeField } from './merge.ts';
import { asField, filesOf, mergeAttachments } from './merge-attachments.ts';
import type { FieldMapping } from './mapping.ts';
import type { BlobRef, FieldValue } from './values.ts';

/** Few names and contents, so that they meet. */
const files: fc.Arbitrary<FieldValue> = fc
  .dictionary(fc.constantFrom('a.pdf', 'b.pdf', 'c.pdf', 'd.pdf'), fc.integer({ min: 1, max: 3 }), {
    noNullPrototype: true,
  })
  .map((byName) => asField(Object.entries(byName).map(([name, content]) => file(name, content))));

const file = (name: string, content: number): BlobRef => ({
  name,
  sha256: String(content).repeat(64),
  size: content,
});

const field = (conflict: FieldMapping['conflict']): FieldMapping => ({
  item: '$FILE',
  field: 'files',
  type: 'attachments',
  direction: 'both',
  writer: 'both',
  conflict,
  clear: 'delete',
  nonsummary: false,
  check: {},
});

describe('mergeAttachments', () => {
  it('[ME10] keeps what either side added, drops what either removed, and tells every name that clashes', () => {
    fc.assert(
      fc.property(files, files, files, (base, notes, handbook) => {
        const merged = mergeAttachments(base, notes, handbook);
        const [was, left, right, now] = [base, notes, handbook, asField(merged.files)].map(filesOf);
        const clashing = new Set(merged.clashes.map(({ name }) => name));
        for (const name of ['a.pdf', 'b.pdf', 'c.pdf', 'd.pdf']) {
          const [b, n, h] = [was, left, right].map((one) => one?.get(name) ?? null);
          const unlike = !sameValue(n ?? null, h ?? null);
          const bothChanged = !sameValue(b ?? null, n ?? null) && !sameValue(b ?? null, h ?? null);
          expect(clashing.has(name)).toBe(unlike && bothChanged);
          if (clashing.has(name)) continue;
          const expected = sameValue(b ?? null, n ?? null) ? h : n;
          expect(now?.get(name) ?? null).toEqual(expected ?? null);
        }
      }),
    );
  });

  it('[ME10] mirrors when the sides are swapped', () => {
    fc.assert(
      fc.property(files, files, files, (base, notes, handbook) => {
        const one = mergeAttachments(base, notes, handbook);
        const other = mergeAttachments(base, handbook, notes);
        expect(other.files).toEqual(one.files);
        expect(new Set(other.clashes.map(({ name }) => name))).toEqual(
          new Set(one.clashes.map(({ name }) => name)),
        );
      }),
    );
  });
});

describe('a field of attachments', () => {
  it.each(['notes-wins', 'handbook-wins'] as const)(
    '[ME10] agrees in one round under %s, and loses no file that nobody removed',
    (policy) => {
      fc.assert(
        fc.property(fc.option(files, { nil: undefined }), files, files, (base, notes, handbook) => {
          const merge = mergeField(field(policy), { base, notes, handbook });
          const value = merge.kind === 'settled' ? merge.value : notes;
          const write = merge.kind === 'settled' ? merge.write : { notes: false, handbook: false };
          expect(write).toEqual({ notes: !sameValue(value, notes), handbook: !sameValue(value, handbook) });
          const kept = filesOf(value);
          const winners = filesOf(policy === 'notes-wins' ? notes : handbook);
          const lost = [...winners.keys()].filter((name) => !kept.has(name));
          const removed = (name: string) => filesOf(base ?? null).has(name);
          expect(lost.every(removed)).toBe(true);
          const replaced = [...filesOf(notes), ...filesOf(handbook)].filter(
            ([name, one]) =>
              kept.has(name) &&
              !sameValue(kept.get(name) ?? null, one) &&
              !sameValue(one, filesOf(base ?? null).get(name) ?? null),
          );
          expect(replaced.length > 0 && merge.kind === 'settled' && merge.conflict === null).toBe(false);
          expect(mergeField(field(policy), { base: value, notes: value, handbook: value }).kind).toBe('same');
        }),
      );
    },
  );

  /** Each file that differs is removed, then attached anew; a death may come after any of these saves. */
  function stepsOf(before: FieldValue, wanted: FieldValue): readonly FieldValue[] {
    const now = new Map(filesOf(before));
    const states: FieldValue[] = [before];
    for (const [name, one] of filesOf(wanted)) {
      if (sameValue(now.get(name) ?? null, one)) continue;
      if (now.delete(name)) states.push(asField([...now.values()]));
      now.set(name, one);
      states.push(asField([...now.values()]));
    }
    for (const name of filesOf(before).keys()) {
      if (!now.has(name) || filesOf(wanted).has(name)) continue;
      now.delete(name);
      states.push(asField([...now.values()]));
    }
    return states;
  }

  it('[IN2] a write that died after any of its saves goes on, and is no conflict', () => {
    fc.assert(
      fc.property(files, files, fc.nat(), (base, wanted, cut) => {
        const states = stepsOf(base, wanted);
        const now = states[cut % states.length] ?? null;
        const known = applyIntents(
          { files: base },
          [
            {
              opId: 'o',
              pairId: 'p',
              side: 'notes',
              kind: 'update',
              fields: { files: wanted },
              fence: 1,
              settlesAt: '',
            },
          ],
          { kind: 'note', token: { kind: 'oid', value: '1' }, fields: { files: now } },
          { kind: 'absent', version: 0 },
        );
        const merge = mergeField(field('notes-wins'), {
          base: known['files'],
          notes: now,
          handbook: wanted,
        });
        const done = sameValue(now, wanted);
        expect(merge).toEqual(
          done
            ? { kind: 'same' }
            : { kind: 'settled', value: wanted, write: { notes: true, handbook: false }, conflict: null },
        );
      }),
    );
  });

  it('[IN2] what somebody else did meanwhile to other files is still told', () => {
    const intent = {
      opId: 'o',
      pairId: 'p',
      side: 'notes',
      kind: 'update',
      fence: 1,
      settlesAt: '',
    } as const;
    const known = applyIntents(
      { files: [file('old.pdf', 1)] },
      [{ ...intent, fields: { files: [file('a.pdf', 1), file('old.pdf', 1)] } }],
      {
        kind: 'note',
        token: { kind: 'oid', value: '1' },
        fields: { files: [file('a.pdf', 1), file('theirs.pdf', 2)] },
      },
      { kind: 'absent', version: 0 },
    );
    expect(known['files']).toEqual([file('a.pdf', 1), file('old.pdf', 1)]);
  });
});
