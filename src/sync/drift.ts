import type { FieldMapping, Mapping } from './mapping.ts';
import type { Item, Items } from './note.ts';

/**
 * Where real notes depart from a mapping: `type`: an item is stored as something else than its field is; `several`: it has several values where the field has one;
 * `unmapped`: an item that the mapping does not name; `form`: notes of a form that no mapping is for. Names and types alone, no values.
 */
export interface Departure {
  readonly form: string;
  /** Empty for `form`. */
  readonly item: string;
  readonly kind: 'type' | 'several' | 'unmapped' | 'form';
  readonly expected: string;
  readonly seen: string;
}

/** What the items of one released note say of the mapping. Empty items say nothing. Pure. */
export function departuresOf(mapping: Pick<Mapping, 'form' | 'fields'>, items: Items): readonly Departure[] {
  return mapping.fields.flatMap((field) => {
    const item = Object.hasOwn(items, field.item) ? items[field.item] : undefined;
    return item === undefined || isEmpty(item) ? [] : departureOf(mapping.form, field, item);
  });
}

/** Items of one released note that the mapping does not name; those of Domino, the gate and the bridge are nobody's to map. */
export function unmappedOf(mapping: Mapping, names: readonly string[]): readonly Departure[] {
  const { classification, release } = mapping.gate;
  const known = new Set(
    [
      ...mapping.fields.map(({ item }) => item),
      ...(mapping.softDelete ? [mapping.softDelete.item] : []),
      classification.item,
      release.item,
      'Form',
      'HandbookId',
    ].map((name) => name.toLowerCase()),
  );
  return names
    .filter((name) => !name.startsWith('$') && !known.has(name.toLowerCase()))
    .map((item) => ({ form: mapping.form, item, kind: 'unmapped', expected: '', seen: 'not mapped' }));
}

function isEmpty(item: Item): boolean {
  return item.values.every((value) => value === '');
}

function departureOf(form: string, field: FieldMapping, item: Item): readonly Departure[] {
  const expected = storedAs(field);
  if (expected === null) return [];
  const found: Departure[] = [];
  const seen = seenAs(item);
  if (!expected.includes(seen))
    found.push({ form, item: field.item, kind: 'type', expected: expected.join(' or '), seen });
  const single = field.type !== 'list' && field.type !== 'set' && field.type !== 'names';
  if (single && item.values.length > 1)
    found.push({ form, item: field.item, kind: 'several', expected: 'one value', seen: 'several values' });
  return found;
}

type Stored = 'text' | 'number' | 'date' | 'time' | 'date and time';

function seenAs(item: Item): Stored {
  if (item.type !== 'datetime') return item.type;
  const value = String(item.values[0]);
  if (value.startsWith('T')) return 'time';
  return value.includes('T') ? 'date and time' : 'date';
}

/** Null: not told by what an item is stored as. */
function storedAs(field: FieldMapping): readonly Stored[] | null {
  switch (field.type) {
    case 'text':
    case 'reference':
    case 'list':
    case 'set':
    case 'names':
      return ['text'];
    case 'number':
      return ['number'];
    case 'boolean':
      return [typeof field.truth?.yes === 'number' ? 'number' : 'text'];
    case 'date':
      return ['date', 'text'];
    case 'partialDate':
      return ['date', 'text'];
    case 'instant':
      return ['date and time', 'text'];
    case 'richText':
    case 'attachments':
      return null;
  }
}
