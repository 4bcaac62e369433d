import type { BoundQuery, BoundTerm } from './bound-query.ts';
import { foldText } from './fold-text.ts';
import type { DqlSwitches } from './switches.ts';

/** What every match of a query satisfies; an engine may look only there. Bounds are half-open milliseconds since 1970-01-01 UTC. */
export interface QueryHints {
  readonly modifiedFrom: number | null;
  readonly modifiedTo: number | null;
  readonly createdFrom: number | null;
  readonly createdTo: number | null;
  /** Upper case; every match is one of these. Null = not restricted. */
  readonly unids: readonly string[] | null;
  /** Text that the named item holds in every match: names without regard to case, texts folded as `foldText` does. */
  readonly items: readonly { readonly name: string; readonly text: string }[];
}

const none: QueryHints = {
  modifiedFrom: null,
  modifiedTo: null,
  createdFrom: null,
  createdTo: null,
  unids: null,
  items: [],
};

export function hintsOf(query: BoundQuery, switches: DqlSwitches): QueryHints {
  switch (query.kind) {
    case 'all':
    case 'not':
    case 'membership':
    case 'contains':
    case 'search':
    case 'formula':
      return none;
    case 'and':
      return query.children.map((child) => hintsOf(child, switches)).reduce(both);
    case 'or':
      return query.children.map((child) => hintsOf(child, switches)).reduce(either);
    case 'term':
      return hintsOfTerm(query, switches);
  }
}

function hintsOfTerm(term: BoundTerm, { fieldInAll }: DqlSwitches): QueryHints {
  const each = term.operands.map((operand): QueryHints => {
    if (operand.kind === 'moment') {
      const { kind } = term.subject;
      const { from, to } = bounds(term.operator, operand.moment);
      if (kind === 'modified') return { ...none, modifiedFrom: from, modifiedTo: to };
      return kind === 'created' ? { ...none, createdFrom: from, createdTo: to } : none;
    }
    const equality = term.operator === '=' || term.operator === 'in' || term.operator === 'in all';
    if (operand.kind !== 'text' || !equality) return none;
    if (term.subject.kind === 'unid') return { ...none, unids: [operand.folded.toUpperCase()] };
    return term.subject.kind === 'item'
      ? { ...none, items: [{ name: term.subject.name, text: operand.text }] }
      : none;
  });
  const any = term.operator === 'in' || (term.operator === 'in all' && fieldInAll === 'only-listed');
  return each.reduce(any ? either : both);
}

function bounds(
  operator: BoundTerm['operator'],
  { from, to }: { from: number; to: number },
): { from: number | null; to: number | null } {
  switch (operator) {
    case '>':
      return { from: to, to: null };
    case '>=':
      return { from, to: null };
    case '<':
      return { from: null, to: from };
    case '<=':
      return { from: null, to };
    case '!=':
      return { from: null, to: null };
    case '=':
    case 'in':
    case 'in all':
      return { from, to };
  }
}

function both(a: QueryHints, b: QueryHints): QueryHints {
  return {
    modifiedFrom: tighter(a.modifiedFrom, b.modifiedFrom, Math.max),
    modifiedTo: tighter(a.modifiedTo, b.modifiedTo, Math.min),
    createdFrom: tighter(a.createdFrom, b.createdFrom, Math.max),
    createdTo: tighter(a.createdTo, b.createdTo, Math.min),
    unids: a.unids && b.unids ? shared(a.unids, b.unids) : (a.unids ?? b.unids),
    items: [...a.items, ...b.items.filter((item) => !a.items.some((other) => same(item, other)))],
  };
}

function either(a: QueryHints, b: QueryHints): QueryHints {
  return {
    modifiedFrom: looser(a.modifiedFrom, b.modifiedFrom, Math.min),
    modifiedTo: looser(a.modifiedTo, b.modifiedTo, Math.max),
    createdFrom: looser(a.createdFrom, b.createdFrom, Math.min),
    createdTo: looser(a.createdTo, b.createdTo, Math.max),
    unids: a.unids && b.unids ? [...new Set([...a.unids, ...b.unids])] : null,
    items: a.items.filter((item) => b.items.some((other) => same(item, other))),
  };
}

type Choose = (a: number, b: number) => number;

function tighter(a: number | null, b: number | null, choose: Choose): number | null {
  return a === null || b === null ? (a ?? b) : choose(a, b);
}

function looser(a: number | null, b: number | null, choose: Choose): number | null {
  return a === null || b === null ? null : choose(a, b);
}

function shared(a: readonly string[], b: readonly string[]): string[] {
  const wanted = new Set(b);
  return a.filter((unid) => wanted.has(unid));
}

function same(a: { name: string; text: string }, b: { name: string; text: string }): boolean {
  return a.name.toLowerCase() === b.name.toLowerCase() && foldText(a.text) === foldText(b.text);
}
