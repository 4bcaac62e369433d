import {
  firstNumber,
  firstText,
  type FunctionTable,
  mapsText,
  numberValue,
  type RunFunction,
  texts,
} from './formula-function.ts';
import { FormulaError } from './formula-error.ts';
import { type FormulaValue, textValue, truth } from './formula-value.ts';
import { isLike, matchesPattern } from './matches-pattern.ts';

const anyPair =
  (fits: (text: string, part: string) => boolean): RunFunction =>
  (_, [value, parts]) =>
    truth(texts(value).some((text) => texts(parts).some((part) => fits(text, part))));

/** What stands before or behind a number of characters, or the place of a text; nothing where that text is not there. */
const cut =
  (
    byCount: (text: string, count: number) => string,
    byText: (text: string, at: number, length: number) => string,
    last: boolean,
  ): RunFunction =>
  (_, [value, where]) => {
    const of = (text: string): string => {
      if (where?.type === 'number') return byCount(text, Math.max(0, Math.trunc(firstNumber(where))));
      const wanted = firstText(where);
      const at = last ? text.lastIndexOf(wanted) : text.indexOf(wanted);
      return at === -1 || wanted === '' ? '' : byText(text, at, wanted.length);
    };
    return { type: 'text', values: texts(value).map(of) };
  };

function shown(value: FormulaValue): readonly string[] {
  if (value.type === 'text') return value.values;
  if (value.type === 'number') return value.values.map(String);
  return value.values.map((at) => new Date(at).toISOString().slice(0, 19).replace('T', ' '));
}

function replaced(text: string, from: readonly string[], to: readonly string[]): string {
  return from.reduce(
    (result, one, at) =>
      one === '' ? result : result.replaceAll(one, to[Math.min(at, to.length - 1)] ?? ''),
    text,
  );
}

/** Designer help, "Formula language: @functions A-Z", those of texts. Texts are compared with their case. */
export const TEXT_FUNCTIONS: FunctionTable = {
  '@contains': { takes: [2, 2], run: anyPair((text, part) => text.includes(part)) },
  '@begins': { takes: [2, 2], run: anyPair((text, part) => text.startsWith(part)) },
  '@ends': { takes: [2, 2], run: anyPair((text, part) => text.endsWith(part)) },
  '@matches': { takes: [2, 2], run: anyPair(matchesPattern) },
  '@like': { takes: [2, 2], run: anyPair(isLike) },
  '@lowercase': mapsText((text) => text.toLowerCase()),
  '@uppercase': mapsText((text) => text.toUpperCase()),
  '@propercase': mapsText((text) =>
    text
      .toLowerCase()
      .replaceAll(
        /(^|[^\p{L}\p{N}'])(\p{L})/gu,
        (_, before: string, letter: string) => before + letter.toUpperCase(),
      ),
  ),
  '@trim': {
    takes: [1, 1],
    run: (_, [value]) => {
      const kept = texts(value)
        .map((text) => text.trim().replaceAll(/\s+/gu, ' '))
        .filter((text) => text !== '');
      return textValue(...(kept.length === 0 ? [''] : kept));
    },
  },
  '@length': {
    takes: [1, 1],
    run: (_, [value]) => numberValue(...texts(value).map((text) => Array.from(text).length)),
  },
  '@left': {
    takes: [2, 2],
    run: cut(
      (text, n) => text.slice(0, n),
      (text, at) => text.slice(0, at),
      false,
    ),
  },
  '@leftback': {
    takes: [2, 2],
    run: cut(
      (text, n) => text.slice(0, Math.max(0, text.length - n)),
      (text, at) => text.slice(0, at),
      true,
    ),
  },
  '@right': {
    takes: [2, 2],
    run: cut(
      (text, n) => (n === 0 ? '' : text.slice(-n)),
      (text, at, length) => text.slice(at + length),
      false,
    ),
  },
  '@rightback': {
    takes: [2, 2],
    run: cut(
      (text, n) => text.slice(n),
      (text, at, length) => text.slice(at + length),
      true,
    ),
  },
  '@middle': {
    takes: [3, 3],
    run: (_, [value, from, count]) => {
      const start = Math.max(0, Math.trunc(firstNumber(from)));
      const length = Math.max(0, Math.trunc(firstNumber(count)));
      return { type: 'text', values: texts(value).map((text) => text.slice(start, start + length)) };
    },
  },
  '@word': {
    takes: [3, 3],
    run: (_, [value, separator, number]) => {
      const at = Math.trunc(firstNumber(number));
      const word = (text: string): string => text.split(firstText(separator)).at(at > 0 ? at - 1 : at) ?? '';
      return { type: 'text', values: texts(value).map((text) => (at === 0 ? '' : word(text))) };
    },
  },
  '@replacesubstring': {
    takes: [3, 3],
    run: (_, [value, from, to]) => ({
      type: 'text',
      values: texts(value).map((text) => replaced(text, texts(from), texts(to))),
    }),
  },
  '@text': { takes: [1, 1], run: (_, [value]) => textValue(...shown(value as FormulaValue)) },
  '@texttonumber': {
    takes: [1, 1],
    run: (_, [value]) =>
      numberValue(
        ...texts(value).map((text) => {
          if (!/^\s*[+-]?\d/u.test(text)) throw new FormulaError('evaluation', 'the text is no number');
          return Number.parseFloat(text);
        }),
      ),
  },
};
