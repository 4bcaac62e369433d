import { z } from 'zod';
import { canonicalValue } from '../sync/canonical.ts';
import { checkField, explainCheck } from '../sync/check-field.ts';
import type { FieldMapping } from '../sync/mapping.ts';
import type { FieldValue } from '../sync/values.ts';
import { OperationError } from './operation.ts';

const listed = z.array(z.string());

/** What a person typed, as a canonical value of the field. Throws `bad-request` with what would be right. */
export function readTypedValue(field: FieldMapping, typed: string): FieldValue {
  const value = canonicalValue(field.type, parse(field, typed));
  const [code] = checkField(field, value);
  if (code !== undefined)
    throw new OperationError(
      'bad-request',
      `This is no value of "${field.field}": ${explainCheck(code, field.check)}`,
    );
  return value;
}

function parse(field: FieldMapping, typed: string): FieldValue {
  if (typed === '') return null;
  switch (field.type) {
    case 'number':
      return typed.trim() === '' ? null : Number(typed);
    case 'boolean':
      return typed === 'true' ? true : typed === 'false' ? false : typed;
    case 'list':
    case 'set':
    case 'names':
      return typed.startsWith('[') ? listFrom(field, typed) : [typed];
    case 'richText':
    case 'attachments':
      throw new OperationError('bad-request', `"${field.field}" holds a file: choose a side`);
    case 'text':
    case 'reference':
    case 'date':
    case 'partialDate':
    case 'instant':
      return typed;
  }
}

function listFrom(field: FieldMapping, typed: string): FieldValue {
  try {
    return listed.parse(JSON.parse(typed));
  } catch {
    throw new OperationError('bad-request', `"${field.field}" takes a text, or a JSON list of texts`);
  }
}
