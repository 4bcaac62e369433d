import { canonicalValue, sameValue } from './canonical.ts';
import type { FieldCheck, FieldMapping, FieldType } from './mapping.ts';
import { isDate, isPartialDate } from './partial-date.ts';
import type { BlobRef, FieldValue, Scalar } from './values.ts';

/** Stable: stored with quarantined documents and answered by the API. */
export type CheckCode =
  | 'required'
  | 'wrong-type'
  | 'not-a-date'
  | 'not-an-instant'
  /** Lone surrogates: no database and no other program can store such a text. */
  | 'not-unicode'
  | 'too-long'
  | 'pattern'
  | 'out-of-range'
  | 'not-in-list'
  | 'file-too-large'
  | 'file-type'
  | 'too-many-files';

const SHA256 = /^[0-9a-f]{64}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{2}Z$/;

/**
 * What is wrong with a canonical value, nothing if all is well. A value of the wrong type gets that one code; each other part of the
 * check is reported on its own. In lists every value must hold.
 */
export function checkField(
  field: Pick<FieldMapping, 'type' | 'check'>,
  value: FieldValue,
): readonly CheckCode[] {
  if (value === null) return field.check.required === true ? ['required'] : [];
  const typeCode = checkType(field.type, value);
  if (typeCode !== null) return [typeCode];
  const values = (Array.isArray(value) ? value : [value]) as readonly (Scalar | BlobRef)[];
  const codes = new Set(
    values.flatMap((one) =>
      typeof one === 'object' ? checkFile(field.check, one) : checkScalar(field.check, one),
    ),
  );
  if (field.type === 'attachments' && values.length > (field.check.maxFiles ?? Infinity))
    codes.add('too-many-files');
  return [...codes];
}

/** A sentence for people, made of the rule alone: it never holds the value. */
export function explainCheck(code: CheckCode, check: FieldCheck): string {
  switch (code) {
    case 'required':
      return 'a value is required';
    case 'wrong-type':
      return 'the value is of another type than the field';
    case 'not-a-date':
      return 'this is not a date that exists';
    case 'not-an-instant':
      return 'this is not a point in time (YYYY-MM-DDTHH:MM:SS.ccZ)';
    case 'not-unicode':
      return 'the text is not well-formed Unicode';
    case 'too-long':
      return `the text is longer than ${check.maxLength ?? 0} characters`;
    case 'pattern':
      return `the text does not have the form ${check.pattern ?? ''}`;
    case 'out-of-range':
      return `the number must lie between ${check.min ?? 'any'} and ${check.max ?? 'any'}`;
    case 'not-in-list':
      return `allowed are: ${(check.oneOf ?? []).join(', ')}`;
    case 'file-too-large':
      return `a file is larger than ${check.maxBytes ?? 0} bytes`;
    case 'file-type':
      return `a file is of another type than ${(check.extensions ?? []).join(', ')}`;
    case 'too-many-files':
      return `there are more than ${check.maxFiles ?? 0} files`;
  }
}

function checkType(type: FieldType, value: FieldValue): CheckCode | null {
  switch (type) {
    case 'text':
    case 'reference':
      return checkText(value);
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? null : 'wrong-type';
    case 'boolean':
      return typeof value === 'boolean' ? null : 'wrong-type';
    case 'date':
      return typeof value === 'string' && isDate(value) ? null : 'not-a-date';
    case 'partialDate':
      return typeof value === 'string' && isPartialDate(value) ? null : 'not-a-date';
    case 'instant':
      return typeof value === 'string' && INSTANT.test(value) && isDate(value.slice(0, 10))
        ? null
        : 'not-an-instant';
    case 'list':
    case 'set':
    case 'names':
      return checkTexts(type, value);
    case 'richText':
      return isBlobRef(value) ? null : 'wrong-type';
    case 'attachments':
      return Array.isArray(value) && value.length > 0 && value.every(isBlobRef) ? null : 'wrong-type';
  }
}

function checkText(value: unknown): CheckCode | null {
  if (typeof value !== 'string') return 'wrong-type';
  return value.isWellFormed() ? null : 'not-unicode';
}

function checkTexts(type: FieldType, value: FieldValue): CheckCode | null {
  if (!Array.isArray(value) || value.length === 0) return 'wrong-type';
  const bad = value.map(checkText).find((code) => code !== null);
  if (bad !== undefined) return bad;
  // Unsorted or doubled values would look like a change each time they are compared.
  return sameValue(canonicalValue(type, value), value) ? null : 'wrong-type';
}

function checkScalar(check: FieldCheck, value: Scalar): readonly CheckCode[] {
  const codes: CheckCode[] = [];
  if (typeof value === 'string') {
    if (check.maxLength !== undefined && characters(value) > check.maxLength) codes.push('too-long');
    if (check.pattern !== undefined && !new RegExp(check.pattern, 'u').test(value)) codes.push('pattern');
  }
  if (typeof value === 'number' && (value < (check.min ?? -Infinity) || value > (check.max ?? Infinity)))
    codes.push('out-of-range');
  if (check.oneOf !== undefined && !check.oneOf.includes(value)) codes.push('not-in-list');
  return codes;
}

/** By the name alone: what the bytes are is told by whoever holds them. */
function checkFile(check: FieldCheck, file: BlobRef): readonly CheckCode[] {
  const codes: CheckCode[] = [];
  if (check.maxBytes !== undefined && file.size > check.maxBytes) codes.push('file-too-large');
  const extension = /\.([^.]+)$/u.exec(file.name)?.[1]?.toLowerCase() ?? '';
  if (check.extensions !== undefined && !check.extensions.includes(extension)) codes.push('file-type');
  return codes;
}

/** Code points: what people count, unlike UTF-16 units. */
function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function isBlobRef(value: unknown): value is BlobRef {
  if (typeof value !== 'object' || value === null) return false;
  const blob = value as Partial<BlobRef>;
  return (
    typeof blob.name === 'string' &&
    typeof blob.sha256 === 'string' &&
    SHA256.test(blob.sha256) &&
    typeof blob.size === 'number' &&
    Number.isSafeInteger(blob.size) &&
    blob.size >= 0
  );
}
