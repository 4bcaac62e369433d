import { findItem, withItems, withoutItems } from '../../engine/item-lookup.ts';
import type { StoredItem } from '../../stored-note.ts';
import { badRequest } from '../rest-error.ts';
import type { RestQuirks } from '../rest-quirks.ts';
import { decodeRichText } from '../rich-text/decode-rich-text.ts';
import { jsonName, valueKind, writableFields } from '../schema/find-mode.ts';
import type { KeepField, KeepMode } from '../schema/rest-schema.ts';
import { decodeField } from '../values/decode-field.ts';

export type DocumentJson = Readonly<Record<string, unknown>>;

/**
 * What a write makes of a document's items. `replace`: every writable field of the mode that is not given is removed (PUT); otherwise it is left (PATCH) or
 * not there yet (POST). `null` removes. What is no writable field of the mode, and what does not fit its field, is dropped without a word.
 */
export function changedItems(
  before: readonly StoredItem[],
  mode: KeepMode,
  json: DocumentJson,
  how: { readonly kind: 'create' | 'replace' | 'patch'; readonly quirks: RestQuirks },
): readonly StoredItem[] {
  const { quirks } = how;
  const fields = writableFields(mode).filter(
    ({ name }) => name.toLowerCase() !== 'form' && name !== '$FILES',
  );
  refuseUnknown(json, fields, quirks);
  const kept: StoredItem[] = [];
  const removed: string[] = [];
  for (const field of fields) {
    const key = jsonName(field);
    if (!Object.hasOwn(json, key)) {
      if (how.kind === 'replace') removed.push(field.name);
      else if (how.kind === 'patch') kept.push(...cutToShown(before, field, quirks));
    } else if (json[key] === null) removed.push(field.name);
    else {
      const item = decoded(field, json[key], quirks);
      if (item !== null) kept.push(item);
    }
  }
  return withItems(withoutItems(before, removed), kept);
}

/** Throws 400 when fields that the mode requires are missing from what would be stored. */
export function requireFields(mode: KeepMode, items: readonly StoredItem[]): void {
  const missing = mode.required.filter((name) => findItem(items, name) === undefined);
  if (missing.length > 0) throw badRequest(`Required fields are missing: ${missing.join(', ')}`);
}

function decoded(field: KeepField, json: unknown, quirks: RestQuirks): StoredItem | null {
  const item =
    field.format === 'richtext' ? decodeRichText(field.name, json, quirks) : decodeField(field, json, quirks);
  if (item === null && quirks.mistypedValues === 'refused') {
    throw badRequest(`Field ${field.name} does not take this type of value`);
  }
  return item;
}

function refuseUnknown(json: DocumentJson, fields: readonly KeepField[], quirks: RestQuirks): void {
  if (quirks.unknownFields === 'dropped') return;
  const known = new Set(['Form', ...fields.map(jsonName)]);
  const unknown = Object.keys(json).filter((key) => !known.has(key) && !key.startsWith('@'));
  if (unknown.length > 0) throw badRequest(`Fields are not configured: ${unknown.join(', ')}`);
}

/** Whether a patch of another field keeps the values that this field hides is open; the harsher server loses them. */
function cutToShown(before: readonly StoredItem[], field: KeepField, quirks: RestQuirks): StoredItem[] {
  const item = findItem(before, field.name);
  if (item === undefined || valueKind(field).list || quirks.patchOfHiddenValues === 'kept') return [];
  const { value } = item;
  if (value.type === 'text' && value.values.length > 1) {
    return [{ ...item, value: { ...value, values: value.values.slice(0, 1), list: false } }];
  }
  if (value.type === 'number' && value.values.length > 1) {
    return [{ ...item, value: { ...value, values: value.values.slice(0, 1), list: false } }];
  }
  return [];
}
