import type { StoredItem, StoredNote } from '../stored-note.ts';

/** The first item of this name, as Domino's own look-up gives. Item names are compared without regard to case. */
export function findItem(items: readonly StoredItem[], name: string): StoredItem | undefined {
  const wanted = name.toLowerCase();
  return items.find((item) => item.name.toLowerCase() === wanted);
}

/** As {@link findItem}, in a note: `$Conflict`, which the engine keeps beside the items, is an empty text to whoever asks for it. */
export function findInNote(
  note: Pick<StoredNote, 'items' | 'conflict'>,
  name: string,
): StoredItem | undefined {
  return note.conflict && name.toLowerCase() === '$conflict' ? CONFLICT : findItem(note.items, name);
}

const CONFLICT: StoredItem = {
  name: '$Conflict',
  value: { type: 'text', values: [''], list: false },
  flags: { summary: true },
};

/** The values of the first item of this name if it is text, else none. */
export function textValues(items: readonly StoredItem[], name: string): readonly string[] {
  const value = findItem(items, name)?.value;
  return value?.type === 'text' ? value.values : [];
}

/** `items` with every item of the written names replaced in place, in the stored casing; new ones follow at the end. */
export function withItems(
  items: readonly StoredItem[],
  written: readonly StoredItem[],
): readonly StoredItem[] {
  const pending = new Map<string, StoredItem[]>();
  for (const item of written) {
    const key = item.name.toLowerCase();
    pending.set(key, [...(pending.get(key) ?? []), item]);
  }
  const names = new Set(pending.keys());
  const result: StoredItem[] = [];
  for (const item of items) {
    const key = item.name.toLowerCase();
    if (!names.has(key)) result.push(item);
    else {
      result.push(...(pending.get(key) ?? []).map((next) => ({ ...next, name: item.name })));
      pending.delete(key);
    }
  }
  return [...result, ...[...pending.values()].flat()];
}

export function withoutItems(items: readonly StoredItem[], names: readonly string[]): readonly StoredItem[] {
  const gone = new Set(names.map((name) => name.toLowerCase()));
  return items.filter((item) => !gone.has(item.name.toLowerCase()));
}
