import type { CompiledQuery } from '../dql/query.ts';
import { foldText } from '../dql/fold-text.ts';
import { UNUSUAL_FORM } from './note-form.ts';

/** Rows that can match a query, as a condition on the note table. */
export interface Candidates {
  readonly condition: string;
  readonly values: readonly (string | number)[];
  /**
   * What Domino would scan for this: `these` where UNIDs or times narrow the search before documents are opened, `all` where a term is
   * answered by an NSF scan, even if an index of ours makes it fast; `none` where views and the full-text index answer every term.
   */
  readonly scans: 'these' | 'all' | 'none';
}

export function candidatesOf({ hints, scansDocuments, switches }: CompiledQuery): Candidates {
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  const add = (condition: string, ...added: readonly (string | number)[]): void => {
    conditions.push(condition);
    values.push(...added);
  };
  if (hints.unids !== null) add('unid IN (SELECT value FROM json_each(?))', JSON.stringify(hints.unids));
  if (hints.modifiedFrom !== null) add('modified_in_file >= ?', hints.modifiedFrom);
  if (hints.modifiedTo !== null) add('modified_in_file < ?', hints.modifiedTo);
  if (hints.createdFrom !== null) add('created >= ?', hints.createdFrom);
  if (hints.createdTo !== null) add('created < ?', hints.createdTo);
  const narrowed = conditions.length > 0 && switches.propertyTerms === 'narrow-the-scan';
  for (const { name, text } of hints.items) {
    if (name.toLowerCase() === 'form') add('form IN (?, ?)', foldText(text), UNUSUAL_FORM);
  }
  return {
    condition: conditions.length === 0 ? 'TRUE' : conditions.join(' AND '),
    values,
    scans: scansDocuments ? (narrowed ? 'these' : 'all') : 'none',
  };
}
