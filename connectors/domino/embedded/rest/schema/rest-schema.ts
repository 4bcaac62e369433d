import * as z from 'zod';

/** HCL's KeepFormula. An empty formula stands for none. */
const formula = z.looseObject({
  formulaType: z.literal('domino').default('domino'),
  formula: z.string().default(''),
  message: z.string().optional(),
});

const always = (source: string) =>
  formula.default(() => ({ formulaType: 'domino' as const, formula: source }));

const fieldType = z.enum(['object', 'array', 'string', 'number', 'integer', 'boolean']);
const fieldFormat = z.enum([
  'authors',
  'binary',
  'byte',
  'date',
  'date-time',
  'double',
  'float',
  'int32',
  'int64',
  'names',
  'password',
  'readers',
  'richtext',
  'boolean',
  'string',
  'json',
  'attachments',
]);

/** HCL's KeepField. */
const field = z.looseObject({
  name: z.string().min(1),
  externalName: z.string().optional(),
  type: fieldType.default('string'),
  format: fieldFormat.optional(),
  /** Read and write, read only, write only. */
  fieldAccess: z.enum(['RW', 'RO', 'WO']).default('RW'),
  items: z.looseObject({ type: fieldType.optional(), format: fieldFormat.optional() }).optional(),
  summaryField: z.boolean().default(true),
});

const mode = z.looseObject({
  modeName: z.string().regex(/^[a-z0-9_-]+$/u, 'a mode name is in lower case'),
  fields: z.array(field),
  readAccessFormula: always('@True'),
  writeAccessFormula: always('@True'),
  deleteAccessFormula: always('@False'),
  validationRules: z.array(formula).default([]),
  required: z.array(z.string()).default([]),
  computeWithForm: z.boolean().default(false),
  onLoad: always(''),
  onSave: always(''),
});

const form = z.looseObject({
  formName: z.string().min(1),
  alias: z.array(z.string()).default([]),
  formModes: z.array(mode).min(1),
});

const column = z.looseObject({
  name: z.string().min(1),
  title: z.string().optional(),
  externalName: z.string().optional(),
  /** Formula; the item of the column's name when empty. */
  formula: z.string().default(''),
  sorted: z.enum(['asc', 'desc']).optional(),
  /** Makes the column's values category rows; only the first column. */
  categorized: z.boolean().default(false),
});

/** HCL's ViewInfo. The embedded Domino has no views in its files: what a view shows is computed from the selection. */
const view = z.looseObject({
  name: z.string().min(1),
  alias: z.array(z.string()).default([]),
  isFolder: z.boolean().default(false),
  selectionFormula: z.string().default('SELECT @All'),
  columns: z.array(column).default([]),
});

/** HCL's KeepDatabase as far as the face honours it; the rest is kept and shown, and does nothing. */
const keepSchema = z.looseObject({
  schemaName: z
    .string()
    .regex(/^[a-z0-9]+$/u)
    .optional(),
  description: z.string().default(''),
  requireRevisionToUpdate: z.boolean().default(false),
  dqlAccess: z.boolean().default(true),
  dqlFormula: always('@True'),
  openAccess: z.boolean().default(true),
  forms: z.array(form).default([]),
  views: z.array(view).default([]),
  agents: z.array(z.looseObject({ name: z.string() })).default([]),
});

export type KeepSchema = z.output<typeof keepSchema>;
export type KeepSchemaInput = z.input<typeof keepSchema>;
export type KeepForm = KeepSchema['forms'][number];
export type KeepMode = KeepForm['formModes'][number];
export type KeepField = KeepMode['fields'][number];
export type KeepView = KeepSchema['views'][number];

/** Throws an error that names every wrong part. */
export function parseKeepSchema(input: unknown): KeepSchema {
  const result = keepSchema.safeParse(input);
  if (!result.success) throw new Error(`cannot use the schema: ${z.prettifyError(result.error)}`);
  return result.data;
}
