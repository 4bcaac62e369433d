import { FormulaError } from './formula-error.ts';

export type FormulaToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  /** `@Name` lower-cased, or the name of an item. */
  | { readonly kind: 'function' | 'name'; readonly name: string }
  | { readonly kind: 'sign'; readonly sign: string };

const SIGNS = [
  '<>',
  '><',
  '!=',
  '<=',
  '=<',
  '>=',
  '=>',
  ':=',
  '=',
  '<',
  '>',
  '(',
  ')',
  ';',
  ':',
  '&',
  '|',
  '!',
  '+',
  '-',
  '*',
  '/',
];

const TEXT = /^"(?:[^"\\]|\\.)*"/su;
const BRACED = /^\{[^}]*\}/su;
const NUMBER = /^(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/u;
const FUNCTION = /^@[A-Za-z]+/u;
const NAME = /^[\p{L}_$][\p{L}\p{N}_$.]*/u;

/** Throws `syntax`. */
export function formulaTokens(source: string): FormulaToken[] {
  const tokens: FormulaToken[] = [];
  let rest = source.trimStart();
  while (rest !== '') {
    const [token, length] = nextToken(rest);
    tokens.push(token);
    rest = rest.slice(length).trimStart();
  }
  return tokens;
}

function nextToken(rest: string): [FormulaToken, number] {
  const text = TEXT.exec(rest)?.[0];
  if (text !== undefined) {
    return [{ kind: 'text', text: text.slice(1, -1).replaceAll(/\\(.)/gsu, '$1') }, text.length];
  }
  const braced = BRACED.exec(rest)?.[0];
  if (braced !== undefined) return [{ kind: 'text', text: braced.slice(1, -1) }, braced.length];
  const number = NUMBER.exec(rest)?.[0];
  if (number !== undefined) return [{ kind: 'number', number: Number(number) }, number.length];
  const called = FUNCTION.exec(rest)?.[0];
  if (called !== undefined) return [{ kind: 'function', name: called.toLowerCase() }, called.length];
  const name = NAME.exec(rest)?.[0];
  if (name !== undefined) return [{ kind: 'name', name }, name.length];
  const sign = SIGNS.find((one) => rest.startsWith(one));
  if (sign !== undefined) return [{ kind: 'sign', sign }, sign.length];
  throw new FormulaError('syntax', `cannot read the formula at ${JSON.stringify(rest.slice(0, 20))}`);
}
