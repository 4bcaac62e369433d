import type { FieldMapping } from '../../sync/mapping.ts';
import type { Item } from '../../sync/note.ts';
import type { FieldValue } from '../../sync/values.ts';

/**
 * Both sides of a field as plain text that can be compared. Written apart from the codecs that the engine uses, so that an error there shows as a
 * difference here. Empty is ''.
 */
export function comparableItem(field: FieldMapping, item: Item | undefined): string {
  const values = (item?.values ?? [])
    .map((value) => (typeof value === 'string' ? value.normalize('NFC').replaceAll('\r\n', '\n') : value))
    .filter((value) => value !== '');
  if (values.length === 0) return '';
  const [first] = values;
  switch (field.type) {
    case 'text':
    case 'reference':
      return String(first);
    case 'number':
      return String(Number(first));
    case 'boolean':
      return first === field.truth?.yes ? 'true' : first === field.truth?.no ? 'false' : `?${String(first)}`;
    case 'date':
      return String(first).slice(0, 10);
    case 'partialDate':
      return partialDate(String(first));
    case 'instant':
      return String(Date.parse(String(first)));
    case 'list':
    case 'names':
      return JSON.stringify(values.map(String));
    case 'set':
      return JSON.stringify([...new Set(values.map(String))].sort());
    case 'richText':
    case 'attachments':
      return '';
  }
}

export function comparableField(field: FieldMapping, value: FieldValue | undefined): string {
  if (value === null || value === undefined) return '';
  switch (field.type) {
    case 'number':
      return String(Number(value));
    case 'instant':
      return String(Date.parse(typeof value === 'string' ? value : ''));
    case 'list':
    case 'names':
      return JSON.stringify((Array.isArray(value) ? value : [value]).map(String));
    case 'set':
      return JSON.stringify([...new Set((Array.isArray(value) ? value : [value]).map(String))].sort());
    case 'text':
    case 'reference':
    case 'boolean':
    case 'date':
    case 'partialDate':
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
    case 'richText':
    case 'attachments':
      return '';
  }
}

/** `19/5/1975`, `5/1975`, `1975`, `1975-05-19` → year first. */
function partialDate(text: string): string {
  const slashed = /^(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})$/.exec(text.trim());
  if (!slashed) return text.trim().slice(0, 10);
  const [, day, month, year] = slashed;
  return [year, month?.padStart(2, '0'), day?.padStart(2, '0')]
    .filter((part) => part !== undefined)
    .join('-');
}
