import type { ItemFlags, NotesDateTime, StoredItem } from '../../stored-note.ts';
import type { RestQuirks } from '../rest-quirks.ts';
import { valueKind } from '../schema/find-mode.ts';
import type { KeepField } from '../schema/rest-schema.ts';
import { asFloat32 } from './float32.ts';
import { readJsonDate, readJsonTime } from './json-time.ts';

/**
 * The item that a JSON value becomes; null when the value is not of the field's type. A list for a field declared single leaves its first value. Flags come
 * from the schema alone: a Readers item written through a plain text field restricts nobody any more.
 */
export function decodeField(field: KeepField, json: unknown, quirks: RestQuirks): StoredItem | null {
  const kind = valueKind(field);
  const given: readonly unknown[] = Array.isArray(json) ? json : [json];
  const taken = kind.list ? given : given.slice(0, 1);
  const { name } = field;
  const flags = flagsOf(field, kind.format);
  const common = { list: kind.list };
  if (kind.format === 'date' || kind.format === 'date-time') {
    const read = kind.format === 'date' ? readJsonDate : readJsonTime;
    const values = taken.map((one) => (typeof one === 'string' ? read(one) : null));
    if (!values.every((one): one is NotesDateTime => one !== null)) return null;
    return { name, flags, value: { type: 'datetime', values, ranges: [], ...common } };
  }
  if (kind.type === 'string') {
    if (!taken.every((one) => typeof one === 'string')) return null;
    const values = taken.map((one) => one.toWellFormed());
    return { name, flags, value: { type: 'text', values, ...common } };
  }
  const values = taken.map((one) => numberOf(kind, one, quirks));
  if (!values.every((one): one is number => one !== null)) return null;
  return { name, flags, value: { type: 'number', values, ...common } };
}

function numberOf(
  { type, format }: ReturnType<typeof valueKind>,
  json: unknown,
  quirks: RestQuirks,
): number | null {
  if (type === 'boolean') return typeof json === 'boolean' ? Number(json) : null;
  if (typeof json !== 'number' || !Number.isFinite(json)) return null;
  if (type === 'integer') return Number.isInteger(json) ? json : null;
  if (type !== 'number') return null;
  return format === 'float' && quirks.floatFormat === 'float32' ? asFloat32(json) : json;
}

function flagsOf(field: KeepField, format: string): ItemFlags {
  const names = format === 'names' || format === 'readers' || format === 'authors';
  return {
    ...(field.summaryField ? { summary: true } : {}),
    ...(names ? { names: true } : {}),
    ...(format === 'readers' ? { readers: true } : {}),
    ...(format === 'authors' ? { authors: true } : {}),
  };
}
