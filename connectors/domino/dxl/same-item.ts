import { isDeepStrictEqual } from 'node:util';
import type { StoredItem } from '../embedded/stored-note.ts';

/** Equal in name, value and flags that are set. */
export function sameItem(a: StoredItem, b: StoredItem): boolean {
  return a.name === b.name && isDeepStrictEqual(a.value, b.value) && isDeepStrictEqual(set(a), set(b));
}

function set(item: StoredItem): ReadonlySet<string> {
  return new Set(Object.entries(item.flags).flatMap(([flag, value]) => (value ? [flag] : [])));
}
