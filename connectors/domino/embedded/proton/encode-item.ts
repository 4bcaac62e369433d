import type { NotesDateTime, StoredItem, StoredValue } from '../stored-note.ts';
import { formatInstant, instantOf } from '../engine/notes-date-time.ts';
import { DominoDbError } from './domino-db-error.ts';
import type { ProtonQuirks } from './quirks.ts';

export interface ItemFormat {
  readonly canonical: boolean;
  readonly oneElementList: ProtonQuirks['oneElementList'];
}

type Simple = Extract<StoredValue, { readonly type: 'text' | 'number' | 'datetime' }>;

/**
 * An item as a read gives it: text and numbers as plain values or lists, datetimes always as objects. Undefined for what a read never gives:
 * rich text, files, formulas and everything else that is no simple value.
 */
export function encodeItem({ name, value, flags }: StoredItem, format: ItemFormat): unknown {
  if (value.type !== 'text' && value.type !== 'number' && value.type !== 'datetime') return undefined;
  const data = shape(value, valuesOf(name, value), format);
  if (!format.canonical) return value.type === 'datetime' ? { type: 'datetime', data } : data;
  return {
    type: value.type,
    data,
    ...(flags.names === true ? { names: true } : {}),
    ...(flags.readers === true ? { readers: true } : {}),
    ...(flags.authors === true ? { authors: true } : {}),
    ...(flags.summary === true ? {} : { nonsummary: true }),
  };
}

export function encodeInstant(instant: number): { readonly type: 'datetime'; readonly data: string } {
  return { type: 'datetime', data: formatInstant(instant) };
}

function shape(value: Simple, values: readonly unknown[], { oneElementList }: ItemFormat): unknown {
  if (values.length === 0) return value.type === 'number' ? [] : '';
  const [first] = values;
  return values.length === 1 && (!value.list || oneElementList === 'scalar') ? first : [...values];
}

function valuesOf(name: string, value: Simple): readonly unknown[] {
  if (value.type !== 'datetime') return value.values;
  const singles = value.values.filter((one) => one.date !== null || one.time !== null);
  const all = [...singles, ...value.ranges.flat()];
  if (new Set(all.map(kindOf)).size > 1) {
    // Lists that mix date kinds are known not to be supported.
    throw new DominoDbError(
      'ERR_INTERNAL_ERROR',
      `Cannot convert item "${name}": a list mixes dates, times and instants`,
    );
  }
  return [...singles.map(print), ...value.ranges.map(([from, to]) => [print(from), print(to)])];
}

function kindOf({ date, time }: NotesDateTime): 'date' | 'time' | 'instant' {
  if (date === null) return 'time';
  return time === null ? 'date' : 'instant';
}

function print(value: NotesDateTime): string {
  const instant = instantOf(value);
  return instant === null ? (value.date ?? value.time ?? '') : formatInstant(instant);
}
