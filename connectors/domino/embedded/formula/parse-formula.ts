import { FormulaError } from './formula-error.ts';
import { type FormulaToken, formulaTokens } from './formula-tokens.ts';

export type Formula =
  | { readonly kind: 'constant'; readonly value: string | number }
  | { readonly kind: 'item'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Formula[] }
  | { readonly kind: 'unary'; readonly sign: string; readonly of: Formula }
  | { readonly kind: 'binary'; readonly sign: string; readonly left: Formula; readonly right: Formula };

/** Signs that bind equally, weakest first. Designer help, "Formula syntax: operators and precedence". */
const LEVELS: readonly (readonly string[])[] = [
  ['|'],
  ['&'],
  ['!'],
  ['=', '<>', '><', '!=', '<', '>', '<=', '=<', '>=', '=>'],
  ['+', '-'],
  ['*', '/'],
  [':'],
];

/** One expression, or `SELECT` and one. Throws {@link FormulaError} `syntax`, and `unsupported` for assignments and several statements. */
export function parseFormula(source: string): Formula {
  const reader = new FormulaReader(formulaTokens(source));
  reader.takeKeyword('select');
  const formula = reader.level(0);
  reader.end();
  return formula;
}

class FormulaReader {
  readonly #tokens: readonly FormulaToken[];
  #at = 0;

  constructor(tokens: readonly FormulaToken[]) {
    this.#tokens = tokens;
  }

  takeKeyword(word: string): void {
    const token = this.#tokens[this.#at];
    const after = this.#tokens[this.#at + 1];
    if (token?.kind === 'name' && token.name.toLowerCase() === word && after !== undefined) this.#at += 1;
  }

  level(depth: number): Formula {
    const signs = LEVELS[depth];
    if (signs === undefined) return this.#primary();
    if (signs.includes('!')) {
      const sign = this.#take(['!']);
      return sign === null ? this.level(depth + 1) : { kind: 'unary', sign, of: this.level(depth) };
    }
    let left = this.level(depth + 1);
    for (let sign = this.#take(signs); sign !== null; sign = this.#take(signs)) {
      left = { kind: 'binary', sign, left, right: this.level(depth + 1) };
    }
    return left;
  }

  end(): void {
    const token = this.#tokens[this.#at];
    if (token === undefined) return;
    const found = token.kind === 'sign' ? token.sign : token.kind;
    if (found === ';' || found === ':=') {
      throw new FormulaError('unsupported', 'formulas of several statements are not modelled');
    }
    throw new FormulaError('syntax', `the formula goes on with "${found}" where it should end`);
  }

  #primary(): Formula {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new FormulaError('syntax', 'the formula ends too early');
    switch (token.kind) {
      case 'text':
        return { kind: 'constant', value: token.text };
      case 'number':
        return { kind: 'constant', value: token.number };
      case 'name':
        return { kind: 'item', name: token.name };
      case 'function':
        return { kind: 'call', name: token.name, args: this.#arguments() };
      case 'sign':
        return this.#signed(token.sign);
    }
  }

  #signed(sign: string): Formula {
    if (sign === '-' || sign === '+') return { kind: 'unary', sign, of: this.#primary() };
    if (sign !== '(') throw new FormulaError('syntax', `"${sign}" stands where a value should`);
    const inner = this.level(0);
    this.#close();
    return inner;
  }

  #arguments(): Formula[] {
    if (this.#take(['(']) === null) return [];
    const args: Formula[] = [];
    do args.push(this.level(0));
    while (this.#take([';']) !== null);
    this.#close();
    return args;
  }

  #close(): void {
    if (this.#take([')']) === null) throw new FormulaError('syntax', 'a parenthesis is not closed');
  }

  #take(signs: readonly string[]): string | null {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'sign' || !signs.includes(token.sign)) return null;
    this.#at += 1;
    return token.sign;
  }
}
