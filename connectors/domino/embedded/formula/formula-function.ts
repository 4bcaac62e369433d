import { FormulaError } from './formula-error.ts';
import type { FormulaSubject } from './formula-subject.ts';
import type { FormulaValue } from './formula-value.ts';

export type RunFunction = (subject: FormulaSubject, args: readonly FormulaValue[]) => FormulaValue;

export interface FormulaFunction {
  /** How many arguments at least and at most. */
  readonly takes: readonly [least: number, most: number];
  readonly run: RunFunction;
}

export type FunctionTable = Readonly<Record<string, FormulaFunction>>;

export function texts(value: FormulaValue | undefined): readonly string[] {
  if (value?.type !== 'text')
    throw new FormulaError('evaluation', 'text is needed where another type stands');
  return value.values;
}

export function numbers(value: FormulaValue | undefined): readonly number[] {
  if (value?.type !== 'number')
    throw new FormulaError('evaluation', 'a number is needed where another type stands');
  return value.values;
}

export function times(value: FormulaValue | undefined): readonly number[] {
  if (value?.type !== 'time')
    throw new FormulaError('evaluation', 'a time is needed where another type stands');
  return value.values;
}

export function firstText(value: FormulaValue | undefined): string {
  return texts(value)[0] ?? '';
}

export function firstNumber(value: FormulaValue | undefined): number {
  return numbers(value)[0] ?? 0;
}

/** Throws `evaluation` for what is no number: Domino shows @ERROR. */
export function numberValue(...values: readonly number[]): FormulaValue {
  if (values.some((value) => !Number.isFinite(value))) {
    throw new FormulaError('evaluation', 'the result is no number');
  }
  return { type: 'number', values };
}

/** A function of one text, or of each in a list. */
export function mapsText(change: (text: string) => string): FormulaFunction {
  return { takes: [1, 1], run: (_, [value]) => ({ type: 'text', values: texts(value).map(change) }) };
}

/** A function of one number, or of each in a list. */
export function mapsNumber(change: (number: number) => number): FormulaFunction {
  return { takes: [1, 1], run: (_, [value]) => numberValue(...numbers(value).map(change)) };
}
