import { EmbeddedActionsParser, type IToken } from 'chevrotain';
import { DqlError } from './dql-error.ts';
import type { DqlNode, DqlOperator, DqlSubject, DqlValue } from './syntax-tree.ts';
import * as t from './tokens.ts';

/** DQL's grammar: HCL Domino Designer help, "DQL syntax" and "DQL term precedence"; AND binds before OR, there is no unary not. */
class DqlParser extends EmbeddedActionsParser {
  #unnamed = 0;

  constructor() {
    super(t.allTokens, { maxLookahead: 2 });
    this.performSelfAnalysis();
  }

  override reset(): void {
    super.reset();
    this.#unnamed = 0;
  }

  readonly query = this.RULE('query', (): DqlNode => this.SUBRULE(this.disjunction));

  private readonly disjunction = this.RULE('disjunction', (): DqlNode => {
    const children: DqlNode[] = [this.SUBRULE(this.conjunction, { ARGS: [false] })];
    this.MANY(() => {
      this.CONSUME(t.Or);
      const negated = this.OPTION(() => this.CONSUME(t.Not)) !== undefined;
      children.push(this.SUBRULE2(this.conjunction, { ARGS: [negated] }));
    });
    return group('or', children);
  });

  /** `negated` belongs to the first operand only: `a or not b and c` is `a or ((not b) and c)`. */
  private readonly conjunction = this.RULE('conjunction', (negated: boolean): DqlNode => {
    const children: DqlNode[] = [negate(negated, this.SUBRULE(this.operand))];
    this.MANY(() => {
      this.CONSUME(t.And);
      const not = this.OPTION(() => this.CONSUME(t.Not)) !== undefined;
      children.push(negate(not, this.SUBRULE2(this.operand)));
    });
    return group('and', children);
  });

  private readonly operand = this.RULE(
    'operand',
    (): DqlNode =>
      this.OR<DqlNode>([
        {
          ALT: () => {
            this.CONSUME(t.LeftParenthesis);
            const inner = this.SUBRULE(this.disjunction);
            this.CONSUME(t.RightParenthesis);
            return inner;
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.AtAll);
            return { kind: 'all' };
          },
        },
        { ALT: () => this.SUBRULE(this.subjectTerm) },
        { ALT: () => this.SUBRULE(this.indexTerm) },
      ]),
  );

  private readonly subjectTerm = this.RULE('subjectTerm', (): DqlNode => {
    const subject = this.OR<DqlSubject>([
      { ALT: () => ({ kind: 'item', name: this.CONSUME(t.Identifier).image }) },
      { ALT: () => this.#property('modified', this.CONSUME(t.AtModified)) },
      { ALT: () => this.#property('created', this.CONSUME(t.AtCreated)) },
      { ALT: () => this.#property('unid', this.CONSUME(t.AtUnid)) },
      {
        ALT: () => {
          const view = this.CONSUME(t.TextLiteral);
          this.CONSUME(t.Dot);
          const column = this.CONSUME2(t.Identifier).image;
          return { kind: 'column', view: unquote(view), column };
        },
      },
    ]);
    return this.OR2<DqlNode>([
      { ALT: () => ({ kind: 'term', subject, ...this.SUBRULE(this.condition) }) },
      {
        GATE: () => subject.kind === 'item',
        ALT: () => ({
          ...this.SUBRULE(this.containsClause),
          item: subject.kind === 'item' ? subject.name : null,
        }),
      },
    ]);
  });

  /** Terms without an identifier. */
  private readonly indexTerm = this.RULE(
    'indexTerm',
    (): DqlNode =>
      this.OR<DqlNode>([
        {
          ALT: () => {
            this.CONSUME(t.In);
            const all = this.OPTION(() => this.CONSUME(t.All)) !== undefined;
            return { kind: 'membership', all, views: this.SUBRULE(this.list) };
          },
        },
        { ALT: () => ({ ...this.SUBRULE(this.containsClause), item: null }) },
        {
          ALT: () => {
            this.CONSUME(t.AtFormula);
            const source = this.SUBRULE(this.argument);
            const condition = this.OPTION2(() => this.SUBRULE(this.condition)) ?? null;
            return { kind: 'formula', source, condition };
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.AtSearch);
            return { kind: 'search', source: this.SUBRULE2(this.argument) };
          },
        },
      ]),
  );

  private readonly containsClause = this.RULE(
    'containsClause',
    (): { kind: 'contains'; all: boolean; values: readonly DqlValue[] } => {
      this.CONSUME(t.Contains);
      const all = this.OPTION(() => this.CONSUME(t.All)) !== undefined;
      return { kind: 'contains', all, values: this.SUBRULE(this.list) };
    },
  );

  private readonly argument = this.RULE('argument', (): string => {
    this.CONSUME(t.LeftParenthesis);
    const text = unquote(this.CONSUME(t.TextLiteral));
    this.CONSUME(t.RightParenthesis);
    return text;
  });

  private readonly condition = this.RULE('condition', (): { operator: DqlOperator; values: DqlValue[] } =>
    this.OR([
      {
        ALT: () => {
          const operator = this.CONSUME(t.Comparison).image as DqlOperator;
          return { operator, values: [this.SUBRULE(this.value)] };
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.In);
          const operator: DqlOperator = this.OPTION(() => this.CONSUME(t.All)) ? 'in all' : 'in';
          return { operator, values: this.SUBRULE(this.list) };
        },
      },
    ]),
  );

  private readonly list = this.RULE('list', (): DqlValue[] => {
    const values: DqlValue[] = [];
    this.CONSUME(t.LeftParenthesis);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => values.push(this.SUBRULE(this.value)) });
    this.CONSUME(t.RightParenthesis);
    return values;
  });

  private readonly value = this.RULE(
    'value',
    (): DqlValue =>
      this.OR<DqlValue>([
        { ALT: () => ({ kind: 'text', text: unquote(this.CONSUME(t.TextLiteral)) }) },
        { ALT: () => ({ kind: 'number', number: Number(this.CONSUME(t.NumberLiteral).image) }) },
        {
          ALT: () => {
            this.CONSUME(t.AtDt);
            return { kind: 'datetime', text: this.SUBRULE(this.argument) };
          },
        },
        {
          ALT: () => {
            const name = this.CONSUME(t.Variable).image.slice(1);
            if (name === '') this.#unnamed += 1;
            return { kind: 'variable', name: name || null, ordinal: this.#unnamed };
          },
        },
      ]),
  );

  #property(kind: 'modified' | 'created' | 'unid', _token: IToken): DqlSubject {
    return { kind };
  }
}

function unquote(token: IToken): string {
  return token.image.slice(1, -1).replaceAll("''", "'");
}

function group(kind: 'and' | 'or', children: readonly DqlNode[]): DqlNode {
  const [only] = children;
  return children.length === 1 && only ? only : { kind, children };
}

function negate(negated: boolean, child: DqlNode): DqlNode {
  return negated ? { kind: 'not', child } : child;
}

let parser: DqlParser | null = null;

/** Throws `syntax` with line and column. */
export function parseDql(text: string): DqlNode {
  const tokens = t.tokenize(text);
  if (tokens.length === 0) throw new DqlError('syntax', 'the query is empty; @all finds every document');
  parser ??= new DqlParser();
  parser.input = tokens;
  const tree = parser.query();
  const [error] = parser.errors;
  if (error) {
    const found = error.token.image === '' ? 'the end' : JSON.stringify(error.token.image);
    throw new DqlError('syntax', `DQL does not allow ${found} ${t.at(error.token)}`);
  }
  return tree;
}
