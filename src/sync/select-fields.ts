import type { Mapping } from './mapping.ts';
import type { Fields, FieldValue } from './values.ts';

/** [MC1] What the mapping names, of a base that may have been written under another version of it. Untouched fields keep their base. */
export function mappedOnly(mapping: Mapping, fields: Fields): Fields {
  return Object.fromEntries(
    mapping.fields
      .filter((f) => fields[f.field] !== undefined)
      .map((f) => [f.field, fields[f.field] as FieldValue]),
  );
}

/** What of a record may be written to Notes. */
export function writable(mapping: Mapping, fields: Fields): Fields {
  return Object.fromEntries(
    mapping.fields
      .filter((f) => f.direction !== 'pull')
      .filter((f) => fields[f.field] !== undefined && fields[f.field] !== null)
      .map((f) => [f.field, fields[f.field] as FieldValue]),
  );
}

/** The fields that occur in both of the others. */
export function inBoth(fields: Fields, one: Fields, other: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) => one[name] !== undefined && other[name] !== undefined),
  );
}

export function withoutFiles(mapping: Mapping, fields: Fields): Fields {
  const files = mapping.fields.filter((field) => field.type === 'attachments').map(({ field }) => field);
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !files.includes(name)));
}
