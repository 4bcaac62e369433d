import { canonicalValue, sameValue } from './canonical.ts';
import { checkField } from './check-field.ts';
import type { FieldMapping, FieldType, Mapping } from './mapping.ts';
import type { Fields, FieldValue } from './values.ts';

/**
 * [MC4] Values that were stored under another type or canonical form, as the mapping has them now. What cannot be said in the new type is left out of a base
 * (nobody knows it) and is empty in a record that still holds that base; a member's own edit stays as it is and merges without a base.
 */
export function recastSides(
  mapping: Mapping,
  base: Fields,
  handbook: Fields,
): { readonly base: Fields; readonly handbook: Fields } {
  const newBase: Record<string, FieldValue> = { ...base };
  const newHandbook: Record<string, FieldValue> = { ...handbook };
  for (const field of mapping.fields) {
    if (field.type === 'richText' || field.type === 'attachments') continue;
    const [was, now] = [base[field.field], handbook[field.field]];
    const known = was === undefined ? undefined : recast(field, was);
    if (was !== undefined && known === undefined) delete newBase[field.field];
    else if (known !== undefined) newBase[field.field] = known;
    if (now === undefined) continue;
    const same = was !== undefined && sameValue(was, now);
    newHandbook[field.field] = recast(field, now) ?? (same ? null : now);
  }
  return { base: newBase, handbook: newHandbook };
}

/** Undefined: cannot be said in this type. */
function recast(field: Pick<FieldMapping, 'type'>, value: FieldValue): FieldValue | undefined {
  const said = canonicalValue(field.type, value);
  if (fits(field.type, said)) return said;
  const converted = convert(field.type, value);
  return converted !== undefined && fits(field.type, converted)
    ? canonicalValue(field.type, converted)
    : undefined;
}

function fits(type: FieldType, value: FieldValue): boolean {
  return checkField({ type, check: {} }, value).length === 0;
}

function convert(type: FieldType, value: FieldValue): FieldValue | undefined {
  const alone = Array.isArray(value) && value.length === 1 ? (value[0] as FieldValue) : value;
  switch (type) {
    case 'number':
      return typeof alone === 'string' && /^[+-]?\d+(\.\d+)?$/.test(alone) ? Number(alone) : undefined;
    case 'text':
    case 'reference':
      return typeof alone === 'number' || typeof alone === 'string' ? String(alone) : undefined;
    case 'list':
    case 'set':
    case 'names':
      return typeof alone === 'string' ? [alone] : undefined;
    case 'date':
    case 'partialDate':
    case 'instant':
    case 'boolean':
    case 'richText':
    case 'attachments':
      return undefined;
  }
}
