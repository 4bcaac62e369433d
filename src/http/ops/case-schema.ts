import { z } from 'zod';
import { fieldValueOut } from '../value-schema.ts';

export const conflictState = z.enum(['open', 'settled', 'resolved', 'obsolete']);

export const conflictRow = z.object({
  id: z.string(),
  pairId: z.string(),
  linkId: z.string(),
  unid: z.string().nullable(),
  recordId: z.string(),
  entity: z.string(),
  kind: z.enum(['field', 'edit-against-delete', 'refused-edit']),
  field: z.string(),
  base: fieldValueOut.optional(),
  notes: fieldValueOut.optional(),
  handbook: fieldValueOut.optional(),
  policy: z.string(),
  winner: z.enum(['notes', 'handbook', 'merged']).nullable().describe('null = a person must decide'),
  state: conflictState,
  at: z.string(),
  closedBy: z.string().nullable(),
  closedAt: z.string().nullable(),
  choice: z.string().nullable(),
});

export const quarantineRow = z.object({
  id: z.string(),
  pairId: z.string(),
  linkId: z.string(),
  unid: z.string().nullable(),
  recordId: z.string(),
  entity: z.string(),
  form: z.string(),
  code: z.string(),
  detail: z.string(),
  at: z.string(),
});
