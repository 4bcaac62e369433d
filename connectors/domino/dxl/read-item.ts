import type { ItemFlags, StoredItem } from '../embedded/stored-note.ts';
import { readValue } from './read-value.ts';
import { onlyElements, writeElement, type XmlElement } from './xml-tree.ts';

export const flagNames = [
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

/** DXL leaves `summary` out where it is the rule: for text, numbers and times. */
export const summaryByDefault: ReadonlySet<string> = new Set(['text', 'number', 'datetime']);

/**
 * `<item>` as a stored item. What is not as DXL describes it is kept as raw XML: the element of the value, or the whole `item` where the
 * surprise lies in the item itself.
 */
export function readItem(element: XmlElement): StoredItem {
  const { name, ...attributes } = element.attributes;
  const flags = readFlags(attributes);
  const [content, ...others] = onlyElements(element) ?? [];
  if (name === undefined || flags === null || content === undefined || others.length > 0) {
    return keepRaw(name ?? '', element, {});
  }
  const value = readValue(content);
  if (value === null) return keepRaw(name, content, flags);
  const summary = attributes.summary === undefined && summaryByDefault.has(value.type);
  return { name, value, flags: summary ? { ...flags, summary: true } : flags };
}

/** An item that holds the element's XML. */
export function keepRaw(name: string, element: XmlElement, flags: ItemFlags): StoredItem {
  const bytes = new TextEncoder().encode(writeElement(element));
  return { name, value: { type: 'raw', element: element.name, typeHex: '', bytes }, flags };
}

/** Null when there is an attribute that is no flag. */
function readFlags(attributes: Readonly<Record<string, string>>): ItemFlags | null {
  const flags: Partial<Record<keyof ItemFlags, boolean>> = {};
  for (const [attribute, value] of Object.entries(attributes)) {
    const flag = flagNames.find((name) => name === attribute);
    if (flag === undefined || (value !== 'true' && value !== 'false')) return null;
    if (value === 'true') flags[flag] = true;
  }
  return flags;
}
