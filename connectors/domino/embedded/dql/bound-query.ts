import { DqlError } from './dql-error.ts';
import { type Operand, operandOf } from './operand.ts';
import type { DqlNode, DqlOperator, DqlSubject, DqlTerm } from './syntax-tree.ts';

/** A query whose every value is known and whose every term can be answered. */
export type BoundQuery =
  | { readonly kind: 'all' }
  | { readonly kind: 'and' | 'or'; readonly children: readonly BoundQuery[] }
  | { readonly kind: 'not'; readonly child: BoundQuery }
  | BoundTerm;

export interface BoundTerm {
  readonly kind: 'term';
  readonly subject: DqlSubject;
  readonly operator: DqlOperator;
  /** Exactly one, unless the operator is `in` or `in all`. */
  readonly operands: readonly Operand[];
}

/** Throws `unsupported` for terms without an index here and `syntax` for values that do not fit. */
export function bind(node: DqlNode, args: readonly unknown[]): BoundQuery {
  switch (node.kind) {
    case 'all':
      return node;
    case 'and':
    case 'or':
      return { kind: node.kind, children: node.children.map((child) => bind(child, args)) };
    case 'not':
      return { kind: 'not', child: bind(node.child, args) };
    case 'term':
      return bindTerm(node, args);
    case 'unsupported':
      throw new DqlError('unsupported', `this database cannot answer the query: ${node.what}`);
  }
}

function bindTerm(term: DqlTerm, args: readonly unknown[]): BoundTerm {
  const operands = term.values.map((value) => operandOf(value, args));
  const { kind } = term.subject;
  for (const operand of operands) {
    if (kind === 'unid' && operand.kind !== 'text') {
      throw new DqlError('syntax', "@DocumentUniqueID is compared with text: '32 hex digits'");
    }
    const instant = operand.kind === 'moment' && operand.moment.kind === 'instant';
    if ((kind === 'created' || kind === 'modified') && !instant) {
      const name = kind === 'created' ? '@Created' : '@ModifiedInThisFile';
      throw new DqlError('syntax', `${name} is compared with a date: @dt('2019-08-06T02:09:52.07Z')`);
    }
  }
  return { kind: 'term', subject: term.subject, operator: term.operator, operands };
}
