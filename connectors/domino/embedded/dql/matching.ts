import type { StoredItem, StoredNote } from '../stored-note.ts';
import type { FormulaValue } from '../formula/formula-value.ts';
import type { BoundContains, BoundFormula, BoundQuery, BoundTerm } from './bound-query.ts';
import { foldText } from './fold-text.ts';
import { holdsPhrase } from './full-text.ts';
import { type Point, pointOf } from './moment.ts';
import type { Operand } from './operand.ts';
import type { BoundView } from './resolve-view.ts';
import type { DqlSwitches } from './switches.ts';
import type { DqlOperator } from './syntax-tree.ts';
import { selects } from './view-design.ts';

/** Whether the note satisfies the query. Texts of rich text are searched where the note has its bytes. */
export function satisfies(query: BoundQuery, note: StoredNote, switches: DqlSwitches): boolean {
  switch (query.kind) {
    case 'all':
      return true;
    case 'and':
      return query.children.every((child) => satisfies(child, note, switches));
    case 'or':
      return query.children.some((child) => satisfies(child, note, switches));
    case 'not':
      return !satisfies(query.child, note, switches);
    case 'term':
      return satisfiesTerm(query, note, switches);
    case 'membership':
      return query.all
        ? query.views.every((view) => isIn(view, note))
        : query.views.some((view) => isIn(view, note));
    case 'contains':
      return note.modifiedInFile <= query.fullTextAt && holdsTexts(query, note);
    case 'search':
      return note.modifiedInFile <= query.fullTextAt && query.finds(note);
    case 'formula':
      return satisfiesFormula(query, note, switches);
  }
}

/** Whether the index of the view has an entry of the note. */
export function isIn({ view, state, upTo }: BoundView, note: StoredNote): boolean {
  return note.modifiedInFile <= upTo && selects(view, state, note);
}

function holdsTexts({ item, all, phrases }: BoundContains, note: StoredNote): boolean {
  const holds = (phrase: BoundContains['phrases'][number]): boolean => holdsPhrase(note, item, phrase);
  return all ? phrases.every(holds) : phrases.some(holds);
}

function satisfiesTerm(term: BoundTerm, note: StoredNote, switches: DqlSwitches): boolean {
  if (term.view !== null && !isIn(term.view, note)) return false;
  if (term.fullTextAt !== null && note.modifiedInFile > term.fullTextAt) return false;
  if (term.operator === '!=') return !satisfiesTerm({ ...term, operator: '=' }, note, switches);
  return holdsFor(valuesOf(term, note), term, switches);
}

/** A formula that gives no value finds nothing; without an operator a number other than 0 is what it has to give. */
function satisfiesFormula(
  { run, condition }: BoundFormula,
  note: StoredNote,
  switches: DqlSwitches,
): boolean {
  const value = run(note);
  if (value === null) return false;
  if (condition === null) return value.type === 'number' && value.values.some((one) => one !== 0);
  const found = foundIn(value);
  if (condition.operator === '!=') return !holdsFor(found, { ...condition, operator: '=' }, switches);
  return holdsFor(found, condition, switches);
}

function foundIn(value: FormulaValue): readonly Found[] {
  if (value.type === 'text') return value.values.map((text) => ({ kind: 'text', folded: foldText(text) }));
  return value.values.map((number) =>
    value.type === 'number'
      ? { kind: 'number', number }
      : { kind: 'instant', at: number, clock: number - Math.floor(number / DAY) * DAY },
  );
}

/** Whether some of the values compare as the operator says. */
function holdsFor(
  values: readonly Found[],
  { operator, operands }: Pick<BoundTerm, 'operator' | 'operands'>,
  switches: DqlSwitches,
): boolean {
  const compares = (value: Found, by: DqlOperator, operand: Operand): boolean =>
    !(switches.partialDates === 'find-nothing' && operand.kind === 'moment' && operand.moment.partial) &&
    comparesFound(value, by, operand, switches);
  const holds = (operand: Operand, by: DqlOperator): boolean =>
    values.some((value) => compares(value, by, operand));
  if (operator === 'in all' && switches.fieldInAll === 'only-listed') {
    const listed = (value: Found): boolean => operands.some((operand) => compares(value, '=', operand));
    return values.length > 0 && values.every(listed);
  }
  if (operator === 'in') return operands.some((operand) => holds(operand, '='));
  // HCL's help can be read two ways; a field that holds every listed value is the one that makes sense of lists.
  if (operator === 'in all') return operands.every((operand) => holds(operand, '='));
  return operands.every((operand) => holds(operand, operator));
}

const DAY = 86_400_000;

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
    case 'item':
      return itemsValues(note, term.subject.name, term);
    case 'column': {
      const column = term.view?.column;
      if (column === null || column === undefined) return [];
      const values = itemsValues(note, column.item, term);
      return column.separateValues ? values : values.slice(0, 1);
    }
  }
}

function itemsValues(note: StoredNote, name: string, term: BoundTerm): readonly Found[] {
  const wanted = name.toLowerCase();
  const types = new Set(term.operands.map((operand) => operand.kind));
  return note.items.flatMap((item) =>
    item.flags.summary === true && item.name.toLowerCase() === wanted ? itemValues(item, types) : [],
  );
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

function comparesFound(
  found: Found,
  operator: DqlOperator,
  operand: Operand,
  { emptyText }: DqlSwitches,
): boolean {
  if (operand.kind === 'text') {
    if (found.kind !== 'text') return false;
    const last = emptyText === 'sorts-last';
    return ordered(sortKey(found.folded, last), operator, sortKey(operand.folded, last));
  }
  if (operand.kind === 'number') {
    return found.kind === 'number' && ordered(found.number, operator, operand.number);
  }
  if (found.kind === 'text' || found.kind === 'number') return false;
  const { kind, from, to } = operand.moment;
  const at = found.kind === kind ? found.at : kind === 'clock' ? found.clock : null;
  return at !== null && placed(at, operator, from, to);
}

/** Code points above every text where the empty one sorts last. */
function sortKey(folded: string, emptyIsLast: boolean): string {
  return folded === '' && emptyIsLast ? '\u{10FFFF}' : folded;
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
    case '!=':
      return left !== right;
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
    case '!=':
      return at < from || at >= to;
    case '=':
    case 'in':
    case 'in all':
      return at >= from && at < to;
  }
}
