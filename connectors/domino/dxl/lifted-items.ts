import type { ItemFlags, NotesDateTime, StoredItem } from '../embedded/stored-note.ts';
import { readDateTime } from './dxl-datetime.ts';
import type { ProfileName } from './dxl-note.ts';
import { hasOnly, onlyElements, onlyText, type XmlElement } from './xml-tree.ts';

/** Items that DXL prints outside `<item>`, in the shape in which reading gives them back. */
const summary: ItemFlags = { summary: true };

function textItem(name: string, values: readonly string[], flags: ItemFlags): StoredItem {
  return { name, value: { type: 'text', values, list: values.length !== 1 }, flags };
}

export function formItem(form: string): StoredItem {
  return textItem('Form', [form], summary);
}

/** `$UpdatedBy`: who saved the note, canonical names. */
export function updatedByItem(names: readonly string[]): StoredItem {
  return textItem('$UpdatedBy', names, { summary: true, names: true });
}

/** `$Revisions`: when the note was saved before. */
export function revisionsItem(values: readonly NotesDateTime[]): StoredItem {
  return { name: '$Revisions', value: { type: 'datetime', values, ranges: [], list: true }, flags: summary };
}

/** Attributes of the note's element that Notes' model has no place for, as `name=value`. */
export function attributesItem(attributes: readonly (readonly [string, string])[]): StoredItem {
  const values = attributes.map(([name, value]) => `${name}=${value}`);
  return { name: '$DXL_attributes', value: { type: 'text', values, list: true }, flags: {} };
}

/** `$Name`, by which Notes finds a profile document: `$profile_` + three digits length + name + `_` + user name. */
export function profileItem({ name, username }: ProfileName): StoredItem {
  const length = String(name.length).padStart(3, '0');
  return textItem('$Name', [`$profile_${length}${name}_${username ?? ''}`], summary);
}

export function profileOf(item: StoredItem): ProfileName | null {
  if (item.name !== '$Name' || item.value.type !== 'text') return null;
  const parts = /^\$profile_(\d{3})(.*)$/s.exec(item.value.values[0] ?? '');
  const [, length = '', rest = ''] = parts ?? [];
  const end = Number(length);
  if (!parts || rest.charAt(end) !== '_') return null;
  return { name: rest.slice(0, end), username: rest.slice(end + 1) || null };
}

/** `<updatedby>`, or null when it is not as DXL describes it. */
export function readUpdatedBy(element: XmlElement): StoredItem | null {
  const names = hasOnly(element) ? onlyElements(element) : null;
  const texts = names?.map((one) => (one.name === 'name' && hasOnly(one) ? onlyText(one) : null));
  return texts?.every((text) => text !== null) ? updatedByItem(texts) : null;
}

/** `<revisions>`, or null when it is not as DXL describes it. */
export function readRevisions(element: XmlElement): StoredItem | null {
  const times = hasOnly(element) ? onlyElements(element)?.map(readDateTime) : null;
  return times?.every((time) => time !== null) ? revisionsItem(times) : null;
}
