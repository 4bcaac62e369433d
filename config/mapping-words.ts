import type { ConflictPolicy, FieldMapping, FieldType, Mapping } from '../src/sync/mapping.ts';

export type Language = 'vi' | 'en';

/** The words in which a mapping is explained; total, so that a new kind of mapping does not compile without its words. */
export interface MappingWords {
  readonly types: Readonly<Record<FieldType, string>>;
  readonly directions: Readonly<Record<FieldMapping['direction'], string>>;
  readonly writers: Readonly<Record<FieldMapping['writer'], string>>;
  readonly policies: Readonly<Record<ConflictPolicy, string>>;
  readonly creates: Readonly<Record<Mapping['creates'], string>>;
  readonly deletes: Readonly<Record<Mapping['handbookDelete'], string>>;
  readonly editAgainstDelete: Readonly<Record<Mapping['editAgainstDelete'], string>>;
  readonly head: (form: string, title: string, entity: string, version: string) => string;
  readonly key: (item: string, field: string) => string;
  readonly gate: (level: string, open: string, mark: string, marks: string) => string;
  readonly denied: string;
  readonly parent: (field: string, entity: string) => string;
  readonly softDelete: (item: string, value: string) => string;
  readonly race: string;
  readonly required: string;
  readonly pattern: (pattern: string) => string;
  readonly maxLength: (count: number) => string;
  readonly range: (min: string, max: string) => string;
  readonly oneOf: (values: string) => string;
  readonly maxFiles: (count: number) => string;
  readonly maxBytes: (bytes: number) => string;
  readonly truth: (yes: string, no: string) => string;
  readonly entity: (entity: string) => string;
  readonly clearedEmpty: string;
}

const en: MappingWords = {
  types: {
    text: 'text',
    number: 'number',
    boolean: 'yes or no',
    date: 'date',
    partialDate: 'date, perhaps only month or year',
    instant: 'point in time',
    list: 'list of texts in order',
    set: 'set of texts without order',
    names: 'list of Notes names',
    reference: 'reference',
    richText: 'rich text',
    attachments: 'attachments',
  },
  directions: { pull: 'Notes → handbook', push: 'handbook → Notes', both: 'both ways' },
  writers: { notes: 'written in Notes', handbook: 'written in the handbook', both: 'written on both sides' },
  policies: {
    'notes-wins': 'if both changed it, Notes wins',
    'handbook-wins': 'if both changed it, the handbook wins',
    manual: 'if both changed it, a person decides',
    union: 'if both changed it, additions and removals of both are kept',
    max: 'if both changed it, the greater value wins',
    min: 'if both changed it, the smaller value wins',
  },
  creates: {
    notes: 'New documents come from Notes only.',
    handbook: 'New documents come from the handbook only.',
    both: 'New documents come from both sides.',
  },
  deletes: {
    refuse: 'The handbook may not delete them.',
    soft: 'Deleting one in the handbook marks the document in Notes and keeps it.',
    hard: 'Deleting one in the handbook deletes the document in Notes.',
  },
  editAgainstDelete: {
    'keep-edit': 'Changed on one side and deleted on the other: the change is kept.',
    'notes-compatible': 'Changed on one side and deleted on the other: the deletion wins.',
  },
  head: (form, title, entity, version) => `Form ${form} (${title}) becomes "${entity}", version ${version}.`,
  key: (item, field) => `A document is known by ${item} (${field}).`,
  gate: (level, open, mark, marks) =>
    `It crosses only if ${level} is exactly ${open} and ${mark} is exactly ${marks}.`,
  denied: 'It never crosses, whatever its marks.',
  parent: (field, entity) => `It crosses only while the ${entity} that ${field} names is released.`,
  softDelete: (item, value) => `The mark of a deletion is ${item} = ${value}.`,
  race: 'Accepted risk: a save in Notes while the bridge writes the same document may be lost.',
  required: 'required',
  pattern: (pattern) => `of the form ${pattern}`,
  maxLength: (count) => `at most ${count} characters`,
  range: (min, max) => `from ${min} to ${max}`,
  oneOf: (values) => `one of: ${values}`,
  maxFiles: (count) => `at most ${count} files`,
  maxBytes: (bytes) => `each at most ${bytes} bytes`,
  truth: (yes, no) => `yes is ${yes}, no is ${no}`,
  entity: (entity) => `to ${entity}`,
  clearedEmpty: 'emptied as an empty text',
};

const vi: MappingWords = {
  types: {
    text: 'văn bản',
    number: 'số',
    boolean: 'có hoặc không',
    date: 'ngày',
    partialDate: 'ngày, có thể chỉ có tháng hoặc năm',
    instant: 'thời điểm',
    list: 'danh sách có thứ tự',
    set: 'tập hợp không thứ tự',
    names: 'danh sách tên Notes',
    reference: 'tham chiếu',
    richText: 'văn bản có định dạng',
    attachments: 'tệp đính kèm',
  },
  directions: { pull: 'Notes → sổ tay', push: 'sổ tay → Notes', both: 'hai chiều' },
  writers: { notes: 'nhập trong Notes', handbook: 'nhập trong sổ tay', both: 'nhập ở cả hai bên' },
  policies: {
    'notes-wins': 'hai bên cùng sửa thì lấy theo Notes',
    'handbook-wins': 'hai bên cùng sửa thì lấy theo sổ tay',
    manual: 'hai bên cùng sửa thì người có thẩm quyền quyết định',
    union: 'hai bên cùng sửa thì giữ phần thêm và phần bớt của cả hai',
    max: 'hai bên cùng sửa thì lấy giá trị lớn hơn',
    min: 'hai bên cùng sửa thì lấy giá trị nhỏ hơn',
  },
  creates: {
    notes: 'Tài liệu mới chỉ lập trong Notes.',
    handbook: 'Tài liệu mới chỉ lập trong sổ tay.',
    both: 'Tài liệu mới lập được ở cả hai bên.',
  },
  deletes: {
    refuse: 'Sổ tay không được xóa.',
    soft: 'Xóa trong sổ tay thì tài liệu trong Notes được đánh dấu và vẫn giữ lại.',
    hard: 'Xóa trong sổ tay thì tài liệu trong Notes bị xóa.',
  },
  editAgainstDelete: {
    'keep-edit': 'Một bên sửa, một bên xóa: giữ phần sửa.',
    'notes-compatible': 'Một bên sửa, một bên xóa: việc xóa có hiệu lực.',
  },
  head: (form, title, entity, version) =>
    `Biểu mẫu ${form} (${title}) thành "${entity}", phiên bản ${version}.`,
  key: (item, field) => `Nhận biết tài liệu bằng ${item} (${field}).`,
  gate: (level, open, mark, marks) =>
    `Chỉ được chuyển khi ${level} đúng là ${open} và ${mark} đúng là ${marks}.`,
  denied: 'Không bao giờ được chuyển, dù đánh dấu thế nào.',
  parent: (field, entity) => `Chỉ được chuyển khi ${entity} mà ${field} nêu đã được phép chuyển.`,
  softDelete: (item, value) => `Dấu xóa là ${item} = ${value}.`,
  race: 'Rủi ro đã chấp nhận: lần lưu trong Notes đúng lúc cầu nối ghi cùng tài liệu có thể bị mất.',
  required: 'bắt buộc',
  pattern: (pattern) => `theo mẫu ${pattern}`,
  maxLength: (count) => `tối đa ${count} ký tự`,
  range: (min, max) => `từ ${min} đến ${max}`,
  oneOf: (values) => `một trong: ${values}`,
  maxFiles: (count) => `tối đa ${count} tệp`,
  maxBytes: (bytes) => `mỗi tệp tối đa ${bytes} byte`,
  truth: (yes, no) => `có là ${yes}, không là ${no}`,
  entity: (entity) => `đến ${entity}`,
  clearedEmpty: 'để trống bằng văn bản rỗng',
};

export const MAPPING_WORDS: Readonly<Record<Language, MappingWords>> = { vi, en };
