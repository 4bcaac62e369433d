import { canonicalValue } from '../../../../src/sync/canonical.ts';
import { checkField } from '../../../../src/sync/check-field.ts';
import type { Fields, FieldValue } from '../../../../src/sync/values.ts';
import type { EntitySchema, Mutation, MutationRefusal, MutationResult } from '../../members-port.ts';
import { isRecordId } from '../record-row.ts';
import { isStorable } from '../storable.ts';

type Refused = Extract<MutationResult, { readonly kind: 'refused' }>;
type FieldSchema = EntitySchema['fields'][number];

/** What can be said of a mutation without looking at its record: refused, or its fields in canonical form. Pure. */
export function checkMutation(
  schema: EntitySchema | undefined,
  mutation: Mutation,
): { readonly refused: Refused } | { readonly fields: Fields } {
  if (schema === undefined) return refuse('unknown-entity');
  if (mutation.kind === 'create' && !schema.creatable) return refuse('not-creatable');
  if (mutation.kind === 'delete') return schema.deletable ? { fields: {} } : refuse('not-deletable');
  if (mutation.kind === 'create' && !isRecordId(mutation.recordId))
    return refuse('invalid-value', 'recordId');

  const byName = new Map(schema.fields.map((field) => [field.field, field]));
  const fields: Record<string, FieldValue> = {};
  for (const [name, value] of Object.entries(mutation.fields)) {
    const field = byName.get(name);
    if (field === undefined) return refuse('unknown-field', name);
    if (!isWritable(schema, field, mutation.kind)) return refuse('not-writable', name);
    const canonical = canonicalValue(field.type, value);
    if (!isStorable(canonical) || checkField(field, canonical).length > 0)
      return refuse('invalid-value', name);
    fields[name] = canonical;
  }
  const missing =
    mutation.kind === 'create' ? schema.fields.find((field) => lacks(fields, field)) : undefined;
  return missing === undefined ? { fields } : refuse('invalid-value', missing.field);
}

/** Members have no way to hand in bytes, so they cannot name a blob either. The one who brings a record into being names it. */
function isWritable(schema: EntitySchema, field: FieldSchema, kind: Mutation['kind']): boolean {
  if (field.type === 'richText' || field.type === 'attachments') return false;
  return field.writable || (kind === 'create' && field.field === schema.key);
}

/** A required field that members cannot write is somebody else's to fill in. */
function lacks(fields: Fields, field: FieldSchema): boolean {
  return field.writable && field.check.required === true && fields[field.field] === undefined;
}

function refuse(reason: MutationRefusal, field?: string): { readonly refused: Refused } {
  return { refused: { kind: 'refused', reason, ...(field === undefined ? {} : { field }) } };
}
