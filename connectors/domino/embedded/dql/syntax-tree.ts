/** A DQL query as it was written, before variables have values. */
export type DqlNode =
  | { readonly kind: 'all' }
  | { readonly kind: 'and' | 'or'; readonly children: readonly DqlNode[] }
  | { readonly kind: 'not'; readonly child: DqlNode }
  | DqlTerm
  /** `in ('view1', 'folder2')`, `in all (…)`. */
  | { readonly kind: 'membership'; readonly all: boolean; readonly views: readonly DqlValue[] }
  /** `contains` and `contains all`, of an item or (null) of any. */
  | {
      readonly kind: 'contains';
      readonly item: string | null;
      readonly all: boolean;
      readonly values: readonly DqlValue[];
    }
  /** `@formula('…')`, whose result is a truth value or, with an operator, is compared. */
  | {
      readonly kind: 'formula';
      readonly source: string;
      readonly condition: { readonly operator: DqlOperator; readonly values: readonly DqlValue[] } | null;
    }
  /** `@FTSearch('…')` in the language of the full-text engine. */
  | { readonly kind: 'search'; readonly source: string };

export interface DqlTerm {
  readonly kind: 'term';
  readonly subject: DqlSubject;
  readonly operator: DqlOperator;
  /** Exactly one, unless the operator is `in` or `in all`. */
  readonly values: readonly DqlValue[];
}

export type DqlSubject =
  | { readonly kind: 'item'; readonly name: string }
  | { readonly kind: 'column'; readonly view: string; readonly column: string }
  | { readonly kind: SystemProperty };

type SystemProperty = 'modified' | 'created' | 'unid';

export type DqlOperator = '=' | '!=' | '>' | '>=' | '<' | '<=' | 'in' | 'in all';

export type DqlValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'datetime'; readonly text: string }
  /** `ordinal` counts the unnamed variables from 1; `name` is null for those. */
  | { readonly kind: 'variable'; readonly name: string | null; readonly ordinal: number };
