import type { StoredItem, StoredNote } from '../stored-note.ts';
import type { BoundQuery, BoundTerm } from './bound-query.ts';
import { foldText } from './fold-text.ts';
import { type Point, pointOf } from './moment.ts';
import type { Operand } from './operand.ts';
import type { DqlOperator } from './syntax-tree.ts';

/** Whether the note satisfies the query. */
export function satisfies(query: BoundQuery, note: StoredNote): boolean {
  switch (query.kind) {
    case 'all':
      return true;
    case 'and':
      return query.children.every((child) => satisfies(child, note));
    case 'or':
      return query.children.some((child) => satisfies(child, note));
    case 'not':
      return !satisfies(query.child, note);
    case 'term':
      return satisfiesTerm(query, note);
  }
}

function satisfiesTerm(term: BoundTerm, note: StoredNote): boolean {
  const values = valuesOf(term, note);
  const holds = (operand: Operand, operator: DqlOperator): boolean =>
    values.some((value) => compares(value, operator, operand));
  if (term.operator === 'in') return term.operands.some((operand) => holds(operand, '='));
  // HCL's help can be read two ways; a field that holds every listed value is the one that makes sense of lists.
  if (term.operator === 'in all') return term.operands.every((operand) => holds(operand, '='));
  return term.operands.every((operand) => holds(operand, term.operator));
}

/** One value of a note, in the form that {@link compares} takes. */
type Found =
  | { readonly kind: 'text'; readonly folded: string }
  | { readonly kind: 'number'; readonly number: number }
  | Point;

function valuesOf(term: BoundTerm, note: StoredNote): readonly Found[] {
  switch (term.subject.kind) {
    case 'modified':
      return [{ kind: 'instant', at: note.modifiedInFile, clock: null }];
    case 'created':
      return [{ kind: 'instant', at: note.created, clock: null }];
    case 'unid':
      return [{ kind: 'text', folded: note.unid.toLowerCase() }];
    case 'item': {
      const wanted = term.subject.name.toLowerCase();
      const types = new Set(term.operands.map((operand) => operand.kind));
      return note.items.flatMap((item) =>
        item.flags.summary === true && item.name.toLowerCase() === wanted ? itemValues(item, types) : [],
      );
    }
  }
}

/** Values of the types that are asked for: the type of the value decides, text is never taken for a number. */
function itemValues(item: StoredItem, types: ReadonlySet<Operand['kind']>): readonly Found[] {
  const { value } = item;
  if (value.type === 'text' && types.has('text')) {
    return value.values.map((text) => ({ kind: 'text', folded: foldText(text) }));
  }
  if (value.type === 'number' && types.has('number')) {
    return value.values.map((number) => ({ kind: 'number', number }));
  }
  if (value.type === 'datetime' && types.has('moment')) {
    return [...value.values, ...value.ranges.flat()].flatMap((datetime) => pointOf(datetime) ?? []);
  }
  return [];
}

function compares(found: Found, operator: DqlOperator, operand: Operand): boolean {
  if (operand.kind === 'text') {
    return found.kind === 'text' && ordered(found.folded, operator, operand.folded);
  }
  if (operand.kind === 'number') {
    return found.kind === 'number' && ordered(found.number, operator, operand.number);
  }
  if (found.kind === 'text' || found.kind === 'number') return false;
  const { kind, from, to } = operand.moment;
  const at = found.kind === kind ? found.at : kind === 'clock' ? found.clock : null;
  return at !== null && placed(at, operator, from, to);
}

function ordered<T extends string | number>(left: T, operator: DqlOperator, right: T): boolean {
  switch (operator) {
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '=':
    case 'in':
    case 'in all':
      return left === right;
  }
}

function placed(at: number, operator: DqlOperator, from: number, to: number): boolean {
  switch (operator) {
    case '>':
      return at >= to;
    case '>=':
      return at >= from;
    case '<':
      return at < from;
    case '<=':
      return at < to;
    case '=':
    case 'in':
    case 'in all':
      return at >= from && at < to;
  }
}
