import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { DqlError } from './dql-error.ts';
import { parseDql } from './parser.ts';
import { models, write } from './testing/query-model.ts';

const VALUES = ["'x'", '1', '-2.5e3', "@dt('2024-01-01')", '?', '?name'];
const WORDS = [
  'a',
  "'v'.c",
  '@Created',
  '@DocumentUniqueID',
  '@all',
  "@fl('x')",
  "@fts('x')",
  ...VALUES,
].concat(['=', '<', '>=', '(', ')', ',', 'in', 'all', 'and', 'or', 'not', 'contains']);

/** The grammar of HCL's help once more, written by hand over single words: whether they are a query. */
class Recogniser {
  readonly #words: readonly string[];
  #at = 0;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  accepts(): boolean {
    return this.#query() && this.#at === this.#words.length;
  }

  #take(...wanted: readonly string[]): boolean {
    const word = this.#words[this.#at];
    if (word === undefined || !wanted.includes(word)) return false;
    this.#at += 1;
    return true;
  }

  #query(): boolean {
    if (!this.#term()) return false;
    while (this.#take('and', 'or')) {
      this.#take('not');
      if (!this.#term()) return false;
    }
    return true;
  }

  #term(): boolean {
    if (this.#take('(')) return this.#query() && this.#take(')');
    if (this.#take('@all', "@fts('x')")) return true;
    if (this.#take('in')) {
      this.#take('all');
      return this.#list();
    }
    if (this.#take("@fl('x')")) {
      this.#condition();
      return true;
    }
    if (this.#contains()) return true;
    if (this.#take('a')) return this.#contains() || this.#condition();
    return this.#take("'v'.c", '@Created', '@DocumentUniqueID') && this.#condition();
  }

  #contains(): boolean {
    const before = this.#at;
    if (!this.#take('contains')) return false;
    this.#take('all');
    if (this.#list()) return true;
    this.#at = before;
    return false;
  }

  #condition(): boolean {
    const before = this.#at;
    if (this.#take('=', '<', '>=') && this.#take(...VALUES)) return true;
    this.#at = before;
    if (this.#take('in')) {
      this.#take('all');
      if (this.#list()) return true;
    }
    this.#at = before;
    return false;
  }

  #list(): boolean {
    if (!this.#take('(') || !this.#take(...VALUES)) return false;
    while (this.#take(',')) if (!this.#take(...VALUES)) return false;
    return this.#take(')');
  }
}

function parses(query: string): boolean {
  try {
    parseDql(query);
    return true;
  } catch (error) {
    if (error instanceof DqlError && error.code === 'syntax') return false;
    throw error;
  }
}

const words: fc.Arbitrary<string> = fc.constantFrom(...WORDS);

/** Queries word by word, right or nearly right. */
const sentences: fc.Arbitrary<string[]> = fc
  .tuple(
    fc.array(
      fc.constantFrom(
        ['a', '=', '1'],
        ["'v'.c", 'in', '(', "'x'", ')'],
        ['in', 'all', '(', '?', ',', "'x'", ')'],
        ['a', 'contains', '(', "'x'", ')'],
        ['(', 'a', '<', '?name', 'or', 'not', '@all', ')'],
        ["@fl('x')", '>=', '-2.5e3'],
        ["@fl('x')"],
        ["@fts('x')"],
        ['contains', 'all', '(', "'x'", ')'],
        ['@Created', '>=', "@dt('2024-01-01')"],
      ),
      { minLength: 1, maxLength: 4 },
    ),
    fc.array(fc.constantFrom(['and'], ['or'], ['and', 'not'], ['or', 'not']), { minLength: 4, maxLength: 4 }),
    fc.array(fc.record({ at: fc.nat(30), how: fc.constantFrom('drop', 'put', 'swap'), word: words }), {
      maxLength: 2,
    }),
  )
  .map(([terms, joints, changes]) => {
    const sentence: string[] = terms.flatMap<string>((term, at) =>
      at === 0 ? term : [...(joints[at] ?? []), ...term],
    );
    for (const { at, how, word } of changes) {
      const place = at % (sentence.length + 1);
      sentence.splice(place, how === 'put' ? 0 : 1, ...(how === 'drop' ? [] : [word]));
    }
    return sentence;
  });

test('[DQ1] [DQ4] the parser accepts what the grammar allows and nothing that it excludes', () => {
  let accepted = 0;
  fc.assert(
    fc.property(sentences, (sentence) => {
      const expected = new Recogniser(sentence).accepts();
      if (expected) accepted += 1;
      expect(parses(sentence.join(' ')), sentence.join(' ')).toBe(expected);
    }),
    { numRuns: 3000 },
  );
  expect(accepted).toBeGreaterThan(500);
});

test('[DQ2] words that touch are refused, however right the query would be with blanks', () => {
  fc.assert(
    fc.property(models, fc.nat(), (model, at) => {
      const query = write(model);
      const blanks = [...query.matchAll(/(?<=[\p{L}\p{N}'=<>]) (?=[\p{L}\p{N}'=<>@?])/gu)].map(
        ({ index }) => index,
      );
      // A blank inside a text is part of the text.
      const outside = blanks.filter((index) => (query.slice(0, index).split("'").length - 1) % 2 === 0);
      const index = outside[at % Math.max(outside.length, 1)];
      fc.pre(index !== undefined);
      const touching = query.slice(0, index) + query.slice(index + 1);
      fc.pre(!/\p{L}\p{L}/u.test(touching.slice(index - 1, index + 1)));
      expect(parses(touching), touching).toBe(false);
    }),
    { numRuns: 300 },
  );
});
