import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameValue } from './canonical.ts';
import type { ConflictPolicy, FieldMapping } from './mapping.ts';
import { type FieldMerge, type FieldTriple, mergeField } from './merge.ts';
import type { ConflictDraft } from './pair.ts';
import { valueOf } from './testing/arbitrary-fields.ts';
import { anyCase, anyField } from './testing/arbitrary-merge.ts';
import type { FieldValue, Scalar } from './values.ts';

const settled = (value: FieldValue, notes: boolean, handbook: boolean) =>
  ({ kind: 'settled', value, write: { notes, handbook }, conflict: null }) satisfies FieldMerge;

describe('mergeField, whatever field and values', () => {
  it('[ME1] merge(x, x, x) is nothing; [ME2] merge(b, x, x) is x without a conflict; [ME3] so is merge(b, b, x) where its side may edit', () => {
    fc.assert(
      fc.property(
        anyField.chain((field) => fc.tuple(fc.constant(field), valueOf(field), valueOf(field))),
        ([field, b, x]) => {
          expect(mergeField(field, { base: b, notes: b, handbook: b })).toEqual({ kind: 'same' });
          if (sameValue(b, x)) return;
          expect(mergeField(field, { base: b, notes: x, handbook: x })).toEqual(settled(x, false, false));
          const pushable: FieldMapping = field.direction === 'pull' ? { ...field, direction: 'push' } : field;
          expect(mergeField(pushable, { base: b, notes: b, handbook: x })).toEqual(settled(x, true, false));
          const pullable: FieldMapping = field.direction === 'push' ? { ...field, direction: 'pull' } : field;
          expect(mergeField(pullable, { base: b, notes: x, handbook: b })).toEqual(settled(x, false, true));
        },
      ),
    );
  });

  it('[ME5] swapping sides, policy and direction mirrors the result', () => {
    fc.assert(
      fc.property(anyCase, ({ field, triple }) => {
        const { base, notes, handbook } = triple;
        // [ME8]'s one exception.
        fc.pre(
          !(
            base === undefined &&
            ((field.direction === 'pull' && notes === null) ||
              (field.direction === 'push' && handbook === null))
          ),
        );
        const mirrored = mergeField(mirrorField(field), { base, notes: handbook, handbook: notes });
        expect(mirrored).toEqual(mirror(mergeField(field, triple)));
      }),
      { numRuns: 2000 },
    );
  });

  it('[ME5] a second merge after the writes does nothing, whether or not the base was recorded', () => {
    fc.assert(
      fc.property(anyCase, ({ field, triple }) => {
        const first = mergeField(field, triple);
        if (first.kind !== 'settled') return;
        const { notes, handbook } = applied(triple, first);
        if (notes === undefined || handbook === undefined) return;
        expect(mergeField(field, { base: first.value, notes, handbook })).toEqual({ kind: 'same' });
        const again = mergeField(field, { base: triple.base, notes, handbook });
        // Without the new base it is adopted, unless the value never left the old one.
        const adopted = settled(first.value, false, false);
        expect(again).toEqual(same(triple.base, first.value) ? { kind: 'same' } : adopted);
      }),
      { numRuns: 2000 },
    );
  });

  it('[ME5] loses nothing: every edit stands, is merged in, or is in the conflict', () => {
    fc.assert(
      fc.property(anyCase, ({ field, triple }) => {
        const result = mergeField(field, triple);
        const after = applied(triple, result);
        for (const side of ['notes', 'handbook'] as const) {
          const edit = triple[side];
          if (edit === undefined || (triple.base !== undefined && sameValue(edit, triple.base))) continue;
          const stands = same(edit, after.notes) || same(edit, after.handbook);
          const kept = conflictOf(result) !== null && same(edit, conflictOf(result)?.[side]);
          const united =
            field.conflict === 'union' &&
            result.kind === 'settled' &&
            addedBy(edit, triple.base, result.value);
          // Without a base an empty value says nothing: there is no edit that could be lost.
          expect(stands || kept || united || (edit === null && triple.base === undefined)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('[ME5] invents nothing: what is written was on a side or in the base, or is a union of them', () => {
    fc.assert(
      fc.property(anyCase, ({ field, triple }) => {
        const result = mergeField(field, triple);
        if (result.kind !== 'settled') return;
        const sources = [triple.base, triple.notes, triple.handbook];
        if (sources.some((source) => same(result.value, source))) return;
        expect(field.conflict).toBe('union');
        const known = new Set(sources.flatMap((source) => (source ?? []) as readonly Scalar[]));
        for (const value of (result.value ?? []) as readonly Scalar[]) expect(known.has(value)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

function applied(triple: FieldTriple, merge: FieldMerge) {
  if (merge.kind !== 'settled') return { notes: triple.notes, handbook: triple.handbook };
  return {
    notes: merge.write.notes ? merge.value : triple.notes,
    handbook: merge.write.handbook ? merge.value : triple.handbook,
  };
}

function conflictOf(merge: FieldMerge): ConflictDraft | null {
  return merge.kind === 'same' ? null : merge.conflict;
}

function same(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  return a !== undefined && b !== undefined && sameValue(a, b);
}

/** The edit's additions are in the result and its removals are not, unless the other side added them. */
function addedBy(edit: FieldValue, base: FieldValue | undefined, result: FieldValue): boolean {
  const list = (value: FieldValue | undefined) => (value ?? []) as readonly Scalar[];
  const additions = list(edit).filter((value) => !list(base).includes(value));
  const removals = list(base).filter((value) => !list(edit).includes(value));
  return (
    additions.every((value) => list(result).includes(value)) &&
    removals.every((value) => !list(result).includes(value))
  );
}

const OTHER = { notes: 'handbook', handbook: 'notes' } as const;

function mirrorField(field: FieldMapping): FieldMapping {
  const direction = ({ pull: 'push', push: 'pull', both: 'both' } as const)[field.direction];
  return { ...field, direction, conflict: mirrorPolicy(field.conflict) };
}

function mirrorPolicy(policy: ConflictPolicy): ConflictPolicy {
  if (policy === 'notes-wins') return 'handbook-wins';
  return policy === 'handbook-wins' ? 'notes-wins' : policy;
}

function mirror(merge: FieldMerge): FieldMerge {
  if (merge.kind === 'same') return merge;
  const conflict = merge.conflict && {
    ...merge.conflict,
    notes: merge.conflict.handbook,
    handbook: merge.conflict.notes,
    policy: mirrorPolicy(merge.conflict.policy as ConflictPolicy),
    winner:
      merge.conflict.winner === 'notes' || merge.conflict.winner === 'handbook'
        ? OTHER[merge.conflict.winner]
        : merge.conflict.winner,
  };
  if (merge.kind === 'frozen') return { kind: 'frozen', conflict: conflict as ConflictDraft };
  return {
    ...merge,
    conflict,
    write: { notes: merge.write.handbook, handbook: merge.write.notes },
  };
}
