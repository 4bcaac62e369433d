import { findItem } from '../engine/item-lookup.ts';
import { FormulaError } from './formula-error.ts';
import { findFunction, isOfIdentity } from './formula-functions.ts';
import { calculate } from './calculate.ts';
import type { FormulaSubject } from './formula-subject.ts';
import {
  compareLists,
  type FormulaValue,
  isTrue,
  itemValue,
  joinLists,
  textValue,
  truth,
} from './formula-value.ts';
import { type Formula, parseFormula } from './parse-formula.ts';

/** Throws {@link FormulaError} for what is not modelled, before anything runs. */
export function compileFormula(source: string): Run {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const formula = parseFormula(source);
  check(formula);
  const run: Run = (subject) => evaluate(formula, subject);
  if (compiled.size >= KEPT) compiled.clear();
  compiled.set(source, run);
  return run;
}

/** Whether some part of the formula is about who asks. Throws as {@link compileFormula}. */
export function asksWhoAsks(source: string): boolean {
  return named(parseFormula(source)).some(isOfIdentity);
}

function named(formula: Formula): string[] {
  switch (formula.kind) {
    case 'call':
      return [formula.name, ...formula.args.flatMap(named)];
    case 'binary':
      return [...named(formula.left), ...named(formula.right)];
    case 'unary':
      return named(formula.of);
    case 'constant':
    case 'item':
      return [];
  }
}

type Run = (subject: FormulaSubject) => FormulaValue;

/** A view runs the same few formulas on every note. */
const compiled = new Map<string, Run>();
const KEPT = 1000;

/** Whether a condition holds. One that fails on its values holds for nobody. */
export function holds(source: string, subject: FormulaSubject): boolean {
  try {
    return isTrue(compileFormula(source)(subject));
  } catch (error) {
    if (error instanceof FormulaError && error.code === 'evaluation') return false;
    throw error;
  }
}

function check(formula: Formula): void {
  if (formula.kind === 'call') {
    if (formula.name !== '@if') findFunction(formula.name, formula.args.length);
    else if (formula.args.length < 3 || formula.args.length % 2 === 0) {
      throw new FormulaError('syntax', '@If takes pairs of condition and value, and a last value');
    }
    for (const arg of formula.args) check(arg);
  } else if (formula.kind === 'binary') {
    check(formula.left);
    check(formula.right);
  } else if (formula.kind === 'unary') check(formula.of);
}

function evaluate(formula: Formula, subject: FormulaSubject): FormulaValue {
  switch (formula.kind) {
    case 'constant':
      return typeof formula.value === 'string'
        ? textValue(formula.value)
        : { type: 'number', values: [formula.value] };
    case 'item':
      return itemValue(findItem(subject.note.items, formula.name));
    case 'unary':
      return unary(formula.sign, evaluate(formula.of, subject));
    case 'binary':
      return binary(formula.sign, formula, subject);
    case 'call':
      return call(formula, subject);
  }
}

function unary(sign: string, value: FormulaValue): FormulaValue {
  if (sign === '!') return truth(!isTrue(value));
  if (value.type !== 'number') throw new FormulaError('evaluation', 'a sign stands before what is no number');
  return sign === '-' ? { type: 'number', values: value.values.map((one) => -one) } : value;
}

function binary(
  sign: string,
  { left, right }: { readonly left: Formula; readonly right: Formula },
  subject: FormulaSubject,
): FormulaValue {
  const one = evaluate(left, subject);
  const other = evaluate(right, subject);
  switch (sign) {
    case '&':
      return truth(isTrue(one) && isTrue(other));
    case '|':
      return truth(isTrue(one) || isTrue(other));
    case ':':
      return joinLists(one, other);
    case '+':
    case '-':
    case '*':
    case '/':
      return calculate(one, sign, other);
    default:
      return truth(compareLists(one, sign, other));
  }
}

function call({ name, args }: Extract<Formula, { kind: 'call' }>, subject: FormulaSubject): FormulaValue {
  if (name === '@if') {
    for (let at = 0; at + 1 < args.length; at += 2) {
      if (isTrue(evaluate(args[at] as Formula, subject))) return evaluate(args[at + 1] as Formula, subject);
    }
    return evaluate(args.at(-1) as Formula, subject);
  }
  const run = findFunction(name, args.length);
  return run(
    subject,
    args.map((arg) =>
      isAvailability(name) && arg.kind === 'item' ? textValue(arg.name) : evaluate(arg, subject),
    ),
  );
}

/** These two take the name of an item, not its value. */
function isAvailability(name: string): boolean {
  return name === '@isavailable' || name === '@isunavailable';
}
