import { instantOf } from '../engine/notes-date-time.ts';
import type { StoredItem, StoredNote } from '../stored-note.ts';

const DAY = 86_400_000;

/** A comparison of the numbers or dates of an item in a full-text search; null where the value is a text, which only `=` takes, as words. */
export function comparesField(
  name: string,
  operator: string,
  value: string,
): ((note: StoredNote) => boolean) | null {
  const range = rangeOf(value);
  if (range === null) return null;
  return ({ items }) =>
    items.some(
      (item) =>
        item.name.toLowerCase() === name.toLowerCase() &&
        valuesOf(item, range.type).some((one) => compares(one, operator, range)),
    );
}

interface Range {
  readonly type: 'number' | 'datetime';
  readonly from: number;
  /** Behind the last one. Of a number the number itself. */
  readonly to: number;
}

/** A number, or a date as Notes' help writes it (month first), or by ISO 8601: a day. */
function rangeOf(text: string): Range | null {
  if (/^[+-]?\d+(?:\.\d+)?$/u.test(text)) return { type: 'number', from: Number(text), to: Number(text) };
  const [, month, day, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/u.exec(text) ?? [];
  const iso = year === undefined ? text : `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  const from = /^\d{4}-\d{2}-\d{2}$/u.test(iso) ? Date.parse(iso) : Number.NaN;
  return Number.isNaN(from) ? null : { type: 'datetime', from, to: from + DAY };
}

function valuesOf({ value }: StoredItem, type: Range['type']): readonly number[] {
  if (type === 'number') return value.type === 'number' ? value.values : [];
  if (value.type !== 'datetime') return [];
  return value.values.flatMap((one) =>
    one.time === null ? Date.parse(one.date ?? '') : (instantOf(one) ?? []),
  );
}

function compares(one: number, operator: string, { type, from, to }: Range): boolean {
  const last = type === 'number' ? to : to - 1;
  switch (operator) {
    case '<':
      return one < from;
    case '<=':
      return one <= last;
    case '>':
      return one > last;
    case '>=':
      return one >= from;
    default:
      return one >= from && one <= last;
  }
}
