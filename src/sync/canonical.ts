import type { FieldType } from './mapping.ts';
import { isDate } from './partial-date.ts';
import type { BlobRef, FieldValue, Scalar } from './values.ts';

/** Part of every mapping's version. Raise it whenever this file or the reading of items gives another value for the same input. */
export const CANONICAL_FORM_VERSION = 2;

const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * The one form in which values of a field are compared and stored. Idempotent. Blanks are content: nothing is trimmed.
 *
 * `undefined`, `''`, `['']` and `[]` become null; text is NFC with `\n` line ends; sets are sorted and without doubles; instants are UTC
 * with centiseconds (Domino's tick; finer parts are cut off). A value of another type than the field's is given back as it came:
 * `checkField` reports it.
 */
export function canonicalValue(type: FieldType, value: FieldValue | undefined): FieldValue {
  if (value === undefined || value === null || value === '') return null;
  if (Array.isArray(value)) {
    const values = value as readonly (Scalar | BlobRef)[];
    if (values.length === 0 || (values.length === 1 && values[0] === '')) return null;
    return canonicalList(type, values);
  }
  if (typeof value === 'number') return value === 0 ? 0 : value;
  if (typeof value === 'string') return type === 'instant' ? canonicalInstant(value) : canonicalText(value);
  return value;
}

/**
 * NFC, `\n` for `\r\n` and `\r`. Domino keeps a line end inside a text item as a zero byte (C API, TYPE_TEXT), and PostgreSQL cannot
 * store one: it becomes `\n` too.
 */
export function canonicalText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(/[\r\0]/g, '\n')
    .normalize('NFC');
}

/** Equality of two canonical values. A blob is its name and digest; its size follows from the digest. */
export function sameValue(a: FieldValue, b: FieldValue): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    const other = b as readonly (Scalar | BlobRef)[];
    return a.length === other.length && a.every((value: Scalar | BlobRef, at) => sameOne(value, other[at]));
  }
  if (Array.isArray(a) || Array.isArray(b)) return false;
  return sameOne(a as Scalar | BlobRef | null, b as Scalar | BlobRef | null);
}

/** Orders texts by code unit: the same on every machine, unlike a locale's order. */
function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function canonicalList(type: FieldType, values: readonly (Scalar | BlobRef)[]): FieldValue {
  if (values.every((value): value is BlobRef => typeof value === 'object')) {
    return [...values].sort((a, b) => byCodeUnit(a.name, b.name) || byCodeUnit(a.sha256, b.sha256));
  }
  const texts = values.map((value) => (typeof value === 'string' ? canonicalText(value) : value)) as Scalar[];
  if (type !== 'set' && type !== 'names') return texts;
  const filled = texts.filter((value) => value !== '');
  if (filled.length === 0) return null;
  if (type === 'names' || !filled.every((value): value is string => typeof value === 'string')) return filled;
  return [...new Set(filled)].sort(byCodeUnit);
}

function canonicalInstant(text: string): string {
  const parts = INSTANT.exec(text);
  if (!parts) return text;
  const milliseconds = Date.parse(text);
  const date = parts[1] ?? '';
  // Date.parse turns 31 February into March; such a text is left for the check to refuse.
  if (Number.isNaN(milliseconds) || !isDate(date)) return text;
  const utc = new Date(milliseconds).toISOString();
  return utc.length === 24 ? `${utc.slice(0, 22)}Z` : text;
}

function sameOne(a: Scalar | BlobRef | null | undefined, b: Scalar | BlobRef | null | undefined): boolean {
  if (typeof a === 'object' && a !== null && typeof b === 'object' && b !== null) {
    return a.name === b.name && a.sha256 === b.sha256;
  }
  return a === b;
}
