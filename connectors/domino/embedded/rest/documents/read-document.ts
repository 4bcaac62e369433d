import { mayRead } from '../../engine/identity.ts';
import { findInNote } from '../../engine/item-lookup.ts';
import type { StoredNote } from '../../stored-note.ts';
import type { ScopeCall } from '../rest-call.ts';
import { RestError } from '../rest-error.ts';
import { jsonName, readableFields, shownForm } from '../schema/find-mode.ts';
import type { KeepField } from '../schema/rest-schema.ts';
import { richTextJson, type RichTextForm } from '../rich-text/rich-text-json.ts';
import { encodeField } from '../values/encode-field.ts';
import { flatMetaOf, metaOf } from './document-meta.ts';
import type { FoundDocument } from './find-document.ts';

export interface ReadForm {
  readonly meta: boolean;
  /** `null` = not said. */
  readonly richTextAs: RichTextForm | null;
  /** Names of fields, where the server honours the parameter. */
  readonly fields?: readonly string[] | null;
  readonly shape?: 'single' | 'bulk';
}

/** The fields that reading in this mode asks of a document, by the names of their items. */
export function askedItems(found: FoundDocument, fields: readonly string[] | null | undefined): string[] {
  return ['Form', ...askedFields(found, fields).map(({ name }) => name)];
}

/** The document's JSON: `@meta`, Form, the readable fields of the mode, and `@warnings` for items that gave no value. */
export function documentJson(
  call: ScopeCall,
  found: FoundDocument,
  { meta, richTextAs, fields, shape = 'single' }: ReadForm,
): Record<string, unknown> {
  const { note, form } = found;
  const { quirks } = call.context;
  const isFlat = shape === 'bulk' && quirks.bulkMetaShape === 'flat';
  const json: Record<string, unknown> = {
    ...(isFlat && meta ? flatMetaOf(note, quirks) : {}),
    ...(!isFlat && meta ? { '@meta': metaOf(note, call.identity, quirks, childrenOf(call, note)) } : {}),
    Form: shownForm(form),
  };
  const warnings: string[] = [];
  for (const field of askedFields(found, fields)) {
    const value = fieldJson(call, note, field, richTextAs);
    if (value !== undefined) json[jsonName(field)] = value;
    else if (field.name.toLowerCase() !== 'form') warnings.push(`No values found for item ${field.name}`);
  }
  if (quirks.warnings === 'present' && warnings.length > 0) json['@warnings'] = warnings;
  return json;
}

/** As {@link documentJson} in an array, where a failure is the entry instead of the answer. */
export function documentEntry(
  call: ScopeCall,
  found: FoundDocument,
  form: ReadForm,
): Record<string, unknown> {
  try {
    return documentJson(call, found, { shape: 'bulk', ...form });
  } catch (error) {
    if (error instanceof RestError) return { ...error.body };
    throw error;
  }
}

export function attachmentNames(note: StoredNote): readonly string[] {
  return note.items.flatMap(({ value }) => (value.type === 'file' ? [value.file.name] : []));
}

function askedFields(
  { mode }: FoundDocument,
  fields: readonly string[] | null | undefined,
): readonly KeepField[] {
  const readable = readableFields(mode).filter(({ name }) => name.toLowerCase() !== 'form');
  return fields === null || fields === undefined
    ? readable
    : readable.filter((field) => fields.includes(jsonName(field)));
}

function fieldJson(call: ScopeCall, note: StoredNote, field: KeepField, form: RichTextForm | null): unknown {
  const { quirks } = call.context;
  if (field.name.toUpperCase() === '$FILES') return attachmentNames(note);
  if (field.format === 'richtext') return richTextJson(call.database, note, field.name, form, quirks);
  const item = findInNote(note, field.name);
  return item === undefined ? undefined : encodeField(field, item, quirks);
}

/** Responses that the caller may not even know of are left out. */
function childrenOf(call: ScopeCall, note: StoredNote): readonly string[] {
  return call.database
    .children(note.unid)
    .filter(({ unid }) => mayRead(call.database.readBare(unid)?.items ?? [], call.identity))
    .map(({ unid }) => unid);
}
