import type { Item, Items } from '../../../../src/sync/note.ts';
import { storedItem } from '../direct/port-items.ts';
import { findItem } from '../engine/item-lookup.ts';
import { plainRichText } from '../generate/plain-rich-text.ts';
import type { StoredItem } from '../stored-note.ts';

/**
 * What a person typed, as the form's fields store it: in Notes the design decides whether an item is rich text, restricts readers or lies outside the
 * summary, and it does not change with the value. So a plain text keeps the nature of the item that it replaces.
 */
export function typedItems(items: Items, before: readonly StoredItem[]): StoredItem[] {
  return Object.entries(items).map(([name, item]) => {
    const old = findItem(before, name);
    if (old?.value.type === 'richtext' && item.type === 'text') {
      return plainRichText(
        name,
        item.values.flatMap((value) => String(value).split('\n')),
      );
    }
    const stored = storedItem(name, item);
    return isPlain(item) && old?.value.type === stored.value.type ? { ...stored, flags: old.flags } : stored;
  });
}

function isPlain({ names, readers, authors, nonsummary }: Item): boolean {
  return [names, readers, authors, nonsummary].every((flag) => flag !== true);
}
