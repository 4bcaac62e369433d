import { z } from 'zod';
import type { AttachmentSummary, Item, NoteReading } from '../../../src/sync/note.ts';
import { fileHead, parseUnid } from './answers.ts';
import { classify } from './errors.ts';
import { canonicalDateTime, canonicalInstant } from '../wire/stamps.ts';

/** Thrown inside this file only: becomes a `failed` reading of one note. */
class Malformed extends Error {}

/**
 * One entry of a bulk answer as a reading. `itemNames` must contain Form: an entry without it is metadata of a note whose items are
 * hidden from us. A malformed entry is `failed` with code `protocol`; its `unid` is `''` when the entry does not even name the note.
 */
export function decodeEntry(entry: unknown, itemNames: readonly string[]): NoteReading {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry))
    return { kind: 'failed', unid: '', code: 'protocol', message: 'The entry is no object' };
  const data = entry as Readonly<Record<string, unknown>>;
  const unid = parseUnid(data['@unid']) ?? '';
  if (data['@error'] !== undefined && data['@error'] !== null) return failureReading(unid, data['@error']);
  if (unid === '') return { kind: 'failed', unid, code: 'protocol', message: 'The entry names no UNID' };
  try {
    return decodeNote(unid, data, itemNames);
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause;
    return { kind: 'failed', unid, code: 'protocol', message: cause.message };
  }
}

/** A failure of one note: `missing` for not-found codes, else `failed` with the port's code. */
export function failureReading(unid: string, cause: unknown): NoteReading {
  const { kind, detail } = classify(cause, 'read');
  if (kind === 'note-missing') return { kind: 'missing', unid };
  const code = kind === 'no-answer' || kind === 'not-sent' ? 'unreachable' : kind;
  return { kind: 'failed', unid, code, message: `Note ${unid}: ${detail}` };
}

/** `YYYY-MM-DDTHH:MM:SS.ccZ` from the module's datetime object or text; null when it is neither. */
export function decodeInstant(value: unknown): string | null {
  const text = typeof value === 'object' && value !== null && 'data' in value ? value.data : value;
  return typeof text === 'string' ? canonicalInstant(text) : null;
}

function decodeNote(
  unid: string,
  entry: Readonly<Record<string, unknown>>,
  itemNames: readonly string[],
): NoteReading {
  let keys: ReadonlyMap<string, string> | null = null;
  const items: Record<string, Item> = {};
  for (const name of itemNames) {
    // Domino's item names ignore case; the answer may carry the stored casing instead of the one asked for.
    let value = entry[name];
    if (value === undefined || value === null) {
      keys ??= new Map(Object.keys(entry).map((key) => [key.toLowerCase(), key]));
      value = entry[keys.get(name.toLowerCase()) ?? name];
    }
    if (value !== undefined && value !== null) items[name] = decodeItem(name, value);
  }
  // Items that are hidden are hidden all at once; a note that shows some of them and no form has lost its form.
  if (Object.keys(items).length === 0) return { kind: 'unreadable', unid };
  const created = decodeInstant(entry['@created']);
  const modified = decodeInstant(entry['@modified']);
  if (created === null || modified === null) throw new Malformed('@created or @modified is no timestamp');
  const attachments = decodeAttachments(entry['@attachments']);
  return {
    kind: 'note',
    unid,
    created,
    modified,
    token: { kind: 'modified', value: modified },
    items,
    ...(attachments === null ? {} : { attachments }),
  };
}

function decodeAttachments(value: unknown): AttachmentSummary[] | null {
  if (value === undefined || value === null) return null;
  const parsed = z.array(fileHead).safeParse(value);
  if (!parsed.success) throw new Malformed('@attachments is no list of names and sizes');
  return parsed.data.map((file) => ({
    name: file.fileName,
    size: file.fileSize,
    modified: decodeInstant(file.modified) ?? '',
  }));
}

const canonicalItem = z.looseObject({
  type: z.enum(['text', 'number', 'datetime']),
  data: z.unknown(),
  names: z.boolean().optional(),
  readers: z.boolean().optional(),
  authors: z.boolean().optional(),
  nonsummary: z.boolean().optional(),
});

/** Canonical `{type, data}` or shorthand: a string, a number, a `{type: 'datetime'}`, or a list of one of these. */
function decodeItem(name: string, value: unknown): Item {
  if (Array.isArray(value)) return decodeShorthandList(name, value);
  if (typeof value === 'string' || typeof value === 'number')
    return { type: typeof value === 'string' ? 'text' : 'number', values: [value] };
  const parsed = canonicalItem.safeParse(value);
  if (!parsed.success) throw new Malformed(`Item "${name}" has a type that is not known`);
  const { type, data, names, readers, authors, nonsummary } = parsed.data;
  const list = Array.isArray(data);
  return {
    type,
    values: (list ? data : [data]).flatMap((one) => decodeValue(name, type, one)),
    ...(list ? { list } : {}),
    ...(names === true ? { names } : {}),
    ...(readers === true ? { readers } : {}),
    ...(authors === true ? { authors } : {}),
    ...(nonsummary === true ? { nonsummary } : {}),
  };
}

function decodeShorthandList(name: string, list: readonly unknown[]): Item {
  const parts = list.map((one) => decodeItem(name, one));
  const type = parts[0]?.type ?? 'text';
  if (parts.some((part) => part.type !== type || part.list === true))
    throw new Malformed(`Item "${name}" mixes types in one list`);
  return { type, values: parts.flatMap((part) => part.values), list: true };
}

function decodeValue(name: string, type: Item['type'], value: unknown): (string | number)[] {
  if (type === 'text' && typeof value === 'string') return [value];
  if (type === 'number' && typeof value === 'number') return [value];
  if (type === 'datetime' && typeof value === 'string') {
    // A datetime without date and time is how Notes stores an emptied date field.
    if (value === '') return [];
    const dateTime = canonicalDateTime(value);
    if (dateTime !== null) return [dateTime];
  }
  throw new Malformed(`Item "${name}" says ${type} and holds something else`);
}
