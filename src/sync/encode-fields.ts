import type { FieldMapping, Mapping } from './mapping.ts';
import type { Item } from './note.ts';
import { writePartialDate } from './partial-date.ts';
import type { Fields, FieldValue, Scalar } from './values.ts';

/**
 * Canonical fields → items to write; null = delete the item. `decodeNote` gives the same fields back. Attachments are no items: whoever writes them
 * does so file by file, so they are left out here.
 *
 * Throws where the caller is wrong, because a wrong write to Notes cannot be taken back: an unmapped field, a field that Notes owns
 * (`pull`), a gate item, rich text (it belongs to its note), a value that is not of the field's type.
 */
export function encodeFields(mapping: Mapping, changed: Fields): Readonly<Record<string, Item | null>> {
  const items: Record<string, Item | null> = {};
  for (const [name, value] of Object.entries(changed)) {
    const field = mapping.fields.find((one) => one.field === name);
    if (!field) throw new Error(`Cannot encode field "${name}": form "${mapping.form}" does not map it`);
    refuseForeign(mapping, field);
    if (field.type === 'attachments') continue;
    items[field.item] = value === null ? cleared(field) : filled(field, value);
  }
  return items;
}

function refuseForeign(mapping: Mapping, field: FieldMapping): void {
  const what = `Cannot write item "${field.item}" of form "${mapping.form}"`;
  if (field.direction === 'pull') throw new Error(`${what}: its direction is pull`);
  const { classification, release } = mapping.gate;
  // Item names are case-insensitive in Domino.
  const name = field.item.toLowerCase();
  if (['form', classification.item.toLowerCase(), release.item.toLowerCase()].includes(name)) {
    throw new Error(`${what}: it belongs to the gate`);
  }
  if (name.startsWith('$') && field.type !== 'attachments')
    throw new Error(`${what}: items with $ belong to Domino`);
}

/** An empty field is an empty text in Notes, whatever its type: that is what the client itself stores. */
function cleared(field: FieldMapping): Item | null {
  return field.clear === 'delete' ? null : { type: 'text', values: [''] };
}

function filled(field: FieldMapping, value: NonNullable<FieldValue>): Item {
  switch (field.type) {
    case 'text':
    case 'reference':
      return {
        type: 'text',
        values: [text(field, value)],
        ...(field.nonsummary ? { nonsummary: true } : {}),
      };
    case 'number':
      if (typeof value !== 'number') throw wrongType(field);
      return { type: 'number', values: [value] };
    case 'boolean':
      if (typeof value !== 'boolean' || !field.truth) throw wrongType(field);
      return scalarItem(value ? field.truth.yes : field.truth.no);
    case 'date':
    case 'instant':
      return { type: 'datetime', values: [text(field, value)] };
    case 'partialDate':
      // Only a text field of a form can hold a year alone, so the field is one.
      return { type: 'text', values: [writePartialDate(text(field, value))] };
    case 'list':
    case 'set':
    case 'names':
      return textsItem(field, value);
    case 'richText':
    case 'attachments':
      throw new Error(`Cannot write item "${field.item}": rich text is never written to Notes`);
  }
}

function textsItem(field: FieldMapping, value: NonNullable<FieldValue>): Item {
  if (!Array.isArray(value) || !value.every((one): one is string => typeof one === 'string'))
    throw wrongType(field);
  return {
    type: 'text',
    values: value,
    list: true,
    ...(field.type === 'names' ? { names: true } : {}),
    ...(field.nonsummary ? { nonsummary: true } : {}),
  };
}

function scalarItem(value: Scalar): Item {
  return typeof value === 'number'
    ? { type: 'number', values: [value] }
    : { type: 'text', values: [String(value)] };
}

function text(field: FieldMapping, value: NonNullable<FieldValue>): string {
  if (typeof value !== 'string') throw wrongType(field);
  return value;
}

function wrongType(field: FieldMapping): Error {
  return new Error(`Cannot write item "${field.item}": the value is not of type ${field.type}`);
}
