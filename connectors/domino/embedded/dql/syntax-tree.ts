/** A DQL query as it was written, before variables have values. */
export type DqlNode =
  | { readonly kind: 'all' }
  | { readonly kind: 'and' | 'or'; readonly children: readonly DqlNode[] }
  | { readonly kind: 'not'; readonly child: DqlNode }
  | DqlTerm
  /** Correct DQL that this engine cannot answer; `what` names it for the error. */
  | { readonly kind: 'unsupported'; readonly what: string };

export interface DqlTerm {
  readonly kind: 'term';
  readonly subject: DqlSubject;
  readonly operator: DqlOperator;
  /** Exactly one, unless the operator is `in` or `in all`. */
  readonly values: readonly DqlValue[];
}

export type DqlSubject = { readonly kind: 'item'; readonly name: string } | { readonly kind: SystemProperty };

type SystemProperty = 'modified' | 'created' | 'unid';

export type DqlOperator = '=' | '>' | '>=' | '<' | '<=' | 'in' | 'in all';

export type DqlValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'datetime'; readonly text: string }
  /** `ordinal` counts the unnamed variables from 1; `name` is null for those. */
  | { readonly kind: 'variable'; readonly name: string | null; readonly ordinal: number };
