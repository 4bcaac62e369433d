import * as z from 'zod';
import type { AccessRules, EntityAccess } from '../connectors/handbook/access-rules.ts';

const name = z.string().regex(/^[a-z][A-Za-z0-9]*$/u, { error: 'an English name in camelCase' });
const shown = z.exactOptional(z.array(name).min(1));
const writers = z.exactOptional(z.array(z.enum(['owner', 'within'])).min(1));

const entityAccess: z.ZodType<EntityAccess> = z
  .strictObject({
    everyone: z.boolean().default(false),
    owner: z.exactOptional(name),
    within: z.exactOptional(z.union([name, z.strictObject({ via: name, entity: name, field: name })])),
    scope: z.exactOptional(name),
    through: z.exactOptional(z.strictObject({ entity: name, field: name })),
    fields: z.exactOptional(z.strictObject({ member: shown, secretary: shown, officer: shown })),
    sort: z.exactOptional(z.strictObject({ field: name, by: z.enum(['text', 'name']) })),
    search: z.array(name).default([]),
    write: z.strictObject({ create: writers, update: writers, delete: writers }).prefault({}),
  })
  .refine((one) => everyWriter(one).every((writer) => one[writer] !== undefined), {
    path: ['write'],
    error: 'writers that the entity names: owner needs "owner", within needs "within"',
  });

function everyWriter({ write }: Pick<EntityAccess, 'write'>) {
  return Object.values(write).flatMap((one) => one ?? []);
}

export const accessSchema: z.ZodType<AccessRules> = z.strictObject({
  tree: z.strictObject({ entity: name, parent: name, from: name, to: name }),
  member: z.strictObject({
    entity: name,
    cell: name,
    status: name,
    active: z.array(z.string().normalize('NFC').min(1)).min(1),
  }),
  entities: z.record(name, entityAccess),
});
