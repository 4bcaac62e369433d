import type { StoredItem } from '../stored-note.ts';
import type { ItemSequenceRule } from './engine-quirks.ts';
import type { NoteRow } from './note-store.ts';

/** Items with the sequence of the version that wrote each of them last. */
export interface SequencedItems {
  readonly items: readonly StoredItem[];
  readonly sequences: readonly number[];
}

/** The item sequences of a stored version. */
export function sequencesOf(
  row: Pick<NoteRow, 'sequence' | 'itemSequences'>,
  items: readonly StoredItem[],
): SequencedItems {
  const kept = row.itemSequences === null ? null : (JSON.parse(row.itemSequences) as readonly number[]);
  return { items, sequences: kept ?? items.map(() => row.sequence) };
}

/**
 * Item sequences after a save: what the save left alone keeps its own, what it wrote gets the new version's. An item is left alone when the
 * save hands back the very object that it was given.
 */
export function sequencesAfter(
  before: SequencedItems,
  saved: readonly StoredItem[],
  sequence: number,
  rule: ItemSequenceRule,
): readonly number[] {
  const known = new Map(before.items.map((item, index) => [item, before.sequences[index] ?? sequence]));
  if (rule === 'written') return saved.map((item) => known.get(item) ?? sequence);
  const same = new Map([...known].map(([item, own]) => [JSON.stringify(item), own]));
  return saved.map((item) => known.get(item) ?? same.get(JSON.stringify(item)) ?? sequence);
}
