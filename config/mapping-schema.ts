import * as z from 'zod';
import { canonicalText } from '../src/sync/canonical.ts';
import type { ConflictPolicy, FieldCheck, FieldMapping, Mapping } from '../src/sync/mapping.ts';
import type { CodeList } from './code-list.ts';
import { bilingual } from './link-schema.ts';

const FIELD_TYPES = [
  'text',
  'number',
  'boolean',
  'date',
  'partialDate',
  'instant',
  'list',
  'set',
  'names',
  'reference',
  'richText',
  'attachments',
] as const;

const itemName = z
  .string()
  .regex(/^[$A-Za-z_][\w$]*$/u, { error: 'the name of an item: letters, digits, _ and $' });
const name = z.string().regex(/^[a-z][A-Za-z0-9]*$/u, { error: 'an English name in camelCase' });
const formName = z.string().min(1);
/** Canonical values are compared with these, so they take the same form. */
const scalar = z.union([z.string().transform(canonicalText), z.number(), z.boolean()]);

const checkKeys = {
  required: z.exactOptional(z.boolean()),
  pattern: z.exactOptional(
    z.string().refine(compiles, { error: 'a regular expression (JavaScript, Unicode mode)' }),
  ),
  maxLength: z.exactOptional(z.int().min(1)),
  min: z.exactOptional(z.number()),
  max: z.exactOptional(z.number()),
  oneOf: z.exactOptional(z.array(scalar).min(1)),
  maxBytes: z.exactOptional(z.int().min(1)),
  maxFiles: z.exactOptional(z.int().min(1)),
  extensions: z.exactOptional(
    z
      .array(z.string().regex(/^[a-z0-9]{1,15}$/u, { error: 'an extension in lower case, without the dot' }))
      .min(1),
  ),
};

/** `codeList` stands for the codes of that list, as `oneOf` would name them. */
const check = (lists: ReadonlyMap<string, CodeList>) =>
  z
    .strictObject({
      ...checkKeys,
      codeList: z.exactOptional(
        z.string().refine((name) => lists.has(name), {
          error: `one of the lists beside the mappings: ${[...lists.keys()].join(', ') || 'there is none'}`,
        }),
      ),
    })
    .refine((one) => one.codeList === undefined || one.oneOf === undefined, {
      path: ['oneOf'],
      error: 'either codeList or oneOf',
    })
    .transform(({ codeList, ...rest }): FieldCheck => {
      const codes = codeList === undefined ? undefined : lists.get(codeList)?.codes;
      return codes === undefined ? rest : { ...rest, oneOf: codes.map(({ code }) => code) };
    });

const field = (lists: ReadonlyMap<string, CodeList>) =>
  z
    .strictObject({
      item: itemName,
      field: name,
      type: z.enum(FIELD_TYPES),
      direction: z.enum(['pull', 'push', 'both']).default('pull'),
      writer: z.enum(['notes', 'handbook', 'both']).default('notes'),
      /** Without one: the only writer wins; with two writers a person decides. */
      conflict: z.exactOptional(z.enum(['notes-wins', 'handbook-wins', 'manual', 'union', 'max', 'min'])),
      clear: z.enum(['empty', 'delete']).default('delete'),
      nonsummary: z.boolean().default(false),
      check: check(lists).prefault({}),
      truth: z.exactOptional(
        z
          .strictObject({ yes: scalar, no: scalar })
          .refine((truth) => String(truth.yes) !== String(truth.no), {
            path: ['no'],
            error: 'another text than "yes"',
          }),
      ),
      entity: z.exactOptional(name),
    })
    .refine((one) => (one.type === 'boolean') === (one.truth !== undefined), {
      path: ['truth'],
      error: 'yes and no for a boolean field, and for no other',
    })
    .refine((one) => (one.type === 'reference') === (one.entity !== undefined), {
      path: ['entity'],
      error: 'the entity that a reference names, and for no other field',
    })
    .transform((one): FieldMapping => ({ ...one, conflict: one.conflict ?? DEFAULT_POLICY[one.writer] }));

const DEFAULT_POLICY: Readonly<Record<FieldMapping['writer'], ConflictPolicy>> = {
  notes: 'notes-wins',
  handbook: 'handbook-wins',
  both: 'manual',
};

const gate = z.strictObject({
  denied: z.boolean().default(false),
  classification: z.strictObject({ item: itemName, open: z.array(z.string().min(1)) }),
  release: z.strictObject({ item: itemName, marks: z.array(z.string().min(1)) }),
  parent: z.exactOptional(z.strictObject({ field: name, entity: name })),
});

/** A mapping file. The version of the canonical form is added by {@link toMapping}. */
export const mappingSchema = (lists: ReadonlyMap<string, CodeList>) =>
  z
    .strictObject({
      form: formName,
      entity: name,
      /** Raise it whenever a change of this file gives another canonical value for the same note. */
      version: z.int().min(1),
      title: bilingual,
      key: name,
      gate,
      creates: z.enum(['notes', 'handbook', 'both']).default('notes'),
      handbookDelete: z.enum(['refuse', 'soft', 'hard']).default('refuse'),
      softDelete: z.exactOptional(z.strictObject({ item: itemName, value: scalar })),
      editAgainstDelete: z.enum(['keep-edit', 'notes-compatible']).default('keep-edit'),
      acceptRace: z.boolean().default(false),
      fields: z.array(field(lists)).min(1),
    })
    .refine((mapping) => (mapping.handbookDelete === 'soft') === (mapping.softDelete !== undefined), {
      path: ['softDelete'],
      error: 'item and value where handbookDelete is soft, and nowhere else',
    });

export function toMapping(
  file: z.output<ReturnType<typeof mappingSchema>>,
  canonicalFormVersion: number,
): Mapping {
  return { ...file, version: `${file.version}.${canonicalFormVersion}` };
}

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
