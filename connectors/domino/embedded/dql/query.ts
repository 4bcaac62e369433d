import type { StoredNote } from '../stored-note.ts';
import { bind } from './bound-query.ts';
import { hintsOf, type QueryHints } from './hints.ts';
import { satisfies } from './matching.ts';
import { parseDql } from './parser.ts';
import type { DqlNode } from './syntax-tree.ts';

export { DqlError } from './dql-error.ts';

/** Domino's limits of one query: documents, view entries, milliseconds. */
export interface DqlLimits {
  maxDocumentsScanned: number;
  maxViewEntriesScanned: number;
  maxMilliSeconds: number;
}

export interface CompiledQuery {
  /** Searches summary items only, as an NSF scan does. */
  matches(note: StoredNote): boolean;
  readonly hints: QueryHints;
  /** The query is `@all` and nothing else. */
  readonly isAll: boolean;
}

/** Throws {@link DqlError} `syntax` or `unsupported`. For `args` see `operandOf`. */
export function compileQuery(text: string, args: readonly unknown[] = []): CompiledQuery {
  const query = bind(parseDql(text), args);
  return {
    matches: (note) => satisfies(query, note),
    hints: hintsOf(query),
    isAll: query.kind === 'all',
  };
}

/**
 * The text of Domino's explain: the query in brackets, then the operator tree. `scanned` documents were read by one NSF search, `found` matched.
 * Throws {@link DqlError} `syntax`.
 */
export function explainQuery(text: string, found: number, scanned: number): string {
  const counts = `ScannedDocs ${scanned}, Entries 0, FoundDocs ${found}`;
  return ['Query Processed:', `[${text}]`, '', counts, ...describe(parseDql(text), 0)].join('\n');
}

function describe(node: DqlNode, depth: number): readonly string[] {
  const line = (content: string): string => `${'    '.repeat(depth)}${content}`;
  switch (node.kind) {
    case 'and':
    case 'or':
      return [
        line(`${node.kind.toUpperCase()} (childct ${node.children.length})`),
        ...node.children.flatMap((child) => describe(child, depth + 1)),
      ];
    case 'not':
      return [line('NOT'), ...describe(node.child, depth + 1)];
    case 'all':
      return [line('@all')];
    case 'unsupported':
      return [line(node.what)];
    case 'term':
      return [line(`${subject(node.subject)} ${node.operator} … NSF document search`)];
  }
}

function subject(of: Extract<DqlNode, { kind: 'term' }>['subject']): string {
  const properties = { modified: '@ModifiedInThisFile', created: '@Created', unid: '@DocumentUniqueID' };
  return of.kind === 'item' ? of.name : properties[of.kind];
}
