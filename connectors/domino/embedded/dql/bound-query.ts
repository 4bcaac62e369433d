import type { StoredNote } from '../stored-note.ts';
import type { FormulaValue } from '../formula/formula-value.ts';
import { DqlError } from './dql-error.ts';
import { compileTerm } from './formula-term.ts';
import { compileSearch } from './search-language.ts';
import { type Phrase, phraseOf } from './full-text.ts';
import { type Operand, operandOf } from './operand.ts';
import { type BoundView, resolveColumn, resolveMember, viewFor } from './resolve-view.ts';
import type { DqlSwitches } from './switches.ts';
import type { DqlNode, DqlOperator, DqlSubject, DqlTerm, DqlValue } from './syntax-tree.ts';
import type { QueryDesign, ViewColumn } from './view-design.ts';

/** A query whose every value is known and whose every term can be answered. */
export type BoundQuery =
  | { readonly kind: 'all' }
  | { readonly kind: 'and' | 'or'; readonly children: readonly BoundQuery[] }
  | { readonly kind: 'not'; readonly child: BoundQuery }
  | BoundTerm
  | { readonly kind: 'membership'; readonly all: boolean; readonly views: readonly BoundView[] }
  | BoundContains
  | BoundFormula
  | BoundSearch;

export interface BoundTerm {
  readonly kind: 'term';
  readonly subject: DqlSubject;
  readonly operator: DqlOperator;
  /** Exactly one, unless the operator is `in` or `in all`. */
  readonly operands: readonly Operand[];
  /** The index that answers it; null = the documents are scanned. */
  readonly view: (BoundView & { readonly column: ViewColumn | null }) | null;
  /** Server time up to which notes are in the full-text index that answers it; null = it does not. */
  readonly fullTextAt: number | null;
}

export interface BoundContains {
  readonly kind: 'contains';
  readonly item: string | null;
  readonly all: boolean;
  readonly texts: readonly string[];
  readonly phrases: readonly Phrase[];
  readonly fullTextAt: number;
}

export interface BoundFormula {
  readonly kind: 'formula';
  readonly source: string;
  /** Null where the formula fails on the note. */
  readonly run: (note: StoredNote) => FormulaValue | null;
  /** Null: the result is a truth value. */
  readonly condition: { readonly operator: DqlOperator; readonly operands: readonly Operand[] } | null;
}

export interface BoundSearch {
  readonly kind: 'search';
  readonly source: string;
  readonly finds: (note: StoredNote) => boolean;
  readonly fullTextAt: number;
}

export interface Binding {
  readonly args: readonly unknown[];
  readonly design: QueryDesign;
  readonly switches: DqlSwitches;
}

/** Longest text of a formula or full-text term (HCL help). */
const MAX_FOREIGN_BYTES = 256;

/** Throws `design` and `unsupported` for terms that cannot be answered here and `syntax` for values that do not fit. */
export function bind(node: DqlNode, binding: Binding): BoundQuery {
  switch (node.kind) {
    case 'all':
      return node;
    case 'and':
    case 'or':
      return { kind: node.kind, children: node.children.map((child) => bind(child, binding)) };
    case 'not':
      return { kind: 'not', child: bind(node.child, binding) };
    case 'term':
      return bindTerm(node, binding);
    case 'membership': {
      const names = node.views.map((value) => viewName(textOf(value, 'in (views)', binding), binding));
      const views = names.map((name) => resolveMember(binding.design, binding.switches, name));
      return { kind: 'membership', all: node.all, views };
    }
    case 'contains': {
      const texts = node.values.map((value) => textOf(value, 'contains', binding));
      const fullTextAt = fullTextUpTo(binding, '"contains"');
      const { item, all } = node;
      return { kind: 'contains', item, all, texts, phrases: texts.map(phraseOf), fullTextAt };
    }
    case 'formula': {
      checkLength('formula', node.source);
      const { source, condition } = node;
      const operands = condition?.values.map((value) => operandOf(value, binding.args)) ?? [];
      checkOperator(condition?.operator ?? null, binding);
      return {
        kind: 'formula',
        source,
        run: compileTerm(source),
        condition: condition === null ? null : { operator: condition.operator, operands },
      };
    }
    case 'search': {
      checkLength('full-text', node.source);
      const fullTextAt = fullTextUpTo(binding, '@FTSearch');
      return { kind: 'search', source: node.source, finds: compileSearch(node.source), fullTextAt };
    }
  }
}

function bindTerm(term: DqlTerm, binding: Binding): BoundTerm {
  const { design, switches } = binding;
  checkOperator(term.operator, binding);
  const operands = term.values.map((value) => operandOf(value, binding.args));
  const partial = operands.some((operand) => operand.kind === 'moment' && operand.moment.partial);
  const { subject, operator } = term;
  const common = { kind: 'term', subject, operator, operands, view: null, fullTextAt: null } as const;
  if (subject.kind === 'column') {
    const view = viewName(subject.view, binding);
    const resolved = resolveColumn(design, switches, { view, column: subject.column });
    if (partial) {
      throw new DqlError(
        'design',
        'Partial TIMEDATEs NOT supported with view column lookup, specify a full TIMEDATE',
      );
    }
    return { ...common, view: resolved };
  }
  if (subject.kind === 'item') {
    // A date alone is looked up in the full-text index where there is one (HCL help, "DQL date and time").
    const dateOnly = operands.every(
      (operand) => operand.kind === 'moment' && operand.moment.partial && operand.moment.kind === 'instant',
    );
    if (dateOnly && design.fullTextAt !== null) {
      return { ...common, fullTextAt: fullTextUpTo(binding, 'a date') };
    }
    const view = partial ? null : viewFor(design, switches, subject.name);
    return { ...common, view: view === null ? null : { ...view, column: null } };
  }
  checkProperty(subject.kind, operands);
  return common;
}

function checkProperty(kind: 'modified' | 'created' | 'unid', operands: readonly Operand[]): void {
  for (const operand of operands) {
    if (kind === 'unid' && operand.kind !== 'text') {
      throw new DqlError('syntax', "@DocumentUniqueID is compared with text: '32 hex digits'");
    }
    const instant = operand.kind === 'moment' && operand.moment.kind === 'instant';
    if (kind !== 'unid' && !instant) {
      const name = kind === 'created' ? '@Created' : '@ModifiedInThisFile';
      throw new DqlError('syntax', `${name} is compared with a date: @dt('2019-08-06T02:09:52.07Z')`);
    }
  }
}

function textOf(value: DqlValue, of: string, { args }: Binding): string {
  const operand = operandOf(value, args);
  if (operand.kind !== 'text') throw new DqlError('syntax', `${of} takes texts in single quotes`);
  return operand.text;
}

function viewName(text: string, { switches }: Binding): string {
  return switches.backslash === 'literal' ? text : text.replaceAll(/\\(.?)/gsu, '$1');
}

function fullTextUpTo({ design, switches }: Binding, what: string): number {
  if (design.fullTextAt === null) {
    throw new DqlError('design', `${what} needs a full-text index, and the database has none`);
  }
  return switches.fullTextIndex === 'fresh' ? Number.POSITIVE_INFINITY : design.fullTextAt;
}

function checkOperator(operator: DqlOperator | null, { switches }: Binding): void {
  if (operator === '!=' && switches.notEqual === 'refused') {
    throw new DqlError('syntax', '"!=" is no operator; write: and not … = …');
  }
}

function checkLength(language: 'formula' | 'full-text', source: string): void {
  if (Buffer.byteLength(source) > MAX_FOREIGN_BYTES) {
    throw new DqlError('syntax', `a ${language} term has at most ${MAX_FOREIGN_BYTES} bytes`);
  }
}
