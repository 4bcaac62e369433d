import type { ItemFlags, NotesDateTime, StoredItem } from '../stored-note.ts';

/** A text item; several values, or a list of one when given as an array. In the summary unless `flags` say otherwise. */
export function textItem(name: string, value: string | readonly string[], flags: ItemFlags = {}): StoredItem {
  const list = typeof value !== 'string';
  return { name, value: { type: 'text', values: list ? value : [value], list }, flags: inSummary(flags) };
}

export function numberItem(
  name: string,
  value: number | readonly number[],
  flags: ItemFlags = {},
): StoredItem {
  const list = typeof value !== 'number';
  return { name, value: { type: 'number', values: list ? value : [value], list }, flags: inSummary(flags) };
}

export function dateTimeItem(
  name: string,
  value: NotesDateTime | readonly NotesDateTime[],
  flags: ItemFlags = {},
): StoredItem {
  const list = Array.isArray(value);
  const values = list ? (value as readonly NotesDateTime[]) : [value as NotesDateTime];
  return { name, value: { type: 'datetime', values, ranges: [], list }, flags: inSummary(flags) };
}

/** Canonical names; `kind` says whether they also restrict who reads or grant who edits. */
export function namesItem(
  name: string,
  value: string | readonly string[],
  kind: 'names' | 'readers' | 'authors' = 'names',
): StoredItem {
  return textItem(name, value, { names: true, ...(kind === 'names' ? {} : { [kind]: true }) });
}

export function richTextItem(name: string, bytes: Uint8Array, format: 'dxl' | 'cd' = 'cd'): StoredItem {
  return { name, value: { type: 'richtext', format, bytes }, flags: {} };
}

/** An attachment: a `$FILE` item, which repeats. */
export function fileItem(name: string, bytes: Uint8Array, modified: NotesDateTime): StoredItem {
  const file = { name, created: modified, modified, bytes, attributes: {} };
  return { name: '$FILE', value: { type: 'file', file }, flags: { summary: true } };
}

function inSummary(flags: ItemFlags): ItemFlags {
  const { summary = true, ...others } = flags;
  return summary ? { summary, ...others } : others;
}
