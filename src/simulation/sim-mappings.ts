import type { ConflictPolicy, FieldMapping, FieldType, Mapping } from '../sync/mapping.ts';

/** What differs between the histories' mappings. */
export interface MappingChoice {
  readonly handbookDelete: Mapping['handbookDelete'];
  readonly editAgainstDelete: Mapping['editAgainstDelete'];
}

export const PARENT_FORM = 'ToChuc';
export const CHILD_FORM = 'CongViec';
export const BORN_FORM = 'DeXuat';

const GATE = {
  denied: false,
  classification: { item: 'DoMat', open: ['Thuong'] },
  release: { item: 'ChoPhepChuyen', marks: ['1'] },
} as const;

/**
 * Three small forms in which every direction, writer and policy occurs: a parent, a child that its parent's release governs, and one that members bring into
 * being. `acceptRace`, since people on both sides edit the same items.
 */
export function simulationMappings(choice: MappingChoice): readonly Mapping[] {
  const common = {
    version: 'sim.1',
    acceptRace: true,
    ...choice,
    softDelete: { item: 'DaXoa', value: '1' },
  };
  return [
    {
      ...common,
      form: PARENT_FORM,
      entity: 'organisation',
      title: { vi: 'Tổ chức', en: 'Organisation' },
      key: 'code',
      gate: GATE,
      creates: 'notes',
      fields: [
        field('Ma', 'code', 'text', 'pull'),
        field('Ten', 'name', 'text', 'pull'),
        field('GhiNho', 'memo', 'text', 'both', 'manual'),
        field('TinhTrang', 'state', 'text', 'both', 'notes-wins'),
        field('DauMoi', 'contact', 'text', 'both', 'handbook-wins'),
        field('Nhan', 'tags', 'set', 'both', 'union'),
        field('CaoNhat', 'highest', 'number', 'both', 'max'),
        field('ThapNhat', 'lowest', 'number', 'both', 'min'),
      ],
    },
    {
      ...common,
      form: CHILD_FORM,
      entity: 'work',
      title: { vi: 'Công việc', en: 'Work' },
      key: 'code',
      gate: { ...GATE, parent: { field: 'organisation', entity: 'organisation' } },
      creates: 'notes',
      fields: [
        field('Ma', 'code', 'text', 'pull'),
        { ...field('MaToChuc', 'organisation', 'reference', 'pull'), entity: 'organisation' },
        field('TieuDe', 'title', 'text', 'both', 'notes-wins'),
        field('TienDo', 'progress', 'number', 'push'),
        field('BaoCao', 'report', 'text', 'push'),
      ],
    },
    {
      ...common,
      form: BORN_FORM,
      entity: 'proposal',
      title: { vi: 'Đề xuất', en: 'Proposal' },
      key: 'code',
      gate: GATE,
      creates: 'both',
      fields: [
        field('Ma', 'code', 'text', 'push'),
        field('NoiDung', 'content', 'text', 'push'),
        field('YKien', 'opinion', 'text', 'both', 'handbook-wins'),
        field('TraLoi', 'answer', 'text', 'pull'),
      ],
    },
  ];
}

function field(
  item: string,
  name: string,
  type: FieldType,
  direction: FieldMapping['direction'],
  conflict: ConflictPolicy = 'notes-wins',
): FieldMapping {
  return {
    item,
    field: name,
    type,
    direction,
    writer: direction === 'pull' ? 'notes' : direction === 'push' ? 'handbook' : 'both',
    conflict,
    clear: 'empty',
    nonsummary: false,
    check: type === 'text' && name === 'code' ? { required: true, maxLength: 40 } : {},
  };
}
