import { z } from 'zod';

export const journalRow = z.object({
  linkId: z.string(),
  sequence: z.number(),
  at: z.string(),
  passId: z.string(),
  pairId: z.string().nullable(),
  recordId: z.string().nullable(),
  unid: z.string().nullable(),
  event: z.string(),
  rule: z.string(),
  fields: z.array(z.string()).readonly(),
  by: z.string().nullable(),
  reason: z.string().nullable(),
  digest: z.string().nullable().describe('Digest of the values, keyed per record; never the values'),
  previousHash: z.string(),
  hash: z.string(),
});
