import type { NotesDateTime, StoredValue } from '../embedded/stored-note.ts';
import { decodeBase64 } from './base64.ts';
import { readDateTime } from './dxl-datetime.ts';
import { readFile } from './read-file.ts';
import { readMarkedText } from './read-text.ts';
import { hasOnly, onlyElements, onlyText, writeElement, type XmlElement } from './xml-tree.ts';

/** TYPE_COMPOSITE: rich text as composite data records. */
export const COMPOSITE_TYPE = '1';

/** The value of an item, or null when the element is not as DXL describes it; the caller then keeps its XML. */
export function readValue(element: XmlElement): StoredValue | null {
  switch (element.name) {
    case 'text':
    case 'textlist': {
      const values = readList(element, 'text', (one) => (hasOnly(one) ? readMarkedText(one) : null));
      return values && { type: 'text', values, list: element.name === 'textlist' };
    }
    case 'number':
    case 'numberlist': {
      const values = readList(element, 'number', readNumber);
      return values && { type: 'number', values, list: element.name === 'numberlist' };
    }
    case 'datetime': {
      const value = readDateTime(element);
      return value && { type: 'datetime', values: [value], ranges: [], list: false };
    }
    case 'datetimelist':
      return readDateTimes(element);
    case 'formula':
      return readFormula(element);
    case 'richtext':
      return { type: 'richtext', format: 'dxl', bytes: new TextEncoder().encode(writeElement(element)) };
    case 'rawitemdata':
    case 'itemdata':
      return readRaw(element);
    case 'object': {
      const [content, ...others] = onlyElements(element) ?? [];
      const file = content && others.length === 0 && hasOnly(element) ? readFile(content) : null;
      return file && { type: 'file', file };
    }
    default:
      return null;
  }
}

/** One value, or all values of the `…list` element. */
function readList<T>(element: XmlElement, name: string, read: (one: XmlElement) => T | null): T[] | null {
  if (element.name === name) {
    const value = read(element);
    return value === null ? null : [value];
  }
  const elements = hasOnly(element) ? onlyElements(element) : null;
  const values: T[] = [];
  for (const one of elements ?? []) {
    const value = one.name === name ? read(one) : null;
    if (value === null) return null;
    values.push(value);
  }
  return elements && values;
}

const infinities: Readonly<Record<string, number>> = { INF: Infinity, '-INF': -Infinity, NaN: Number.NaN };

function readNumber(element: XmlElement): number | null {
  const text = hasOnly(element) ? onlyText(element)?.trim() : undefined;
  if (text === undefined) return null;
  if (/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return Number(text);
  return infinities[text] ?? null;
}

/** Datetimes, then pairs that are ranges. */
function readDateTimes(element: XmlElement): StoredValue | null {
  const values: NotesDateTime[] = [];
  const ranges: (readonly [NotesDateTime, NotesDateTime])[] = [];
  const elements = hasOnly(element) ? onlyElements(element) : null;
  for (const one of elements ?? []) {
    const range = one.name === 'datetimepair' && hasOnly(one);
    const ends = range ? (onlyElements(one) ?? []) : [one];
    const [first, second, ...others] = ends.map(readDateTime);
    if (!first || others.length > 0) return null;
    if (!range && ranges.length === 0) values.push(first);
    else if (range && second) ranges.push([first, second]);
    else return null;
  }
  return elements && { type: 'datetime', values, ranges, list: true };
}

function readFormula(element: XmlElement): StoredValue | null {
  const compiled = element.attributes.compiled ?? 'false';
  const source = hasOnly(element, 'compiled') ? readMarkedText(element) : null;
  if (source === null || (compiled !== 'true' && compiled !== 'false')) return null;
  return { type: 'formula', source, compiled: compiled === 'true' };
}

function readRaw(element: XmlElement): StoredValue | null {
  const text = hasOnly(element, 'type') ? onlyText(element) : null;
  const bytes = text === null ? null : decodeBase64(text);
  if (!bytes) return null;
  const typeHex = element.attributes.type ?? '';
  if (element.name === 'rawitemdata' && typeHex === COMPOSITE_TYPE) {
    return { type: 'richtext', format: 'cd', bytes };
  }
  return { type: 'raw', element: element.name, typeHex, bytes };
}
