import { z } from 'zod';
import type { EntitySchema } from '../../../connectors/handbook/members-port.ts';

const check = z.object({
  required: z.boolean().optional(),
  pattern: z.string().optional(),
  maxLength: z.number().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  oneOf: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
});

export const entitySchema = z.object({
  entity: z.string(),
  title: z.object({ vi: z.string(), en: z.string() }),
  key: z.string().describe('Field that holds the business key'),
  creatable: z.boolean(),
  deletable: z.boolean(),
  fields: z.array(z.object({ field: z.string(), type: z.string(), writable: z.boolean(), check })),
});

export function entityAnswer(schema: EntitySchema): z.infer<typeof entitySchema> {
  return {
    ...schema,
    fields: schema.fields.map(({ check: { oneOf, ...rest }, ...field }) => ({
      ...field,
      check: { ...rest, ...(oneOf === undefined ? {} : { oneOf: [...oneOf] }) },
    })),
  };
}
