import { instantOf } from '../engine/notes-date-time.ts';
import type { StoredItem } from '../stored-note.ts';
import { FormulaError } from './formula-error.ts';

/** Everything in a formula is a list of at least one value; times are milliseconds since 1970 UTC. */
export type FormulaValue =
  | { readonly type: 'text'; readonly values: readonly string[] }
  | { readonly type: 'number' | 'time'; readonly values: readonly number[] };

export const textValue = (...values: readonly string[]): FormulaValue => ({ type: 'text', values });

export const truth = (holds: boolean): FormulaValue => ({ type: 'number', values: [holds ? 1 : 0] });

/** Throws `evaluation` for text, as Domino does where a condition is no number. */
export function isTrue(value: FormulaValue): boolean {
  if (value.type === 'number') return value.values.some((one) => one !== 0);
  throw new FormulaError('evaluation', 'a condition is no number');
}

/** What a formula sees of an item; a missing one, or one without simple values, is an empty text. */
export function itemValue(item: StoredItem | undefined): FormulaValue {
  const value = item?.value;
  if (value?.type === 'text' && value.values.length > 0) return { type: 'text', values: value.values };
  if (value?.type === 'number' && value.values.length > 0) return { type: 'number', values: value.values };
  if (value?.type === 'datetime') {
    // A date alone is its midnight.
    const instants = value.values
      .map((one) => (one.time === null && one.date !== null ? Date.parse(one.date) : instantOf(one)))
      .filter((instant) => instant !== null);
    if (instants.length > 0) return { type: 'time', values: instants };
  }
  return textValue('');
}

/** True where any pair fits; the shorter list's last value meets the longer one's rest. Text is compared with its case. */
export function compareLists(left: FormulaValue, sign: string, right: FormulaValue): boolean {
  if (left.type !== right.type) {
    if (sign === '=') return false;
    if (['<>', '><', '!='].includes(sign)) return true;
    throw new FormulaError('evaluation', 'values of different types are compared');
  }
  const length = Math.max(left.values.length, right.values.length);
  const at = (value: FormulaValue, index: number) =>
    value.values[Math.min(index, value.values.length - 1)] ?? '';
  const pairs = Array.from({ length }, (_, index) => [at(left, index), at(right, index)] as const);
  if (['<>', '><', '!='].includes(sign)) return !pairs.some(([one, other]) => one === other);
  return pairs.some(([one, other]) => compares(one, sign, other));
}

function compares<T extends string | number>(one: T, sign: string, other: T): boolean {
  switch (sign) {
    case '=':
      return one === other;
    case '<':
      return one < other;
    case '>':
      return one > other;
    case '<=':
    case '=<':
      return one <= other;
    default:
      return one >= other;
  }
}

export function joinLists(left: FormulaValue, right: FormulaValue): FormulaValue {
  if (left.type === 'text' && right.type === 'text') return textValue(...left.values, ...right.values);
  if (left.type !== 'text' && left.type === right.type) {
    return { type: left.type, values: [...left.values, ...right.values] };
  }
  throw new FormulaError('evaluation', 'a list mixes types');
}
