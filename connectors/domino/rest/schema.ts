import { z } from 'zod';

/** HCL's KeepField as far as the bridge goes by it. What a server of another version adds is let be. */
const fieldSchema = z.looseObject({
  name: z.string().min(1),
  externalName: z.string().min(1).optional(),
  type: z.string().default('string'),
  format: z.string().optional(),
  fieldAccess: z.enum(['RW', 'RO', 'WO']).default('RW'),
  items: z.looseObject({ type: z.string().optional(), format: z.string().optional() }).nullish(),
  /** Fields in a group come inside records, keyed `0`, `1`, …; the bridge does not map those. */
  fieldGroup: z.string().nullish(),
  encrypt: z.boolean().optional(),
});

const formula = z.looseObject({ formula: z.string().default('') }).optional();

const modeSchema = z.looseObject({
  modeName: z.string().min(1),
  fields: z.array(fieldSchema).default([]),
  deleteAccessFormula: formula,
  computeWithForm: z.boolean().default(false),
});

const formSchema = z.looseObject({
  formName: z.string().min(1),
  alias: z.array(z.string()).nullish(),
  formModes: z.array(modeSchema).default([]),
});

/** `GET /scope`: HCL's KeepDatabase. */
export const scopeSchema = z.looseObject({
  apiName: z.string().optional(),
  nsfPath: z.string().min(1),
  schemaName: z.string().optional(),
  requireRevisionToUpdate: z.boolean().default(false),
  dqlAccess: z.boolean().default(true),
  forms: z.array(formSchema).default([]),
  views: z.array(z.looseObject({ name: z.string() })).nullish(),
  agents: z.array(z.looseObject({ name: z.string() })).nullish(),
});

export type RestSchema = z.output<typeof scopeSchema>;
export type RestForm = RestSchema['forms'][number];
export type RestMode = RestForm['formModes'][number];
export type RestField = RestMode['fields'][number];

export function formNames({ formName, alias }: RestForm): readonly string[] {
  return [formName, ...(alias ?? [])];
}

/** By its name or an alias, in any case; the answers show the last alias, whatever the document holds. */
export function findForm(schema: RestSchema, name: string): RestForm | undefined {
  const wanted = name.toLowerCase();
  return schema.forms.find((form) => formNames(form).some((one) => one.toLowerCase() === wanted));
}

export function findMode(form: RestForm, modeName: string): RestMode | undefined {
  return form.formModes.find((mode) => mode.modeName === modeName);
}

/** Domino's item names ignore case. */
export function findField(mode: RestMode, itemName: string): RestField | undefined {
  const wanted = itemName.toLowerCase();
  return mode.fields.find((field) => field.name.toLowerCase() === wanted);
}

export const jsonNameOf = (field: RestField): string => field.externalName ?? field.name;

export const isReadable = ({ fieldAccess, fieldGroup, encrypt }: RestField): boolean =>
  fieldAccess !== 'WO' && !fieldGroup && encrypt !== true;

export const isWritable = ({ fieldAccess, fieldGroup, encrypt }: RestField): boolean =>
  fieldAccess !== 'RO' && !fieldGroup && encrypt !== true;

export interface FieldKind {
  readonly list: boolean;
  readonly value: 'text' | 'number' | 'integer' | 'boolean' | 'instant' | 'date' | 'richText' | 'other';
  /** Numbers travel with the precision of a single float: `3209185.63` comes as `3209185.8`. */
  readonly single: boolean;
  readonly names: 'names' | 'authors' | 'readers' | null;
}

/** What values a field takes and gives. In an array the format of `items` stands above its own. */
export function kindOf(field: RestField): FieldKind {
  const list = field.type === 'array';
  const type = list ? (field.items?.type ?? 'string') : field.type;
  const format = (list ? field.items?.format : undefined) ?? field.format ?? type;
  const names = format === 'names' || format === 'authors' || format === 'readers' ? format : null;
  return { list, value: valueOf(type, format), single: type === 'number' && format === 'float', names };
}

function valueOf(type: string, format: string): FieldKind['value'] {
  if (format === 'richtext') return 'richText';
  if (type === 'number') return format === 'int32' || format === 'int64' ? 'integer' : 'number';
  if (type === 'integer') return 'integer';
  if (type === 'boolean') return 'boolean';
  if (type !== 'string') return 'other';
  if (format === 'date-time') return 'instant';
  if (format === 'date') return 'date';
  return format === 'binary' || format === 'byte' || format === 'json' || format === 'password'
    ? 'other'
    : 'text';
}
