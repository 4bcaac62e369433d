import { type CustomTypesConfig, types } from 'pg';

const { builtins } = types;
const TEXT_ARRAY: number = 1009;
const INT8_ARRAY = 1016;
const TIMESTAMP_ARRAY = 1115;
const DATE_ARRAY = 1182;

type TextParser = (text: string) => unknown;

/** A number where it is exact, else the digits as text: a wrong number is worse than another type. */
function parseInt8(text: string): number | string {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
}

const asText: TextParser = (text) => text;

const textArray = types.getTypeParser(TEXT_ARRAY, 'text') as (text: string) => (string | null)[];

const OURS = new Map<number, TextParser>([
  [builtins.INT8, parseInt8],
  [INT8_ARRAY, (text) => textArray(text).map((item) => (item === null ? null : parseInt8(item)))],
  // pg makes a Date of local midnight of these two, which is another day in another time zone.
  [builtins.DATE, asText],
  [builtins.TIMESTAMP, asText],
  [DATE_ARRAY, textArray],
  [TIMESTAMP_ARRAY, textArray],
]);

/** Type parsing of our own pools; see `SqlPool`. Only the text format is ever asked for. */
export const ourTypes: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    OURS.get(oid) ?? types.getTypeParser(oid, format ?? 'text')) as CustomTypesConfig['getTypeParser'],
};
