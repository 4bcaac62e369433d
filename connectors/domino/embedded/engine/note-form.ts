import type { StoredItem } from '../stored-note.ts';
import { foldText } from '../dql/fold-text.ts';
import { findItem } from './item-lookup.ts';

/** Stands in the index for a Form item that one text does not describe; such notes are looked at by every query for a form. */
export const UNUSUAL_FORM = '\u0001';

/** The note's Form as the index holds it: folded as queries compare text; `''` when there is none. */
export function foldedForm(items: readonly StoredItem[]): string {
  const value = findItem(items, 'Form')?.value;
  if (value === undefined) return '';
  return value.type === 'text' && value.values.length === 1 ? foldText(value.values[0] ?? '') : UNUSUAL_FORM;
}
