import { numberItem, textItem } from '../../engine/item-builders.ts';
import type { StoredItem, StoredNote } from '../../stored-note.ts';

/** A note with summary items: texts and numbers, or items as they are. */
export function buildNote(
  items: Readonly<Record<string, string | readonly string[] | number | StoredItem>>,
  fields: Partial<StoredNote> = {},
): StoredNote {
  return {
    unid: '0'.repeat(32),
    noteId: 0x8f6,
    sequence: 1,
    sequenceTime: 0,
    created: 0,
    modifiedInFile: 0,
    addedToFile: 0,
    parent: null,
    conflict: false,
    ...fields,
    items: Object.entries(items).map(([name, value]) => {
      if (typeof value === 'number') return numberItem(name, value);
      return typeof value === 'string' || Array.isArray(value)
        ? textItem(name, value as string | readonly string[])
        : (value as StoredItem);
    }),
  };
}
