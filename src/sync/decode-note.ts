import { canonicalText, canonicalValue } from './canonical.ts';
import { type CheckCode, checkField, explainCheck } from './check-field.ts';
import type { FieldMapping, Mapping } from './mapping.ts';
import type { Item, Items } from './note.ts';
import { readPartialDate } from './partial-date.ts';
import { readLegacyTexts } from './read-legacy-texts.ts';
import type { Fields, FieldValue } from './values.ts';

/** Stable; beside the codes of the check. */
export type DecodeCode =
  | CheckCode
  /** Several values where the field has one. */
  | 'several-values'
  /** A date was expected; with a time, the day depends on a zone that the note does not tell. */
  | 'date-with-time'
  /** An identifier stored as a number may have lost its leading zeros. */
  | 'number-for-identifier'
  | 'not-a-number'
  | 'not-true-or-false'
  /** A Readers or Authors item that the mapping would write: it says who may see or edit, and belongs to Notes. */
  | 'access-item'
  /** Typed in an old Vietnamese font, and not to be told in which. */
  | 'legacy-text';

export interface DecodeProblem {
  readonly field: string;
  readonly item: string;
  readonly code: DecodeCode;
  /** Made of the rule alone; never holds the value. */
  readonly message: string;
}

export interface DecodedNote {
  /** Canonical. A mapped item that the note does not have is null (empty); a field with a problem is absent (unavailable). */
  readonly fields: Fields;
  readonly problems: readonly DecodeProblem[];
}

/**
 * Items as people and agents left them → canonical fields. Rich text and attachments are left out: whoever streams them knows their
 * digests. A note with problems is for quarantine as a whole; the good fields are there for its diagnosis.
 */
export function decodeNote(mapping: Pick<Mapping, 'key' | 'fields'>, items: Items): DecodedNote {
  const fields: Record<string, FieldValue> = {};
  const problems: DecodeProblem[] = [];
  const legacy = readLegacyTexts(mapping.fields, items);
  for (const field of mapping.fields) {
    if (field.type === 'richText' || field.type === 'attachments') continue;
    const item = Object.hasOwn(legacy.items, field.item) ? legacy.items[field.item] : undefined;
    const decoded: Decoded = legacy.doubtful.has(field.item)
      ? { codes: ['legacy-text'] }
      : decodeItem(field, field.field === mapping.key, item);
    if ('codes' in decoded) {
      problems.push(
        ...decoded.codes.map((code) => ({
          field: field.field,
          item: field.item,
          code,
          message: explain(code, field),
        })),
      );
    } else {
      fields[field.field] = decoded.value;
    }
  }
  return { fields, problems };
}

type Decoded = { readonly value: FieldValue } | { readonly codes: readonly DecodeCode[] };

function decodeItem(field: FieldMapping, isKey: boolean, item: Item | undefined): Decoded {
  // [AP3] Told by the item itself, because no mapping knows how a form's field is defined.
  if (field.direction !== 'pull' && item !== undefined && mayDecideAccess(field, item))
    return { codes: ['access-item'] };
  const read = item === undefined || isEmpty(item) ? { value: null } : readItem(field, isKey, item);
  if ('codes' in read) return read;
  const value = canonicalValue(field.type, read.value);
  const codes = checkField(field, value);
  return codes.length > 0 ? { codes } : { value };
}

/**
 * A server that shows no kinds of items (domino-db without `canonicalFormat`) does not tell Readers from other names. There whatever holds names counts as one:
 * a write would take the property off and open the document.
 */
function mayDecideAccess(field: FieldMapping, item: Item): boolean {
  if (item.readers === true || item.authors === true) return true;
  if (item.names === true || isEmpty(item)) return false;
  if (field.type === 'names') return true;
  return (field.type === 'list' || field.type === 'set') && item.values.some(isNameOrRole);
}

function isNameOrRole(value: string | number): boolean {
  return typeof value === 'string' && /^(CN=.|\*\/|\[[^\]]+\]$)/i.test(value);
}

function isEmpty(item: Item): boolean {
  return item.values.length === 0 || (item.values.length === 1 && item.values[0] === '');
}

function readItem(field: FieldMapping, isKey: boolean, item: Item): Decoded {
  if (field.type === 'list' || field.type === 'set' || field.type === 'names') return readTexts(field, item);
  const [value] = item.values;
  if (value === undefined || item.values.length > 1) return { codes: ['several-values'] };
  switch (field.type) {
    case 'text':
    case 'reference':
      return readText(field, isKey, item, value);
    case 'number':
      return readNumber(item, value);
    case 'boolean':
      return readBoolean(field, item, value);
    case 'date':
    case 'partialDate':
      return readDate(field, item, value);
    case 'instant':
      return item.type === 'number' ? { codes: ['wrong-type'] } : { value };
    case 'richText':
    case 'attachments':
      return { codes: ['wrong-type'] };
  }
}

function readTexts(field: FieldMapping, item: Item): Decoded {
  if (item.type === 'datetime') return { codes: ['wrong-type'] };
  if (item.type === 'number' && field.check.pattern !== undefined)
    return { codes: ['number-for-identifier'] };
  return { value: item.values.map(String) };
}

function readText(field: FieldMapping, isKey: boolean, item: Item, value: string | number): Decoded {
  if (item.type === 'datetime') return { codes: ['wrong-type'] };
  if (item.type === 'number') {
    // Who gives a text a pattern means its digits: card numbers, citizen numbers, codes.
    const identifies = isKey || field.type === 'reference' || field.check.pattern !== undefined;
    return identifies ? { codes: ['number-for-identifier'] } : { value: String(value) };
  }
  return { value };
}

function readNumber(item: Item, value: string | number): Decoded {
  if (item.type === 'number') return { value };
  if (item.type === 'datetime' || typeof value !== 'string') return { codes: ['wrong-type'] };
  const parts = /^\s*([+-]?\d+)(?:[.,](\d+))?\s*$/.exec(value);
  // "1.000" is a thousand in Việt Nam and one elsewhere: nobody may guess.
  if (!parts || parts[2]?.length === 3) return { codes: ['not-a-number'] };
  return { value: Number(`${parts[1] ?? ''}.${parts[2] ?? '0'}`) };
}

function readBoolean(field: FieldMapping, item: Item, value: string | number): Decoded {
  if (item.type === 'datetime' || !field.truth) return { codes: ['wrong-type'] };
  const said = canonicalText(String(value));
  if (said === String(field.truth.yes)) return { value: true };
  return said === String(field.truth.no) ? { value: false } : { codes: ['not-true-or-false'] };
}

function readDate(field: FieldMapping, item: Item, value: string | number): Decoded {
  if (item.type === 'datetime')
    return String(value).includes('T') ? { codes: ['date-with-time'] } : { value };
  if (item.type === 'number' && field.type === 'date') return { codes: ['not-a-date'] };
  const date = readPartialDate(String(value));
  return date === null ? { codes: ['not-a-date'] } : { value: date };
}

function explain(code: DecodeCode, field: FieldMapping): string {
  switch (code) {
    case 'several-values':
      return 'the item has several values, the field has one';
    case 'access-item':
      return 'the item is a Readers or Authors field, which the bridge never writes; map it with direction: pull';
    case 'date-with-time':
      return 'the item holds a time; it must be date-only';
    case 'number-for-identifier':
      return 'an identifier is stored as a number and may have lost leading zeros; it must be text';
    case 'legacy-text':
      return 'the text was typed in an old Vietnamese font and cannot be read with certainty; it must be Unicode';
    case 'not-a-number':
      return 'the text is not a number that can be read in one way only';
    case 'not-true-or-false':
      return `true is "${String(field.truth?.yes)}", false is "${String(field.truth?.no)}"`;
    case 'required':
    case 'wrong-type':
    case 'not-a-date':
    case 'not-an-instant':
    case 'not-unicode':
    case 'too-long':
    case 'pattern':
    case 'out-of-range':
    case 'not-in-list':
    case 'file-too-large':
    case 'file-type':
    case 'too-many-files':
      return explainCheck(code, field.check);
  }
}
