import type { Item, NoteReading, Unid } from '../../../src/sync/note.ts';
import { canonicalDateTime } from '../wire/stamps.ts';
import { documentSchema, metaOf, parseUnid, valueOf, type DocumentJson } from './documents.ts';
import { classify, refusalOfEntry } from './errors.ts';
import {
  type FieldKind,
  findField,
  findForm,
  findMode,
  formNames,
  isReadable,
  jsonNameOf,
  kindOf,
} from './schema.ts';
import type { RestField, RestSchema } from './schema.ts';

/** Thrown inside this file only: becomes a `failed` reading of one note. */
class Malformed extends Error {
  readonly code: 'protocol' | 'schema';

  constructor(code: 'protocol' | 'schema', message: string) {
    super(message);
    this.code = code;
  }
}

export interface ReadFrame {
  readonly schema: RestSchema;
  readonly modeName: string;
  readonly itemNames: readonly string[];
  /** Forms as the link spells them; a form that answers show under another of its names is called so. */
  readonly forms: readonly string[];
  /** Items that must be shown of a form; without them in the schema an empty value and a hidden one look the same. */
  readonly needed: (form: string) => readonly string[];
}

/** One entry of a list, or a document, as a reading. A failure of one document is a reading too. `unid`: what was asked for, where one was. */
export function decodeEntry(entry: unknown, frame: ReadFrame, unid: Unid = ''): NoteReading {
  const refusal = refusalOfEntry(entry);
  if (refusal !== null) {
    const named = unid || (parseUnid(refusal.details) ?? '');
    if (refusal.status === 404) return { kind: 'missing', unid: named };
    if (refusal.status === 403) return { kind: 'unreadable', unid: named };
    const { kind, detail } = classify(refusal, 'read');
    return { kind: 'failed', unid: named, code: kind, message: `Note ${named}: ${detail}` };
  }
  const parsed = documentSchema.safeParse(entry);
  const meta = parsed.success ? metaOf(parsed.data) : null;
  if (!parsed.success || meta === null) {
    const message = 'The entry is no document, or lacks its UNID, a stamp or its revision';
    return { kind: 'failed', unid: parseUnid(parsed.data?.['@unid']) ?? unid, code: 'protocol', message };
  }
  try {
    return { kind: 'note', ...meta, items: decodeItems(parsed.data, frame) };
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause;
    return { kind: 'failed', unid: meta.unid, code: cause.code, message: cause.message };
  }
}

function decodeItems(document: DocumentJson, frame: ReadFrame): Record<string, Item> {
  const shown = valueOf(document, 'Form');
  if (typeof shown !== 'string' || shown === '')
    throw new Malformed('protocol', 'The document shows no Form');
  const form = findForm(frame.schema, shown);
  const mode = form === undefined ? undefined : findMode(form, frame.modeName);
  if (form === undefined || mode === undefined)
    throw new Malformed('schema', `Form "${shown}" has no mode "${frame.modeName}" in the schema any more`);
  const names = formNames(form).map((name) => name.toLowerCase());
  const spelled = frame.forms.find((name) => names.includes(name.toLowerCase())) ?? shown;
  const needed = new Set(frame.needed(spelled).map((name) => name.toLowerCase()));
  const items: Record<string, Item> = {};
  for (const name of frame.itemNames) {
    if (name.toLowerCase() === 'form') {
      items[name] = { type: 'text', values: [spelled] };
      continue;
    }
    const field = findField(mode, name);
    if (field === undefined || !isReadable(field)) {
      if (needed.has(name.toLowerCase()))
        throw new Malformed(
          'schema',
          `Mode "${frame.modeName}" of form "${spelled}" does not show "${name}"`,
        );
      continue;
    }
    const item = decodeItem(field, valueOf(document, jsonNameOf(field)));
    if (item !== null) items[name] = item;
  }
  return items;
}

function decodeItem(field: RestField, json: unknown): Item | null {
  if (json === undefined || json === null) return null;
  const kind = kindOf(field);
  const given: readonly unknown[] = Array.isArray(json) ? json : [json];
  const values = given.flatMap((one) => decodeValue(field, kind, one));
  const type =
    kind.value === 'instant' || kind.value === 'date'
      ? 'datetime'
      : kind.value === 'text'
        ? 'text'
        : 'number';
  return {
    type,
    values,
    ...(kind.list ? { list: true } : {}),
    ...(kind.names === null ? {} : { names: true }),
    ...(kind.names === 'readers' ? { readers: true } : {}),
    ...(kind.names === 'authors' ? { authors: true } : {}),
  };
}

function decodeValue({ name }: RestField, kind: FieldKind, json: unknown): (string | number)[] {
  switch (kind.value) {
    case 'text':
      if (typeof json === 'string') return [json];
      break;
    case 'number':
    case 'integer':
      if (typeof json === 'number') return [json];
      break;
    case 'boolean':
      if (typeof json === 'boolean') return [json ? 1 : 0];
      break;
    case 'instant':
    case 'date': {
      if (json === '') return [];
      const canonical = typeof json === 'string' ? canonicalDateTime(json) : null;
      if (canonical !== null) return [canonical];
      break;
    }
    case 'richText':
    case 'other':
      throw new Malformed('schema', `Field "${name}" is rich text or binary and is not read as an item`);
  }
  throw new Malformed('protocol', `Field "${name}" says ${kind.value} and holds something else`);
}
