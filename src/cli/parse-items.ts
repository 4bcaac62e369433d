import type { Item } from '../sync/note.ts';
import { UsageError } from './exit-codes.ts';

const TYPES = ['text', 'number', 'datetime', 'names', 'readers', 'authors'] as const;
type Type = (typeof TYPES)[number];

export const ITEM_SYNTAX =
  'An item is written NAME=VALUE (text) or NAME:TYPE=VALUE with TYPE one of text, number, datetime, names, readers, authors.\n' +
  'The same name again makes a list; an empty VALUE empties the item. A datetime is 2026-01-31, T08:30:00 or 2026-01-31T08:30:00+07:00.';

/** Reads `--set` values into items. Throws `UsageError` on what is not an item, or one item with two types. */
export function parseItems(settings: readonly string[]): Record<string, Item> {
  const items = new Map<string, { readonly type: Type; readonly texts: string[] }>();
  for (const setting of settings) {
    const match = /^(?<name>[^=:\s]+)(?::(?<type>[a-z]+))?=(?<text>.*)$/s.exec(setting);
    if (match?.groups === undefined)
      throw new UsageError(`--set "${setting}" is not an item. ${ITEM_SYNTAX}`);
    const { name = '', type = 'text', text = '' } = match.groups;
    if (!isType(type)) throw new UsageError(`--set "${setting}": there is no type "${type}". ${ITEM_SYNTAX}`);
    const known = items.get(name);
    if (known !== undefined && known.type !== type)
      throw new UsageError(`--set gives "${name}" the types ${known.type} and ${type}: choose one.`);
    if (known === undefined) items.set(name, { type, texts: [text] });
    else known.texts.push(text);
  }
  return Object.fromEntries([...items].map(([name, { type, texts }]) => [name, itemOf(name, type, texts)]));
}

function itemOf(name: string, type: Type, texts: readonly string[]): Item {
  const list = texts.length > 1 ? { list: true } : {};
  const empty = texts.length === 1 && texts[0] === '';
  switch (type) {
    case 'text':
      return { type: 'text', values: texts, ...list };
    case 'number':
      return { type: 'number', values: empty ? [] : texts.map((text) => parseNumber(name, text)), ...list };
    case 'datetime':
      return {
        type: 'datetime',
        values: empty ? [] : texts.map((text) => parseDatetime(name, text)),
        ...list,
      };
    case 'names':
      return { type: 'text', values: texts, ...list, names: true };
    case 'readers':
      return { type: 'text', values: texts, ...list, names: true, readers: true };
    case 'authors':
      return { type: 'text', values: texts, ...list, names: true, authors: true };
  }
}

function parseNumber(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new UsageError(`--set ${name}: "${text}" is not a number.`);
  return value;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Gives the forms that `Item` names: a date, a time, or an instant in UTC with centiseconds. */
function parseDatetime(name: string, text: string): string {
  if (TIME.test(text)) return text;
  const moment = new Date(DATE.test(text) ? `${text}T00:00:00Z` : text);
  if (DATE.test(text) && !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text))
    return text;
  if (INSTANT.test(text) && !Number.isNaN(moment.getTime())) return moment.toISOString().replace(/\dZ$/, 'Z');
  throw new UsageError(
    `--set ${name}: "${text}" is not a date (2026-01-31), a time (T08:30:00) or an instant with its zone (2026-01-31T08:30:00+07:00).`,
  );
}

function isType(text: string): text is Type {
  return (TYPES as readonly string[]).includes(text);
}
