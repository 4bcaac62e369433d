import { z } from 'zod';
import type { HandbookRecord } from '../../../connectors/handbook/port.ts';
import { fieldsOut } from '../value-schema.ts';

export const recordSchema = z.object({
  recordId: z.string(),
  entity: z.string(),
  key: z.string().nullable().describe('Business key'),
  version: z.number().describe('Grows with each change; send it back as baseVersion'),
  fields: fieldsOut,
});

export type RecordAnswer = z.infer<typeof recordSchema>;

export function recordAnswer({ recordId, entity, key, version, fields }: HandbookRecord): RecordAnswer {
  return { recordId, entity, key, version, fields: { ...fields } };
}

/** Ids as clients name them. */
export const idIn = z.string().regex(/^[\w.:-]{1,100}$/);

export const entityIn = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/);
