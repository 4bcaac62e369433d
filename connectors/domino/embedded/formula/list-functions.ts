import {
  firstNumber,
  firstText,
  type FunctionTable,
  numberValue,
  type RunFunction,
  texts,
} from './formula-function.ts';
import { type FormulaValue, textValue, truth } from './formula-value.ts';

const isMember: RunFunction = (_, [wanted, list]) =>
  truth(
    (wanted?.values ?? []).every((one) =>
      ((list?.values ?? []) as readonly (string | number)[]).includes(one),
    ),
  );

function elements(value: FormulaValue | undefined): number {
  const values = value?.values ?? [];
  return values.length === 1 && values[0] === '' ? 0 : values.length;
}

/** The same type with other values; an empty text where none are left. */
function withValues(value: FormulaValue, values: readonly (string | number)[]): FormulaValue {
  return values.length === 0 ? textValue('') : ({ type: value.type, values } as FormulaValue);
}

/** Designer help, "Formula language: @functions A-Z", those of lists. */
export const LIST_FUNCTIONS: FunctionTable = {
  '@ismember': { takes: [2, 2], run: isMember },
  '@isnotmember': {
    takes: [2, 2],
    run: (subject, args) => truth(isMember(subject, args).values[0] === 0),
  },
  '@elements': { takes: [1, 1], run: (_, [value]) => numberValue(elements(value)) },
  '@count': { takes: [1, 1], run: (_, [value]) => numberValue(Math.max(1, elements(value))) },
  '@member': {
    takes: [2, 2],
    run: (_, [wanted, list]) =>
      numberValue(
        ((list?.values ?? []) as readonly (string | number)[]).indexOf(wanted?.values[0] ?? '') + 1,
      ),
  },
  '@unique': {
    takes: [1, 1],
    run: (_, [value]) => withValues(value as FormulaValue, [...new Set<string | number>(value?.values)]),
  },
  '@subset': {
    takes: [2, 2],
    run: (_, [value, count]) => {
      const given = value as FormulaValue;
      const n = Math.trunc(firstNumber(count));
      return withValues(given, n >= 0 ? given.values.slice(0, n) : given.values.slice(n));
    },
  },
  '@implode': {
    takes: [1, 2],
    run: (_, [value, separator]) =>
      textValue(texts(value).join(separator === undefined ? ' ' : firstText(separator))),
  },
  '@explode': {
    takes: [1, 2],
    run: (_, [value, separators]) => {
      const signs = separators === undefined ? ' ,;' : firstText(separators);
      const parts = texts(value).flatMap((text) =>
        text.split(new RegExp(`[${signs.replaceAll(/[\\^\]-]/gu, '\\$&')}]`, 'u')),
      );
      return textValue(...parts.filter((one) => one !== ''));
    },
  },
  '@replace': {
    takes: [3, 3],
    run: (_, [value, from, to]) => {
      const targets = texts(to);
      const change = (text: string): string => {
        const at = texts(from).indexOf(text);
        return at === -1 ? text : (targets[at] ?? '');
      };
      return { type: 'text', values: texts(value).map(change) };
    },
  },
};
