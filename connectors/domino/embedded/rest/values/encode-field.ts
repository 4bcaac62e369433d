import type { NotesDateTime, StoredItem, StoredValue } from '../../stored-note.ts';
import type { RestQuirks } from '../rest-quirks.ts';
import { valueKind } from '../schema/find-mode.ts';
import type { KeepField } from '../schema/rest-schema.ts';
import { asFloat32 } from './float32.ts';
import { jsonTime, trimmed } from './json-time.ts';

export type JsonScalar = string | number | boolean;

/**
 * The JSON of an item as the schema declares it; undefined when the item gives no such value. What the schema declares single shows the first value only. A
 * date comes from a date item only, a number from a number item only.
 */
export function encodeField(
  field: KeepField,
  { value }: StoredItem,
  quirks: RestQuirks,
): JsonScalar | readonly JsonScalar[] | undefined {
  const kind = valueKind(field);
  const values = jsonValues(kind, value, quirks);
  if (kind.list) return values.length === 0 ? undefined : values;
  return values[0];
}

type Kind = ReturnType<typeof valueKind>;

function jsonValues(kind: Kind, value: StoredValue, quirks: RestQuirks): readonly JsonScalar[] {
  const isDate = kind.format === 'date' || kind.format === 'date-time';
  if (value.type === 'text') return isDate || kind.type !== 'string' ? [] : value.values;
  if (value.type === 'number') return numbers(kind, value.values, quirks);
  if (value.type !== 'datetime') return [];
  const all =
    quirks.timeRanges === 'first' ? [...value.values, ...value.ranges.map(([from]) => from)] : value.values;
  return all.flatMap((one) => datetime(kind, one) ?? []);
}

function numbers(
  { type, format }: Kind,
  values: readonly number[],
  quirks: RestQuirks,
): readonly JsonScalar[] {
  if (type === 'boolean') return values.map((one) => one !== 0);
  if (type === 'integer') return values.map(Math.trunc);
  if (type !== 'number') return [];
  return format === 'float' && quirks.floatFormat === 'float32' ? values.map(asFloat32) : values;
}

/** A time without a date shows in a `string` field only. */
function datetime({ type, format }: Kind, value: NotesDateTime): string | null {
  if (type !== 'string') return null;
  if (format === 'date') return value.date;
  if (format === 'date-time') return jsonTime(value);
  return value.date === null && value.time !== null ? trimmed(value.time) : null;
}
