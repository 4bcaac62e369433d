import type { StoredItem } from '../stored-note.ts';
import { foldText } from '../dql/fold-text.ts';
import { findItem } from './item-lookup.ts';

/** Stands in the index for a Form item that one text does not describe; such notes are looked at by every query for a form. */
export const UNUSUAL_FORM = '\u0001';

/** The note's Form as the index holds it: folded as queries compare text; `''` when there is none. */
export function foldedForm(items: readonly StoredItem[]): string {
  const item = findItem(items, 'Form');
  if (item === undefined) return '';
  const { value } = item;
  // Queries search the summary only, and every item of the name.
  if (item.flags.summary !== true || items.filter(isForm).length > 1) return UNUSUAL_FORM;
  return value.type === 'text' && value.values.length === 1 ? foldText(value.values[0] ?? '') : UNUSUAL_FORM;
}

function isForm({ name }: StoredItem): boolean {
  return name.toLowerCase() === 'form';
}

/** What a query finds in place of the items when it asks for nothing but the form; null when the items must be looked at. */
export function itemsOfForm(folded: string): readonly StoredItem[] | null {
  if (folded === '' || folded === UNUSUAL_FORM) return null;
  return [{ name: 'Form', value: { type: 'text', values: [folded], list: false }, flags: { summary: true } }];
}
