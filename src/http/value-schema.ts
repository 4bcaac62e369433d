import { z } from 'zod';
import { exactNumber, text } from './text-schema.ts';

/** Canonical values as they leave: no check of ours can turn a stored value into a failure. */
const scalarOut = z.union([z.string(), z.number(), z.boolean()]);

const blobRef = z.object({ name: z.string(), sha256: z.string(), size: z.number() });

export const fieldValueOut = z
  .union([scalarOut, z.array(scalarOut).readonly(), blobRef, z.array(blobRef).readonly(), z.null()])
  .describe('A scalar, a list, a reference to content kept beside the record (blob), or null for empty');

export const fieldsOut = z.record(z.string(), fieldValueOut);

const scalarIn = z.union([text(100_000, 0), exactNumber, z.boolean()]);

const fieldName = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/);

/** Canonical values as they come: content beside the record cannot be changed through a mutation. */
export const fieldsIn = z.record(
  fieldName,
  z
    .union([scalarIn, z.array(scalarIn).max(1_000), z.null()])
    .describe('A scalar, a list of scalars, or null to empty the field'),
);
