import { firstNumber, type FunctionTable, mapsNumber, numbers, numberValue } from './formula-function.ts';
import type { FormulaValue } from './formula-value.ts';

const all = (args: readonly FormulaValue[]): readonly number[] => args.flatMap((arg) => numbers(arg));

/** Of two lists the greater or smaller of each pair, the shorter one's last value going on; of one list the extreme. */
function extreme(args: readonly FormulaValue[], choose: (a: number, b: number) => number): FormulaValue {
  const [left, right] = args.map(numbers);
  if (left === undefined || right === undefined) {
    return numberValue((left ?? []).reduce((a, b) => choose(a, b)));
  }
  const at = (list: readonly number[], index: number): number => list[Math.min(index, list.length - 1)] ?? 0;
  const length = Math.max(left.length, right.length);
  return numberValue(...Array.from({ length }, (_, index) => choose(at(left, index), at(right, index))));
}

/** Half goes away from zero. */
function rounded(value: number, factor: number): number {
  return Math.sign(value) * Math.round(Math.abs(value) / factor) * factor;
}

/** Designer help, "Formula language: @functions A-Z", those of numbers. */
export const NUMBER_FUNCTIONS: FunctionTable = {
  '@abs': mapsNumber(Math.abs),
  '@integer': mapsNumber(Math.trunc),
  '@sign': mapsNumber(Math.sign),
  '@sqrt': mapsNumber(Math.sqrt),
  '@exp': mapsNumber(Math.exp),
  '@ln': mapsNumber(Math.log),
  '@log': mapsNumber(Math.log10),
  '@modulo': {
    takes: [2, 2],
    run: (_, [value, divisor]) =>
      numberValue(...numbers(value).map((one) => Math.trunc(one) % Math.trunc(firstNumber(divisor)))),
  },
  '@power': {
    takes: [2, 2],
    run: (_, [value, exponent]) => numberValue(...numbers(value).map((one) => one ** firstNumber(exponent))),
  },
  '@round': {
    takes: [1, 2],
    run: (_, [value, factor]) =>
      numberValue(
        ...numbers(value).map((one) => rounded(one, factor === undefined ? 1 : firstNumber(factor))),
      ),
  },
  '@sum': { takes: [1, 99], run: (_, args) => numberValue(all(args).reduce((a, b) => a + b, 0)) },
  '@max': { takes: [1, 2], run: (_, args) => extreme(args, Math.max) },
  '@min': { takes: [1, 2], run: (_, args) => extreme(args, Math.min) },
};
