import { FormulaError } from './formula-error.ts';
import { numberValue } from './formula-function.ts';
import type { FormulaValue } from './formula-value.ts';

/**
 * `+ - * /` of lists, pair by pair, the shorter one's last value going on (Designer help, "Operations on lists"). Texts are joined by `+`, two times have a
 * difference in seconds. Throws `evaluation` for other types, and where Domino has no number.
 */
export function calculate(left: FormulaValue, sign: string, right: FormulaValue): FormulaValue {
  const length = Math.max(left.values.length, right.values.length);
  const pairs = <T>(one: readonly T[], other: readonly T[]): [T, T][] =>
    Array.from({ length }, (_, at) => [
      one[Math.min(at, one.length - 1)] as T,
      other[Math.min(at, other.length - 1)] as T,
    ]);
  if (left.type === 'text' && right.type === 'text' && sign === '+') {
    return { type: 'text', values: pairs(left.values, right.values).map(([one, other]) => one + other) };
  }
  if (left.type === 'time' && right.type === 'time' && sign === '-') {
    return numberValue(...pairs(left.values, right.values).map(([one, other]) => (one - other) / 1000));
  }
  if (left.type === 'number' && right.type === 'number') {
    return numberValue(...pairs(left.values, right.values).map(([one, other]) => numberOf(one, sign, other)));
  }
  throw new FormulaError('evaluation', `"${sign}" stands between types that it does not take`);
}

function numberOf(one: number, sign: string, other: number): number {
  switch (sign) {
    case '+':
      return one + other;
    case '-':
      return one - other;
    case '*':
      return one * other;
    default:
      return one / other;
  }
}
