import { z } from 'zod';
import { fieldValueOut } from '../value-schema.ts';
import { conflictRow, quarantineRow } from './case-schema.ts';
import { journalRow } from './journal-schema.ts';

export const documentHead = z.object({
  pairId: z.string(),
  linkId: z.string(),
  unid: z.string().nullable(),
  recordId: z.string(),
  entity: z.string(),
  form: z.string(),
  key: z.string().nullable(),
  status: z.string(),
  reason: z.string().nullable(),
  blocked: z.string().nullable(),
  pending: z.boolean(),
});

const fieldSchema = z.object({
  field: z.string(),
  item: z.string(),
  type: z.string(),
  direction: z.enum(['pull', 'push', 'both']),
  policy: z.string(),
  base: fieldValueOut.optional(),
  notes: fieldValueOut.optional(),
  handbook: fieldValueOut.optional(),
  origin: z
    .object({
      side: z.enum(['notes', 'handbook']),
      at: z.string(),
      event: z.string(),
      by: z.string().nullable(),
    })
    .nullable(),
  conflictId: z.string().nullable(),
});

export const documentSchema = documentHead.extend({
  title: z.object({ vi: z.string(), en: z.string() }),
  bornIn: z.enum(['notes', 'handbook']),
  notesSight: z.string(),
  live: z
    .enum(['read', 'withheld', 'unreadable', 'missing', 'none', 'unavailable'])
    .describe('How the note could be read just now; withheld and unreadable ones show no value'),
  record: z.object({ state: z.string(), version: z.number() }).nullable(),
  fields: z.array(fieldSchema).readonly(),
  events: z.array(journalRow).readonly(),
  conflicts: z.array(conflictRow).readonly(),
  quarantine: quarantineRow.nullable(),
});
