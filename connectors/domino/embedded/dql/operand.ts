import { DqlError } from './dql-error.ts';
import { foldText } from './fold-text.ts';
import { type Moment, parseMoment } from './moment.ts';
import type { DqlValue } from './syntax-tree.ts';

/** A value to compare with, ready to use. */
export type Operand =
  | { readonly kind: 'text'; readonly text: string; readonly folded: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'moment'; readonly moment: Moment };

/** Values for `?name` and `?`. C API: a name has at most 16 bytes, a value at most 256. */
const MAX_NAME_BYTES = 16;
const MAX_VALUE_BYTES = 256;

/**
 * `args` holds `{ name, value }` for `?name` and, in order, plain values (or canonical items `{ type, data }`, or a Date) for `?`.
 * Throws `syntax` when a variable has no value or a value of no DQL type.
 */
export function operandOf(value: DqlValue, args: readonly unknown[]): Operand {
  switch (value.kind) {
    case 'text':
      return text(value.text);
    case 'number':
      return { kind: 'number', number: value.number };
    case 'datetime':
      return { kind: 'moment', moment: parseMoment(value.text) };
    case 'variable':
      return substituted(value.name, value.ordinal, args);
  }
}

function text(value: string): Operand {
  return { kind: 'text', text: value, folded: foldText(value) };
}

function substituted(name: string | null, ordinal: number, args: readonly unknown[]): Operand {
  const label = name === null ? `variable ${ordinal}` : `variable ?${name}`;
  if (name !== null && Buffer.byteLength(name) > MAX_NAME_BYTES) {
    throw new DqlError('syntax', `${label}: names have at most ${MAX_NAME_BYTES} bytes`);
  }
  const candidates =
    name === null
      ? args.filter((arg) => !isNamed(arg)).slice(ordinal - 1)
      : args.filter(isNamed).flatMap((arg) => (arg.name === name ? [arg.value] : []));
  if (candidates.length === 0) throw new DqlError('syntax', `${label} has no value`);
  const operand = typed(candidates[0]);
  if (operand === null) throw new DqlError('syntax', `${label}: its value is no text, number or datetime`);
  if (operand.kind === 'text' && Buffer.byteLength(operand.text) > MAX_VALUE_BYTES) {
    throw new DqlError('syntax', `${label}: values have at most ${MAX_VALUE_BYTES} bytes`);
  }
  return operand;
}

function typed(value: unknown): Operand | null {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number' && Number.isFinite(value)) return { kind: 'number', number: value };
  if (value instanceof Date && !Number.isNaN(value.getTime())) {
    return { kind: 'moment', moment: parseMoment(value.toISOString()) };
  }
  if (typeof value !== 'object' || value === null || !('type' in value) || !('data' in value)) return null;
  if (value.type === 'datetime' && typeof value.data === 'string') {
    return { kind: 'moment', moment: parseMoment(value.data) };
  }
  const matches =
    (value.type === 'text' && typeof value.data === 'string') ||
    (value.type === 'number' && typeof value.data === 'number');
  return matches ? typed(value.data) : null;
}

function isNamed(value: unknown): value is { name: string; value: unknown } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'value' in value
  );
}
