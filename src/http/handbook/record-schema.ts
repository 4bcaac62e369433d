import { z } from 'zod';
import type { HandbookRecord } from '../../../connectors/handbook/port.ts';
import { fieldsOut, fieldValueOut } from '../value-schema.ts';

export const recordSchema = z.object({
  recordId: z.string(),
  entity: z.string(),
  key: z.string().nullable().describe('Business key'),
  version: z.number().describe('Grows with each change; send it back as baseVersion'),
  fields: fieldsOut,
});

export const historySchema = z.object({
  version: z.number().describe('Version of the record after the change'),
  at: z.string().describe('Instant (ISO)'),
  changes: z.record(z.string(), z.object({ from: fieldValueOut, to: fieldValueOut })),
});

export type RecordAnswer = z.infer<typeof recordSchema>;

export function recordAnswer({ recordId, entity, key, version, fields }: HandbookRecord): RecordAnswer {
  return { recordId, entity, key, version, fields: { ...fields } };
}

/** Ids as clients name them. */
export const idIn = z.string().regex(/^[\w.:-]{1,100}$/);

export const entityIn = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/);
