import type { StoredNote } from '../stored-note.ts';
import { DqlError } from './dql-error.ts';
import { comparesField } from './field-comparison.ts';
import { holdsPhrase, phraseOf } from './full-text.ts';

type Finds = (note: StoredNote) => boolean;

/** One word of a search, or a sign: `(`, `)`, `&`, `<=`, …; `quoted` words are never operators. */
interface SearchToken {
  readonly text: string;
  readonly quoted: boolean;
}

const TOKEN = /^(?:"([^"]*)"|\[([^\]]*)\]|([<>]=?|[=()&|,!])|([^\s"[\]<>=()&|,!]+))/u;
const OR = new Set(['or', 'accrue', '|', ',']);
const AND = new Set(['and', '&']);
const NOT = new Set(['not', '!']);
const COMPARISONS = new Set(['=', '<', '<=', '>', '>=', 'contains']);
const NOT_MODELLED = new Set(['exactcase', 'paragraph', 'sentence', 'near']);
const RESERVED = new Set([
  ...OR,
  ...AND,
  ...NOT,
  ...COMPARISONS,
  ...NOT_MODELLED,
  'field',
  'termweight',
  '(',
  ')',
]);

/**
 * A search in the language of Notes' full-text engine (Notes help, "How can I refine a search query using operators?"): words that follow each other, quotes,
 * wildcards, NOT, AND, OR or ACCRUE in this precedence, parentheses, `FIELD name CONTAINS …` or `[name] …`, comparisons of numbers and dates. Weights
 * change the order of results only. Throws `syntax`, and `unsupported` for EXACTCASE, PARAGRAPH and SENTENCE, whose engine is not modelled.
 */
export function compileSearch(source: string): Finds {
  const reader = new SearchReader(tokensOf(source));
  const finds = reader.alternatives(null);
  reader.end();
  return finds;
}

function tokensOf(source: string): SearchToken[] {
  const tokens: SearchToken[] = [];
  let rest = source.trimStart();
  while (rest !== '') {
    const match = TOKEN.exec(rest);
    if (match === null) throw unreadable(rest);
    const [whole, quoted, field, sign, word] = match;
    if (field !== undefined) {
      tokens.push({ text: 'field', quoted: false }, { text: field.trim(), quoted: true });
    } else {
      tokens.push({ text: quoted ?? sign ?? word ?? '', quoted: quoted !== undefined });
    }
    rest = rest.slice(whole.length).trimStart();
  }
  return tokens;
}

const unreadable = (rest: string): DqlError =>
  new DqlError(
    'syntax',
    `the full-text engine cannot read the search at ${JSON.stringify(rest.slice(0, 20))}`,
  );

function notModelled(): DqlError {
  return new DqlError(
    'unsupported',
    'EXACTCASE, PARAGRAPH and SENTENCE of the full-text engine are not modelled',
  );
}

class SearchReader {
  readonly #tokens: readonly SearchToken[];
  #at = 0;

  constructor(tokens: readonly SearchToken[]) {
    this.#tokens = tokens;
  }

  /** `field` null = words are looked for anywhere. */
  alternatives(field: string | null): Finds {
    const parts = [this.#conjunction(field)];
    while (this.#take(OR)) parts.push(this.#conjunction(field));
    return (note) => parts.some((finds) => finds(note));
  }

  end(): void {
    const token = this.#tokens[this.#at];
    if (token === undefined) return;
    if (!token.quoted && NOT_MODELLED.has(token.text.toLowerCase())) throw notModelled();
    throw unreadable(token.text);
  }

  #conjunction(field: string | null): Finds {
    const parts = [this.#negation(field)];
    while (this.#take(AND)) parts.push(this.#negation(field));
    return (note) => parts.every((finds) => finds(note));
  }

  #negation(field: string | null): Finds {
    if (!this.#take(NOT)) return this.#primary(field);
    const finds = this.#negation(field);
    return (note) => !finds(note);
  }

  #primary(field: string | null): Finds {
    if (this.#take(new Set(['(']))) {
      const finds = this.alternatives(field);
      if (!this.#take(new Set([')'])))
        throw new DqlError('syntax', 'a parenthesis of the search is not closed');
      return finds;
    }
    if (this.#take(new Set(['termweight']))) {
      if (!/^\d+$/u.test(this.#next())) throw new DqlError('syntax', 'TERMWEIGHT takes a number');
      return this.#primary(field);
    }
    if (this.#take(NOT_MODELLED)) {
      throw notModelled();
    }
    if (field === null && this.#take(new Set(['field']))) return this.#fieldTerm();
    return this.#phrase(field);
  }

  #fieldTerm(): Finds {
    const name = this.#next();
    const operator = this.#next().toLowerCase();
    if (name === '' || !COMPARISONS.has(operator)) {
      throw new DqlError('syntax', 'a search in a field is [name] CONTAINS words, or [name] > value');
    }
    if (operator === 'contains') return this.#primary(name);
    const start = this.#at;
    const value = this.#primary(name);
    const text = this.#tokens
      .slice(start, this.#at)
      .map((token) => token.text)
      .filter((one) => one !== '(' && one !== ')')
      .join(' ');
    return comparesField(name, operator, text) ?? (operator === '=' ? value : () => false);
  }

  #phrase(field: string | null): Finds {
    const words: string[] = [];
    for (let token = this.#tokens[this.#at]; token !== undefined; token = this.#tokens[this.#at]) {
      if (!token.quoted && RESERVED.has(token.text.toLowerCase())) break;
      words.push(token.text);
      this.#at += 1;
    }
    if (words.length === 0) throw new DqlError('syntax', 'the search lacks a word');
    const phrase = phraseOf(words.join(' '));
    return (note) => holdsPhrase(note, field, phrase);
  }

  #next(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new DqlError('syntax', 'the search ends too early');
    this.#at += 1;
    return token.text;
  }

  #take(texts: ReadonlySet<string>): boolean {
    const token = this.#tokens[this.#at];
    if (token === undefined || token.quoted || !texts.has(token.text.toLowerCase())) return false;
    if (this.#tokens[this.#at + 1] === undefined && ![')'].includes(token.text)) {
      throw new DqlError('syntax', 'the search ends too early');
    }
    this.#at += 1;
    return true;
  }
}
