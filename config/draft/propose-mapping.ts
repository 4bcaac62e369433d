import type { Mapping } from '../../src/sync/mapping.ts';
import type { FormSurvey, ItemSurvey } from './form-survey.ts';
import { fieldName, isSystem, type LeftOut, type ProposedField, proposeField } from './propose-field.ts';

/** How notes of the site say that they are open and released. */
export interface GateWords {
  readonly levelItem: string;
  readonly open: string;
  readonly markItem: string;
  readonly mark: string;
}

export interface MappingDraft {
  readonly form: string;
  readonly entity: string;
  readonly key: string;
  readonly gate: GateWords;
  readonly fields: readonly ProposedField[];
  readonly leftOut: readonly LeftOut[];
  readonly notes: number;
  /** About the form as a whole; those of a field are with it. */
  readonly doubts: readonly string[];
}

/** A mapping as far as real notes tell it; what they do not tell is a doubt. Pure. */
export function proposeMapping(survey: FormSurvey, gate: GateWords, known: readonly Mapping[]): MappingDraft {
  const doubts: string[] = [];
  const gateItems = [gate.levelItem.toLowerCase(), gate.markItem.toLowerCase()];
  for (const item of [gate.levelItem, gate.markItem]) {
    const filled = survey.items.get(item.toLowerCase())?.filled ?? 0;
    if (filled < survey.notes)
      doubts.push(
        filled === 0
          ? `no note has ${item}: as it stands nothing would cross; the site says how its notes are classified and released`
          : `${survey.notes - filled} of ${survey.notes} notes have no ${item} and would stay in Notes`,
      );
  }
  const others = known.filter((mapping) => mapping.form.toLowerCase() !== survey.form.toLowerCase());
  const fields: ProposedField[] = [];
  const leftOut: LeftOut[] = [];
  const taken = new Set<string>();
  for (const item of survey.items.values()) {
    if (gateItems.includes(item.name.toLowerCase()) || isSystem(item.name)) continue;
    const proposed = proposeField(survey, item, others, taken);
    if ('reason' in proposed) leftOut.push(proposed);
    else {
      taken.add(proposed.field);
      fields.push(proposed);
    }
  }
  const key = keyOf(survey, fields, doubts);
  return {
    form: survey.form,
    entity: freeEntity(fieldName(survey.form), others),
    key: key?.field ?? 'recordCode',
    gate,
    fields:
      key === null ? fields : fields.map((field) => (field === key ? { ...field, required: true } : field)),
    leftOut,
    notes: survey.notes,
    doubts,
  };
}

/** The item that tells notes apart: in every note, no two alike, a text that is no title. */
function keyOf(survey: FormSurvey, fields: readonly ProposedField[], doubts: string[]): ProposedField | null {
  const candidates = fields
    .filter(({ type }) => type === 'text' || type === 'reference')
    .filter(({ item }) => tellsApart(survey, survey.items.get(item.toLowerCase())))
    .sort((a, b) => likeness(b) - likeness(a));
  const [best, ...rest] = candidates;
  if (best === undefined) {
    doubts.push(
      'no item tells the notes apart: name the one that holds the business key, map it as text with required: true, and write its field under key',
    );
    return null;
  }
  const also = rest.map(({ item }) => item);
  doubts.push(
    `${best.item} is in every note and no two are alike: the business key?${also.length > 0 ? ` Also: ${also.join(', ')}` : ''}`,
  );
  return best;
}

function tellsApart(survey: FormSurvey, item: ItemSurvey | undefined): boolean {
  return (
    item !== undefined &&
    item.filled === survey.notes &&
    item.unique &&
    item.several === 0 &&
    item.longest <= 64
  );
}

/** Codes of documents before other names; numbers of people, which may be missing and change, last. */
function likeness({ item, pattern }: ProposedField): number {
  const isCode = /^Ma[A-Z]|ID$|Code|Key/u.test(item);
  return (/BanGhi/u.test(item) ? 4 : 0) + (isCode ? 2 : 0) - (pattern === undefined ? 0 : 3);
}

function freeEntity(wanted: string, known: readonly Mapping[]): string {
  let entity = wanted;
  for (let at = 2; known.some((one) => one.entity === entity); at += 1) entity = `${wanted}${at}`;
  return entity;
}
