import type { FieldType, Mapping } from '../../src/sync/mapping.ts';
import type { FormSurvey, ItemKind, ItemSurvey } from './form-survey.ts';

export interface ProposedField {
  readonly item: string;
  readonly field: string;
  readonly type: FieldType;
  readonly entity?: string;
  readonly required?: true;
  readonly pattern?: string;
  /** Share of the notes in which it is filled, 0–1. */
  readonly fill: number;
  /** What a person has to decide or look at. */
  readonly doubts: readonly string[];
}

export interface LeftOut {
  readonly item: string;
  readonly reason: string;
}

/** Items of Domino and of the bridge; files are the only ones of them that are anybody's. */
export function isSystem(name: string): boolean {
  return name.toLowerCase() !== '$file' && /^\$|^(?:Form|HandbookId)$/iu.test(name);
}

/** What one item becomes, or why it is left out. `known` are the mappings that are there: the same item gets the same field. */
export function proposeField(
  survey: FormSurvey,
  item: ItemSurvey,
  known: readonly Mapping[],
  taken: ReadonlySet<string>,
): ProposedField | LeftOut {
  const { name } = item;
  if (name.toLowerCase() === '$file') return attachments(survey, item, taken);
  if (item.access > 0 || item.designed?.access === true)
    return { item: name, reason: 'says who may read or edit, and stays in Notes' };
  if (item.filled === 0 && item.designed === null) return { item: name, reason: 'empty in every note' };
  const [seen, ...others] = kindsOf(item);
  const kind = seen ?? item.designed?.kind;
  if (kind === undefined || kind === 'other')
    return { item: name, reason: 'kept by Notes in a form that no field takes' };
  const before = knownField(name, known);
  const doubts: string[] = [];
  if (others.length > 0) {
    const counts = kindsOf(item).map((one) => `${one} in ${item.kinds.get(one) ?? 0}`);
    doubts.push(`its type differs from note to note: ${counts.join(', ')}; the others would be set aside`);
  }
  if (seen === undefined) doubts.push('no released note has it: its type is the schema’s word');
  const typed = before ?? typeOf(survey, item, kind, doubts);
  const field = freeName(before?.field ?? fieldName(name), taken);
  if (before) doubts.push(`as in form ${before.form}`);
  const fill = survey.notes === 0 ? 0 : item.filled / survey.notes;
  return {
    item: name,
    field,
    type: typed.type,
    ...(typed.entity === undefined ? {} : { entity: typed.entity }),
    ...patternOf(item, typed.type, doubts),
    fill,
    doubts,
  };
}

function attachments(survey: FormSurvey, item: ItemSurvey, taken: ReadonlySet<string>): ProposedField {
  return {
    item: '$FILE',
    field: freeName('attachments', taken),
    type: 'attachments',
    fill: survey.notes === 0 ? 0 : item.filled / survey.notes,
    doubts: ['limit them: check: { maxBytes: …, extensions: [pdf] }'],
  };
}

/** The kinds seen, the most frequent first. */
function kindsOf(item: ItemSurvey): readonly ItemKind[] {
  return [...item.kinds].sort(([, a], [, b]) => b - a).map(([kind]) => kind);
}

interface Known {
  readonly form: string;
  readonly field: string;
  readonly type: FieldType;
  readonly entity?: string;
}

function knownField(item: string, known: readonly Mapping[]): Known | null {
  for (const mapping of known) {
    const field = mapping.fields.find((one) => one.item.toLowerCase() === item.toLowerCase());
    if (field === undefined || field.type === 'boolean' || field.type === 'attachments') continue;
    const entity = field.entity === undefined ? {} : { entity: field.entity };
    return { form: mapping.form, field: field.field, type: field.type, ...entity };
  }
  return null;
}

function typeOf(
  survey: FormSurvey,
  item: ItemSurvey,
  kind: ItemKind,
  doubts: string[],
): { readonly type: FieldType; readonly entity?: string } {
  if (kind === 'richText') return { type: 'richText' };
  if (item.names > 0 || item.designed?.names === true) return { type: 'names' };
  if (kind === 'datetime') return { type: dateType(item, doubts) };
  if (item.several > 0 || (item.filled === 0 && item.designed?.list === true)) {
    doubts.push('list keeps the order; set where the order means nothing');
    return { type: 'list' };
  }
  if (kind === 'number') return { type: numberType(item, doubts) };
  if (item.lists > 0)
    doubts.push('stored as a list with one value at most: text takes it as long as it stays so');
  if (item.filled > 0 && item.dateTexts === item.filled && item.bareYears < item.filled) {
    doubts.push('text that reads as dates of people (day first); text if it is not meant so');
    return { type: 'partialDate' };
  }
  enumeration(survey, item, doubts);
  return { type: 'text' };
}

function dateType(item: ItemSurvey, doubts: string[]): FieldType {
  if (item.several > 0)
    doubts.push('several dates in one item: no field takes them, so such notes would be set aside');
  if (item.instants === 0 && item.filled === 0) return 'instant';
  if (item.instants === 0) return 'date';
  if (item.days > 0)
    doubts.push(`${item.days} with a day alone, ${item.instants} with a time: the others would be set aside`);
  return item.instants >= item.days ? 'instant' : 'date';
}

function numberType(item: ItemSurvey, doubts: string[]): FieldType {
  if (item.filled > 0 && item.whole === item.filled && item.longest >= 8)
    doubts.push('long whole numbers: an identifier belongs in a text item, a number loses its leading zeros');
  return 'number';
}

/** A few values that come again and again are codes; which ones is said without saying what any note holds. */
function enumeration(survey: FormSurvey, item: ItemSurvey, doubts: string[]): void {
  const few = item.distinct.size <= 12 && !item.distinctFull;
  if (survey.notes < 10 || item.filled < 10 || !few || item.distinct.size * 3 > item.filled) return;
  doubts.push(
    item.distinct.size === 2
      ? 'two values only: yes or no? (type: boolean, truth: { yes: …, no: … }), or codes (check: { codeList: … })'
      : `${item.distinct.size} values only: codes? (check: { codeList: … })`,
  );
}

function patternOf(item: ItemSurvey, type: FieldType, doubts: string[]): { readonly pattern?: string } {
  const lengths = [...item.digitLengths].sort((a, b) => a - b);
  if (type !== 'text' || item.digitTexts !== item.filled || item.filled < 3) return {};
  if (lengths.length > 3 || (lengths[0] ?? 0) < 4) return {};
  doubts.push('digits alone: an identifier, which stays text');
  return { pattern: `^(${lengths.map((length) => `\\d{${length}}`).join('|')})$` };
}

/** `MaNhiemVu` → `maNhiemVu`, `DocUNID` → `docUNID`, `Họ tên` → `hoTen`. */
export function fieldName(item: string): string {
  const words = item
    .replaceAll(/[đĐ]/gu, (letter) => (letter === 'đ' ? 'd' : 'D'))
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .split(/[^A-Za-z0-9]+/u)
    .filter((word) => word !== '');
  const joined = words
    .map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
  const head = /^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+/u.exec(joined)?.[0] ?? '';
  const lower = head.toLowerCase() + joined.slice(head.length);
  return /^[a-z]/u.test(lower) ? lower : `field${lower.charAt(0).toUpperCase()}${lower.slice(1)}`;
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let at = 2; taken.has(name); at += 1) name = `${wanted}${at}`;
  return name;
}
