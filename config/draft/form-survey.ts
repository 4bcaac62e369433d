import { isPartialDate, readPartialDate } from '../../src/sync/partial-date.ts';

/** What an item is, as far as it can be seen. `other`: kept by Notes in a form that no field takes. */
export type ItemKind = 'text' | 'number' | 'datetime' | 'richText' | 'attachments' | 'other';

/** One item of one note. */
export interface SurveyedItem {
  readonly name: string;
  readonly kind: ItemKind;
  readonly values: readonly (string | number)[];
  readonly list: boolean;
  readonly names: boolean;
  /** Readers or Authors. */
  readonly access: boolean;
}

/** What all notes of a form show of one item. Of values only what a field's type can be told by is kept, and few distinct ones. */
export interface ItemSurvey {
  readonly name: string;
  /** Notes that have it filled. */
  filled: number;
  readonly kinds: Map<ItemKind, number>;
  lists: number;
  several: number;
  names: number;
  access: number;
  /** Datetimes with a day alone; with a day and a time. */
  days: number;
  instants: number;
  whole: number;
  /** Single texts: that are dates as people type them, of digits alone, and the lengths of the latter. */
  dateTexts: number;
  bareYears: number;
  digitTexts: number;
  readonly digitLengths: Set<number>;
  longest: number;
  /** Distinct single values, up to a limit, and whether each was seen once only. */
  readonly distinct: Map<string, number>;
  distinctFull: boolean;
  unique: boolean;
  /** What the design says of it, where the way in shows one. */
  designed: DesignedItem | null;
}

export interface DesignedItem {
  readonly name: string;
  readonly kind: ItemKind;
  readonly list: boolean;
  readonly names: boolean;
  readonly access: boolean;
}

export interface FormSurvey {
  readonly form: string;
  notes: number;
  /** By lower-case name: Domino does not tell items apart by case. */
  readonly items: Map<string, ItemSurvey>;
}

/** Beyond this nothing is an enumeration, and uniqueness is told by what was kept. */
const MOST_DISTINCT = 20_000;

export function newFormSurvey(form: string): FormSurvey {
  return { form, notes: 0, items: new Map() };
}

export function surveyNote(survey: FormSurvey, items: readonly SurveyedItem[]): void {
  survey.notes += 1;
  const seen = new Set<string>();
  for (const item of items) {
    const key = item.name.toLowerCase();
    // $FILE repeats, and so may others: a note counts once.
    if (seen.has(key)) continue;
    seen.add(key);
    const known = survey.items.get(key) ?? newItemSurvey(item.name);
    survey.items.set(key, known);
    surveyItem(known, item);
  }
}

/** Items that the design names, whether or not a note shows them. */
export function surveyDesign(survey: FormSurvey, design: readonly DesignedItem[]): void {
  for (const item of design) {
    const key = item.name.toLowerCase();
    const known = survey.items.get(key) ?? newItemSurvey(item.name);
    known.designed = item;
    survey.items.set(key, known);
  }
}

function newItemSurvey(name: string): ItemSurvey {
  return {
    name,
    filled: 0,
    kinds: new Map(),
    lists: 0,
    several: 0,
    names: 0,
    access: 0,
    days: 0,
    instants: 0,
    whole: 0,
    dateTexts: 0,
    bareYears: 0,
    digitTexts: 0,
    digitLengths: new Set(),
    longest: 0,
    distinct: new Map(),
    distinctFull: false,
    unique: true,
    designed: null,
  };
}

function surveyItem(known: ItemSurvey, item: SurveyedItem): void {
  if (item.access) known.access += 1;
  const values = item.values.filter((value) => value !== '');
  const isBlob = item.kind === 'richText' || item.kind === 'attachments' || item.kind === 'other';
  if (!isBlob && values.length === 0) return;
  known.filled += 1;
  known.kinds.set(item.kind, (known.kinds.get(item.kind) ?? 0) + 1);
  if (item.names) known.names += 1;
  if (item.list) known.lists += 1;
  if (values.length > 1) known.several += 1;
  for (const value of values) {
    const text = String(value);
    known.longest = Math.max(known.longest, text.length);
    if (item.kind === 'datetime') {
      if (text.includes('T')) known.instants += 1;
      else known.days += 1;
    }
    if (item.kind === 'number' && Number.isInteger(value)) known.whole += 1;
  }
  const [single] = values;
  if (values.length === 1 && single !== undefined && !isBlob) surveySingle(known, item.kind, String(single));
}

function surveySingle(known: ItemSurvey, kind: ItemKind, text: string): void {
  if (kind === 'text') {
    const date = readPartialDate(text);
    if (date !== null && isPartialDate(date)) {
      known.dateTexts += 1;
      if (date.length === 4) known.bareYears += 1;
    }
    if (/^\d+$/u.test(text)) {
      known.digitTexts += 1;
      known.digitLengths.add(text.length);
    }
  }
  const count = known.distinct.get(text);
  if (count !== undefined) {
    known.unique = false;
    known.distinct.set(text, count + 1);
  } else if (known.distinct.size < MOST_DISTINCT) known.distinct.set(text, 1);
  else known.distinctFull = true;
}
