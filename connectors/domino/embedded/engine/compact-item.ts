import type { ItemFlags, NotesDateTime, StoredItem, StoredValue } from '../stored-note.ts';

/**
 * An item as the file holds it: `[name, flags, value]`, or the item as it is where that says less than all of it. A value is a text or number alone, or
 * `[type, list, …]`. Notes are read far more often than written, and most of reading one is parsing its items.
 */
export type CompactItem = readonly [name: string, flags: number, value: CompactValue] | StoredItem;

type CompactValue = string | number | readonly [type: 0 | 1 | 2, list: 0 | 1, ...values: readonly unknown[]];
type CompactDateTime = readonly [date: string | null, time: string | null, zone: string | null, dst: 0 | 1];

/** In the order of their bits, which files keep. */
const FLAGS = [
  'summary',
  'names',
  'readers',
  'authors',
  'sign',
  'seal',
  'sealed',
  'protected',
  'placeholder',
  'unchanged',
] as const satisfies readonly (keyof ItemFlags)[];

export function compactItem(item: StoredItem): CompactItem {
  const flags = flagBits(item.flags);
  const value = compactValue(item.value);
  return flags === null || value === null ? item : [item.name, flags, value];
}

export function itemOf(compact: CompactItem): StoredItem {
  if (!isPacked(compact)) return compact;
  const [name, flags, value] = compact;
  return { name, value: valueOf(value), flags: flagsOf(flags) };
}

function isPacked(compact: CompactItem): compact is Extract<CompactItem, readonly unknown[]> {
  return Array.isArray(compact);
}

/** Null for flags that are written out as not set, or that are not known here. */
function flagBits(flags: ItemFlags): number | null {
  let bits = 0;
  for (const name in flags) {
    const bit = FLAGS.indexOf(name as keyof ItemFlags);
    if (bit === -1 || flags[name as keyof ItemFlags] !== true) return null;
    bits |= 1 << bit;
  }
  return bits;
}

/** Shared by all items that have them: nobody changes an item's flags in place. */
const known = new Map<number, ItemFlags>();

function flagsOf(bits: number): ItemFlags {
  let flags = known.get(bits);
  if (flags === undefined) {
    const set = FLAGS.filter((_, bit) => (bits & (1 << bit)) !== 0);
    flags = Object.freeze(Object.fromEntries(set.map((name) => [name, true])));
    known.set(bits, flags);
  }
  return flags;
}

function compactValue(value: StoredValue): CompactValue | null {
  switch (value.type) {
    case 'text': {
      const [first] = value.values;
      return value.values.length === 1 && !value.list && first !== undefined
        ? first
        : [0, value.list ? 1 : 0, ...value.values];
    }
    case 'number': {
      if (!value.values.every(Number.isFinite)) return null;
      const [first] = value.values;
      return value.values.length === 1 && !value.list && first !== undefined
        ? first
        : [1, value.list ? 1 : 0, ...value.values];
    }
    case 'datetime': {
      const ranges = value.ranges.map(([from, to]) => [compactDateTime(from), compactDateTime(to)]);
      return [2, value.list ? 1 : 0, ranges, ...value.values.map(compactDateTime)];
    }
    case 'richtext':
    case 'file':
    case 'formula':
    case 'raw':
      return null;
  }
}

function valueOf(value: CompactValue): StoredValue {
  if (typeof value === 'string') return { type: 'text', values: [value], list: false };
  if (typeof value === 'number') return { type: 'number', values: [value], list: false };
  const list = value[1] === 1;
  switch (value[0]) {
    case 0:
      return { type: 'text', values: value.slice(2) as string[], list };
    case 1:
      return { type: 'number', values: value.slice(2) as number[], list };
    case 2: {
      const ranges = value[2] as readonly (readonly [CompactDateTime, CompactDateTime])[];
      return {
        type: 'datetime',
        values: (value.slice(3) as CompactDateTime[]).map(dateTimeOf),
        ranges: ranges.map(([from, to]) => [dateTimeOf(from), dateTimeOf(to)] as const),
        list,
      };
    }
  }
}

function compactDateTime({ date, time, zone, dst }: NotesDateTime): CompactDateTime {
  return [date, time, zone, dst ? 1 : 0];
}

function dateTimeOf([date, time, zone, dst]: CompactDateTime): NotesDateTime {
  return { date, time, zone, dst: dst === 1 };
}
