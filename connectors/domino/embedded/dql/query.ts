import type { StoredNote } from '../stored-note.ts';
import { bind, type BoundQuery } from './bound-query.ts';
import { explain } from './explain.ts';
import { hintsOf, type QueryHints } from './hints.ts';
import { isIn, satisfies } from './matching.ts';
import { parseDql } from './parser.ts';
import { type DqlSwitches, HARSH_DQL } from './switches.ts';
import { NO_DESIGN, type QueryDesign } from './view-design.ts';

export { DqlError } from './dql-error.ts';
export type { DqlLimits } from './switches.ts';

export interface CompiledQuery {
  /** Searches summary items only, as an NSF scan does; `contains` also rich text, where {@link needsContent} asks for its bytes. */
  matches(note: StoredNote): boolean;
  readonly hints: QueryHints;
  /** The query is `@all` and nothing else. */
  readonly isAll: boolean;
  /** Some term is answered by opening documents, not by an index. */
  readonly scansDocuments: boolean;
  /** Terms that are answered by the index of a view read so many entries for this note. */
  entriesOf(note: StoredNote): number;
  readonly needsContent: boolean;
  /** No item but Form, and no index of a view, decides. */
  readonly looksAtFormOnly: boolean;
  readonly switches: DqlSwitches;
  /** The text of Domino's explain. Runs the query over the notes given. */
  explain(notes: Iterable<StoredNote>): string;
}

/** The database that a query is compiled for: without a design it has no views and no full-text index. */
export interface QueryEnvironment {
  readonly design?: QueryDesign;
  readonly switches?: DqlSwitches;
}

/** Throws {@link DqlError} `syntax`, `design` or `unsupported`. For `args` see `operandOf`. */
export function compileQuery(
  text: string,
  args: readonly unknown[] = [],
  { design = NO_DESIGN, switches = HARSH_DQL }: QueryEnvironment = {},
): CompiledQuery {
  const query = bind(parseDql(text), { args, design, switches });
  const terms = leaves(query);
  return {
    matches: (note) => satisfies(query, note, switches),
    hints: hintsOf(query, switches),
    isAll: query.kind === 'all',
    scansDocuments: terms.some(scans),
    entriesOf: (note) => terms.reduce((total, term) => total + entries(term, note, switches), 0),
    needsContent: terms.some(({ kind }) => kind === 'contains' || kind === 'search'),
    looksAtFormOnly: terms.every(formOnly),
    switches,
    explain: (notes) => explain(text, query, notes, switches),
  };
}

type Leaf = Exclude<BoundQuery, { readonly kind: 'and' | 'or' | 'not' }>;

function leaves(query: BoundQuery): readonly Leaf[] {
  switch (query.kind) {
    case 'and':
    case 'or':
      return query.children.flatMap(leaves);
    case 'not':
      return leaves(query.child);
    case 'all':
    case 'term':
    case 'membership':
    case 'contains':
    case 'search':
    case 'formula':
      return [query];
  }
}

function formOnly(leaf: Leaf): boolean {
  if (leaf.kind === 'all') return true;
  if (leaf.kind !== 'term' || leaf.view !== null || leaf.fullTextAt !== null) return false;
  const { subject } = leaf;
  return subject.kind === 'item' ? subject.name.toLowerCase() === 'form' : subject.kind !== 'column';
}

function scans(leaf: Leaf): boolean {
  if (leaf.kind === 'formula') return true;
  return leaf.kind === 'all' || (leaf.kind === 'term' && leaf.view === null && leaf.fullTextAt === null);
}

/** A lookup reads the entries it finds, a membership every entry of its views. */
function entries(leaf: Leaf, note: StoredNote, switches: DqlSwitches): number {
  if (leaf.kind === 'membership') return leaf.views.filter((view) => isIn(view, note)).length;
  return leaf.kind === 'term' && leaf.view !== null && satisfies(leaf, note, switches) ? 1 : 0;
}
