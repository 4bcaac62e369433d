import type { StoredNote } from '../stored-note.ts';
import type { BoundQuery, BoundTerm } from './bound-query.ts';
import { satisfies } from './matching.ts';
import type { Operand } from './operand.ts';
import type { DqlSwitches } from './switches.ts';

/** A node of the tree with what was spent on it. */
interface Measured {
  readonly query: BoundQuery;
  readonly children: readonly Measured[];
  /** Documents opened or, with an index, entries read. */
  scannedDocs: number;
  entries: number;
  found: number;
  prepMs: number;
  execMs: number;
}

/** HCL's samples show 50 for a database of three documents, 100 for one of 40,000; 10 and 20 for views. */
const SMALL = 1000;

/**
 * The text of Domino's explain, in the shape of HCL's samples: the query in brackets, then the tree, each node with its depth, its method and what it cost. The
 * children of an AND narrow the documents one after the other, cheap ones first. Milliseconds are those of this process.
 */
export function explain(
  text: string,
  query: BoundQuery,
  notes: Iterable<StoredNote>,
  switches: DqlSwitches,
): string {
  const root = measured(query);
  let count = 0;
  for (const note of notes) {
    count += 1;
    probe(root, note, switches);
  }
  return ['Query Processed:', `[${text}]`, '', ...lines(root, 0, count < SMALL ? 50 : 100), ''].join('\n');
}

function measured(query: BoundQuery): Measured {
  const started = performance.now();
  const parts = query.kind === 'and' || query.kind === 'or' ? query.children.map(measured) : [];
  const children = query.kind === 'and' ? parts.sort((a, b) => cost(a.query, 50) - cost(b.query, 50)) : parts;
  const prepMs = performance.now() - started;
  return { query, children, scannedDocs: 0, entries: 0, found: 0, prepMs, execMs: 0 };
}

function probe(node: Measured, note: StoredNote, switches: DqlSwitches): boolean {
  const started = performance.now();
  const holds = holdsFor(node, note, switches);
  node.execMs += performance.now() - started;
  if (holds) node.found += 1;
  return holds;
}

function holdsFor(node: Measured, note: StoredNote, switches: DqlSwitches): boolean {
  const { query, children } = node;
  if (query.kind === 'and') return children.every((child) => probe(child, note, switches));
  // Each child of an OR is a search of its own: none is left out because another found the note.
  if (query.kind === 'or') return children.map((child) => probe(child, note, switches)).includes(true);
  const holds = satisfies(query, note, switches);
  if (byIndex(query)) node.entries += holds ? 1 : 0;
  else node.scannedDocs += 1;
  return holds;
}

function byIndex(query: BoundQuery): boolean {
  if (query.kind === 'not') return byIndex(query.child);
  return (
    ['membership', 'contains', 'search'].includes(query.kind) || (query.kind === 'term' && indexed(query))
  );
}

function indexed(term: Extract<BoundQuery, { kind: 'term' }>): boolean {
  return term.view !== null || term.fullTextAt !== null;
}

function lines(node: Measured, depth: number, scanCost: number): string[] {
  const { query, children } = node;
  const indent = '  '.repeat(depth);
  if (query.kind !== 'and' && query.kind !== 'or') {
    const head = `${indent}${depth}.${described(query)} ${method(query)} estimated cost = ${cost(query, scanCost)}`;
    return [head, `${indent}        ${spent(node)}`];
  }
  const head = `${indent}${depth}. ${query.kind.toUpperCase()}   \t (childct ${children.length})`;
  return [
    `${head} (totals when complete:) ${spent(totals(node))}`,
    ...children.flatMap((child) => lines(child, depth + 1, scanCost)),
  ];
}

/** Counts of the terms below, rolled up. */
function totals(node: Measured): Measured {
  if (node.children.length === 0) return node;
  const below = node.children.map(totals);
  return {
    ...node,
    scannedDocs: below.reduce((sum, child) => sum + child.scannedDocs, 0),
    entries: below.reduce((sum, child) => sum + child.entries, 0),
  };
}

function spent({ prepMs, execMs, scannedDocs, entries, found }: Measured): string {
  return `Prep ${prepMs.toFixed(3)} msecs, Exec ${execMs.toFixed(3)} msecs, ScannedDocs ${scannedDocs}, Entries ${entries}, FoundDocs ${found}`;
}

function cost(query: BoundQuery, scanCost: number): number {
  if (query.kind === 'not') return cost(query.child, scanCost);
  if (query.kind === 'membership') return 20;
  return byIndex(query) ? 10 : scanCost;
}

function method(query: BoundQuery): string {
  switch (query.kind) {
    case 'not':
      return method(query.child);
    case 'membership':
      return 'View NoteID Extract';
    case 'contains':
    case 'search':
      return 'Full Text Search';
    case 'term':
      if (query.fullTextAt !== null) return 'Full Text Search';
      return query.view === null ? 'NSF document search' : 'View Column Search';
    case 'all':
    case 'and':
    case 'or':
    case 'formula':
      return 'NSF document search';
  }
}

const PROPERTIES = { modified: '@ModifiedInThisFile', created: '@Created', unid: '@DocumentUniqueID' };

function described(query: BoundQuery): string {
  switch (query.kind) {
    case 'all':
      return '@all';
    case 'not':
      return `NOT ${described(query.child)}`;
    case 'and':
    case 'or':
      return `( ${query.children.map(described).join(` ${query.kind} `)} )`;
    case 'membership': {
      const names = query.views.map(({ view }) => shownText(view.name)).join(', ');
      return `IN ${query.all ? 'ALL ' : ''}${names}`;
    }
    case 'contains': {
      const subject = query.item === null ? '' : `${query.item} `;
      return `${subject}contains ${query.all ? 'all ' : ''}( ${query.texts.map(shownText).join(', ')} )`;
    }
    case 'search':
      return `@FTSearch(${shownText(query.source)})`;
    case 'formula': {
      const { source, condition } = query;
      const call = `@formula(${shownText(source)})`;
      return condition === null ? call : `${call} ${comparison(condition)}`;
    }
    case 'term': {
      const { subject, operator, operands } = query;
      const name =
        subject.kind === 'item'
          ? subject.name
          : subject.kind === 'column'
            ? `'${subject.view}'.${subject.column}`
            : PROPERTIES[subject.kind];
      return `${name} ${comparison({ operator, operands })}`;
    }
  }
}

function comparison({ operator, operands }: Pick<BoundTerm, 'operator' | 'operands'>): string {
  const values = operands.map(shown).join(', ');
  return `${operator} ${operator.startsWith('in') ? `( ${values} )` : values}`;
}

function shown(operand: Operand): string {
  if (operand.kind === 'text') return shownText(operand.text);
  return operand.kind === 'number' ? String(operand.number) : operand.moment.shown;
}

function shownText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
