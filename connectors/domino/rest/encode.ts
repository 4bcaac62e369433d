import type { Item } from '../../../src/sync/note.ts';
import { canonicalDateTime } from '../wire/stamps.ts';
import { type DocumentJson, valueOf } from './documents.ts';
import { type FieldKind, findField, findMode, isReadable, isWritable, jsonNameOf, kindOf } from './schema.ts';
import type { RestField, RestForm } from './schema.ts';

export type ItemChanges = Readonly<Record<string, Item | null>>;

/** An item that the schema would drop, cut or turn into something else; `message` names the field and the change to make. */
export class NotInSchema extends Error {}

/** The JSON of the changes for one mode. Throws {@link NotInSchema}: the server itself would drop such a value without a word. */
export function encodeChanges(
  form: RestForm,
  modeName: string,
  changes: ItemChanges,
): Record<string, unknown> {
  const mode = findMode(form, modeName);
  const json: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(changes)) {
    if (name.toLowerCase() === 'form') continue;
    const where = `field "${name}" of form "${form.formName}", mode "${modeName}"`;
    const field = mode === undefined ? undefined : findField(mode, name);
    if (field === undefined || !isWritable(field))
      throw new NotInSchema(`dropped field: the schema has no writable ${where}; add it with fieldAccess RW`);
    json[jsonNameOf(field)] = item === null ? null : encodeItem(field, item, where);
  }
  return json;
}

/** How many of the changes a mode of the form takes. */
export function countWritable(form: RestForm, modeName: string, changes: ItemChanges): number {
  const mode = findMode(form, modeName);
  if (mode === undefined) return 0;
  return Object.keys(changes).filter((name) => {
    const field = findField(mode, name);
    return field !== undefined && isWritable(field);
  }).length;
}

function encodeItem(field: RestField, item: Item, where: string): unknown {
  const kind = kindOf(field);
  refuseLostFlags(kind, item, where);
  // An empty text empties a field of any type: the item goes.
  if (item.values.length === 0 || (kind.value !== 'text' && item.values.every((value) => value === '')))
    return null;
  const values = item.values.map((value) => encodeValue(kind, item.type, value, where));
  if (kind.list) return values;
  if (values.length > 1)
    throw new NotInSchema(`dropped values: ${where} is declared single; declare it type array`);
  return values[0];
}

/** Names, Readers and Authors are made by the format of the field alone. */
function refuseLostFlags(kind: FieldKind, item: Item, where: string): void {
  const wanted = item.readers ? 'readers' : item.authors ? 'authors' : item.names ? 'names' : null;
  if (wanted === null || kind.names === wanted) return;
  throw new NotInSchema(
    `dropped flag: ${where} would lose that it holds ${wanted}; give it format ${wanted}`,
  );
}

function encodeValue(kind: FieldKind, type: Item['type'], value: string | number, where: string): unknown {
  if (type === 'text' && kind.value === 'text' && typeof value === 'string') return value;
  if (type === 'number' && typeof value === 'number' && Number.isFinite(value)) {
    if (kind.value === 'number' && (!kind.single || Math.fround(value) === value)) return value;
    if (kind.value === 'integer' && Number.isInteger(value)) return value;
    if (kind.value === 'boolean' && (value === 0 || value === 1)) return value === 1;
    if (kind.value === 'number' || kind.value === 'integer')
      throw new NotInSchema(`rounded number: ${where} does not keep it; give it type number, format double`);
  }
  const dateTime = type === 'datetime' && typeof value === 'string' ? canonicalDateTime(value) : null;
  if (dateTime !== null && kind.value === (/^\d{4}-\d{2}-\d{2}$/.test(dateTime) ? 'date' : 'instant')) {
    if (dateTime.includes('-')) return dateTime;
    throw new NotInSchema(`dropped field: ${where} cannot take a time without a date`);
  }
  throw new NotInSchema(`dropped field: ${where} is declared ${kind.value} and does not take this ${type}`);
}

/**
 * Names of fields that the stored document does not hold as they were sent: the server answers 200 and drops what its schema does not
 * take. Write-only fields cannot be looked at.
 */
export function droppedFields(
  form: RestForm,
  modeName: string,
  sent: DocumentJson,
  stored: DocumentJson,
): readonly string[] {
  const fields = findMode(form, modeName)?.fields ?? [];
  return Object.entries(sent).flatMap(([key, value]) => {
    const field = fields.find((one) => jsonNameOf(one) === key);
    if (field === undefined || !isReadable(field)) return [];
    return isSame(kindOf(field), value, valueOf(stored, key)) ? [] : [field.name];
  });
}

function isSame(kind: FieldKind, sent: unknown, stored: unknown): boolean {
  const empty = (value: unknown): boolean =>
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.every(empty));
  if (empty(sent)) return empty(stored);
  const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
  const [left, right] = [asList(sent), asList(stored)];
  return left.length === right.length && left.every((value, place) => isSameValue(kind, value, right[place]));
}

function isSameValue(kind: FieldKind, sent: unknown, stored: unknown): boolean {
  if (kind.value !== 'instant' && kind.value !== 'date') return sent === stored;
  const canonical = (value: unknown): string | null =>
    typeof value === 'string' ? canonicalDateTime(value) : null;
  return canonical(sent) !== null && canonical(sent) === canonical(stored);
}
