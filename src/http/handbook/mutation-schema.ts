import { z } from 'zod';
import type { MutationRefusal, MutationResult } from '../../../connectors/handbook/members-port.ts';
import { fieldsIn, fieldValueOut } from '../value-schema.ts';
import { entityIn, idIn } from './record-schema.ts';

const clientIdIn = z.string().regex(/^[\w.:-]{1,64}$/);

const mutationIn = z.strictObject({
  mutationId: idIn.describe('Unique per client; repeating it repeats the answer'),
  kind: z.enum(['create', 'update', 'delete']),
  entity: entityIn,
  recordId: idIn.describe('Chosen by the client for a create'),
  baseVersion: z.int().min(0).describe('Version the client last saw; 0 for a create'),
  fields: fieldsIn.default({}).describe('Changed fields only'),
});

export const mutationsIn = z.strictObject({
  clientId: clientIdIn.describe('One per device or installation; belongs to the account'),
  mutations: z.array(mutationIn).min(1).max(100),
});

const refusals = [
  'unknown-entity',
  'unknown-field',
  'not-writable',
  'invalid-value',
  'no-such-record',
  'not-creatable',
  'not-deletable',
  'already-exists',
  'base-version-ahead',
  'forbidden',
] as const satisfies readonly MutationRefusal[];

const mutationId = z.string();

export const resultOut = z.discriminatedUnion('kind', [
  z.object({ mutationId, kind: z.literal('applied'), version: z.number() }),
  z
    .object({
      mutationId,
      kind: z.literal('conflict'),
      version: z.number(),
      fields: z.record(z.string(), z.object({ yours: fieldValueOut, current: fieldValueOut })),
    })
    .describe('These fields changed meanwhile; the others were applied'),
  z.object({ mutationId, kind: z.literal('held') }).describe('Kept until the record is released again'),
  z.object({
    mutationId,
    kind: z.literal('refused'),
    reason: z.enum(refusals),
    field: z.string().optional(),
  }),
  z
    .object({ mutationId, kind: z.literal('failed'), code: z.enum(['unavailable', 'internal']) })
    .describe('Outcome unknown: send the same mutation again'),
]);

export type MutationOutcome =
  | MutationResult
  | { readonly kind: 'failed'; readonly code: 'unavailable' | 'internal' };
