import type { FieldMapping, FieldType, Mapping } from '../mapping.ts';
import type { PlanInput } from '../plan-types.ts';
import type { Fields } from '../values.ts';

type Shape = Pick<FieldMapping, 'direction' | 'conflict'> & { readonly type: FieldType };

export function fieldOf(name: string, shape: Partial<Shape> = {}): FieldMapping {
  return {
    item: name.toUpperCase(),
    field: name,
    type: 'text',
    direction: 'both',
    writer: 'both',
    conflict: 'manual',
    clear: 'delete',
    nonsummary: false,
    check: {},
    ...shape,
  };
}

export function mappingOf(fields: readonly FieldMapping[], rest: Partial<Mapping> = {}): Mapping {
  return {
    form: 'DeXuat',
    entity: 'proposal',
    version: '1.1',
    title: { vi: 'Đề xuất', en: 'Proposal' },
    key: 'code',
    gate: {
      denied: false,
      classification: { item: 'DoMat', open: ['Thuong'] },
      release: { item: 'ChoPhepChuyen', marks: ['1'] },
    },
    creates: 'both',
    handbookDelete: 'soft',
    editAgainstDelete: 'keep-edit',
    acceptRace: true,
    fields,
    ...rest,
  };
}

/** One field of every direction and policy. */
export const EVERY_KIND: readonly FieldMapping[] = [
  fieldOf('code', { conflict: 'notes-wins' }),
  fieldOf('pulled', { direction: 'pull', conflict: 'notes-wins' }),
  fieldOf('pushed', { direction: 'push', conflict: 'handbook-wins' }),
  fieldOf('ours', { conflict: 'notes-wins' }),
  fieldOf('theirs', { conflict: 'handbook-wins' }),
  fieldOf('asked', { conflict: 'manual' }),
  fieldOf('tags', { type: 'set', conflict: 'union' }),
  fieldOf('most', { type: 'number', conflict: 'max' }),
  fieldOf('least', { type: 'number', conflict: 'min' }),
];

export function note(fields: Fields, value = 'T1'): PlanInput['notes'] {
  return { kind: 'note', token: { kind: 'modified', value }, fields };
}

export function record(fields: Fields, hidden = false, version = 3): PlanInput['handbook'] {
  return { kind: 'record', version, fields, hidden };
}

/** A live pair under {@link EVERY_KIND} unless told otherwise. */
export function inputOf(
  given: Partial<Omit<PlanInput, 'pair'>> & { readonly pair?: Partial<PlanInput['pair']> },
): PlanInput {
  return {
    mapping: mappingOf(EVERY_KIND),
    notes: { kind: 'none' },
    handbook: { kind: 'absent', version: 0 },
    intents: [],
    frozen: new Set(),
    key: 'free',
    ...given,
    pair: {
      status: 'live',
      base: {},
      baseMapping: '1.1',
      bornIn: 'notes',
      unid: 'ABCDEF0123456789ABCDEF0123456789',
      ...given.pair,
    },
  };
}
