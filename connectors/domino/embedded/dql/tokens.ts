import { createToken, type IToken, Lexer, type TokenType } from 'chevrotain';
import { DqlError } from './dql-error.ts';

/** Query text beyond this is refused, as by Domino's C API. */
const MAX_TEXT_BYTES = 64 * 1024;
/** Deeper nesting would exhaust the call stack before it says anything. */
const MAX_DEPTH = 200;

const identifier = /[\p{L}_$][\p{L}\p{N}_$]*(?:\.[\p{L}\p{N}_$]+)*/uy;

export const Identifier = createToken({
  name: 'Identifier',
  // A function, because chevrotain cannot analyse expressions with the u flag.
  pattern: (text: string, offset: number) => {
    identifier.lastIndex = offset;
    return identifier.exec(text);
  },
  line_breaks: false,
});

const word = (name: string): TokenType =>
  createToken({ name, pattern: new RegExp(name, 'i'), longer_alt: Identifier });
const atFunction = (name: string, names: string): TokenType =>
  createToken({ name, pattern: new RegExp(`@(?:${names})(?![A-Za-z0-9_])`, 'i') });
const sign = (name: string, pattern: string): TokenType => createToken({ name, pattern });

export const And = word('and');
export const Or = word('or');
export const Not = word('not');
export const In = word('in');
export const All = word('all');
export const Contains = word('contains');

export const AtAll = atFunction('AtAll', 'all');
export const AtDt = atFunction('AtDt', 'dt');
export const AtModified = atFunction('AtModified', 'ModifiedInThisFile');
export const AtCreated = atFunction('AtCreated', 'Created');
export const AtUnid = atFunction('AtUnid', 'DocumentUniqueID');
export const AtFormula = atFunction('AtFormula', 'formula|fl');
export const AtSearch = atFunction('AtSearch', 'FTSearch|FTS');

export const Comparison = createToken({ name: 'Comparison', pattern: /[<>]=?|!?=/ });
export const LeftParenthesis = sign('LeftParenthesis', '(');
export const RightParenthesis = sign('RightParenthesis', ')');
export const Comma = sign('Comma', ',');
export const Dot = sign('Dot', '.');
export const Variable = createToken({ name: 'Variable', pattern: /\?[A-Za-z0-9_]*/ });
export const TextLiteral = createToken({
  name: 'TextLiteral',
  pattern: /'[^']*(?:''[^']*)*'/,
  line_breaks: true,
});
export const NumberLiteral = createToken({
  name: 'NumberLiteral',
  pattern: /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/,
});
const Space = createToken({ name: 'Space', pattern: /\s+/, group: Lexer.SKIPPED, line_breaks: true });

/** In the order in which they are tried: keywords before the identifiers they could begin. */
export const allTokens = [
  Space,
  TextLiteral,
  NumberLiteral,
  Variable,
  Comparison,
  LeftParenthesis,
  RightParenthesis,
].concat(
  [Comma, Dot, AtAll, AtDt, AtModified, AtCreated, AtUnid, AtFormula, AtSearch],
  [And, Or, Not, In, All, Contains, Identifier],
);

const lexer = new Lexer(allTokens, { positionTracking: 'full' });
const punctuation = new Set([LeftParenthesis, RightParenthesis, Comma, Dot]);

/** Tokens of a query. Throws `syntax` for text that is too long, too deep, or lacks the blanks DQL requires between words. */
export function tokenize(text: string): IToken[] {
  if (Buffer.byteLength(text) > MAX_TEXT_BYTES) {
    throw new DqlError('syntax', `the query is longer than ${MAX_TEXT_BYTES} bytes`);
  }
  const { tokens, errors } = lexer.tokenize(text);
  const [error] = errors;
  if (error)
    throw new DqlError('syntax', `unexpected ${JSON.stringify(text.charAt(error.offset))} ${at(error)}`);
  let depth = 0;
  let previous: IToken | null = null;
  for (const token of tokens) {
    if (token.tokenType === LeftParenthesis) depth += 1;
    if (token.tokenType === RightParenthesis) depth -= 1;
    if (depth > MAX_DEPTH) throw new DqlError('syntax', `more than ${MAX_DEPTH} nested parentheses`);
    if (previous && touches(previous, token)) {
      throw new DqlError('syntax', `a blank is required before ${JSON.stringify(token.image)} ${at(token)}`);
    }
    previous = token;
  }
  return tokens;
}

function touches(left: IToken, right: IToken): boolean {
  return (
    left.endOffset !== undefined &&
    left.endOffset + 1 === right.startOffset &&
    !punctuation.has(left.tokenType) &&
    !punctuation.has(right.tokenType)
  );
}

/** Where something stands, for a message: `at line 1 column 7`. */
export function at(place: {
  line?: number | undefined;
  column?: number | undefined;
  startLine?: number;
  startColumn?: number;
}): string {
  const line = place.line ?? place.startLine;
  const column = place.column ?? place.startColumn;
  return line === undefined || Number.isNaN(line) ? 'at the end' : `at line ${line} column ${column}`;
}
