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
    ]);
    return this.OR2<DqlNode>([
      { ALT: () => ({ kind: 'term', subject, ...this.SUBRULE(this.condition) }) },
      {
        ALT: () => {
          this.SUBRULE(this.containsClause);
          return { kind: 'unsupported', what: '"contains" needs a full-text index' };
        },
      },
    ]);
  });

  /** Terms that views, the full-text index or the formula engine answer. */
  private readonly indexTerm = this.RULE('indexTerm', (): DqlNode => {
    const what = this.OR([
      {
        ALT: () => {
          this.CONSUME(t.TextLiteral);
          this.CONSUME(t.Dot);
          this.CONSUME(t.Identifier);
          this.OR2([
            { ALT: () => this.SUBRULE(this.condition) },
            { ALT: () => this.SUBRULE(this.containsClause) },
          ]);
          return 'view column terms need a view';
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.In);
          this.OPTION(() => this.CONSUME(t.All));
          this.SUBRULE(this.list);
          return '"in (views)" needs views and folders';
        },
      },
      {
        ALT: () => {
          this.SUBRULE2(this.containsClause);
          return '"contains" needs a full-text index';
        },
      },
      {
        ALT: () => {
          const name = this.CONSUME(t.AtFormula).image;
          this.CONSUME(t.LeftParenthesis);
          this.CONSUME2(t.TextLiteral);
          this.CONSUME(t.RightParenthesis);
          return `${name} needs the formula engine or a full-text index`;
        },
      },
    ]);
    return { kind: 'unsupported', what };
  });

  private readonly containsClause = this.RULE('containsClause', (): void => {
    this.CONSUME(t.Contains);
    this.OPTION(() => this.CONSUME(t.All));
    this.SUBRULE(this.list);
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
            this.CONSUME(t.LeftParenthesis);
            const text = unquote(this.CONSUME2(t.TextLiteral));
            this.CONSUME(t.RightParenthesis);
            return { kind: 'datetime', text };
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
