import * as fc from 'fast-check';
import type { ConflictPolicy, FieldMapping } from '../mapping.ts';
import type { FieldTriple } from '../merge.ts';
import type { FieldValue } from '../values.ts';
import { valueOf } from './arbitrary-fields.ts';
import { fieldOf } from './sample-mapping.ts';

export const POLICIES: readonly ConflictPolicy[] = [
  'notes-wins',
  'handbook-wins',
  'manual',
  'union',
  'max',
  'min',
];
export const DIRECTIONS = ['pull', 'push', 'both'] as const;

export const anyField: fc.Arbitrary<FieldMapping> = fc
  .tuple(fc.constantFrom(...POLICIES), fc.constantFrom(...DIRECTIONS))
  .map(([conflict, direction]) =>
    fieldOf('f', {
      conflict,
      direction,
      type: conflict === 'union' ? 'set' : conflict === 'max' || conflict === 'min' ? 'number' : 'text',
    }),
  );

/** A base (perhaps unknown), each side the base or an edit of it, perhaps unavailable. */
export const anyCase: fc.Arbitrary<{ field: FieldMapping; triple: FieldTriple }> = anyField.chain((field) =>
  fc
    .record({
      known: fc.boolean(),
      base: valueOf(field),
      notes: fc.option(valueOf(field)),
      handbook: fc.option(valueOf(field)),
      editedNotes: fc.boolean(),
      editedHandbook: fc.boolean(),
    })
    .map((drawn) => {
      const side = (edited: boolean, value: FieldValue | null): FieldValue | undefined =>
        edited ? (value ?? undefined) : drawn.base;
      return {
        field,
        triple: {
          base: drawn.known ? drawn.base : undefined,
          notes: side(drawn.editedNotes, drawn.notes),
          handbook: side(drawn.editedHandbook, drawn.handbook),
        },
      };
    }),
);
