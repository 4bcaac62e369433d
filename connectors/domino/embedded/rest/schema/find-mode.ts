import type { StoredItem } from '../../stored-note.ts';
import { textValues } from '../../engine/item-lookup.ts';
import type { KeepField, KeepForm, KeepMode, KeepSchema } from './rest-schema.ts';

/** The schema's entry for a form, named by itself or an alias, in any case; undefined where the schema does not know it. */
export function findForm(schema: KeepSchema, name: string): KeepForm | undefined {
  const wanted = name.toLowerCase();
  return schema.forms.find((form) => formNames(form).some((one) => one.toLowerCase() === wanted));
}

/** A document without a Form item, or of a form the schema does not know, has none. */
export function formOf(schema: KeepSchema, items: readonly StoredItem[]): KeepForm | undefined {
  const [name] = textValues(items, 'Form');
  return name === undefined ? undefined : findForm(schema, name);
}

export function formNames(form: KeepForm): readonly string[] {
  return [form.formName, ...form.alias];
}

/** What answers show as Form: the last alias; the stored item keeps its value. */
export function shownForm(form: KeepForm): string {
  return form.alias.at(-1) ?? form.formName;
}

export function findMode(form: KeepForm, name: string): KeepMode | undefined {
  return form.formModes.find(({ modeName }) => modeName === name);
}

/** The name of a field in JSON. */
export function jsonName(field: KeepField): string {
  return field.externalName ?? field.name;
}

export function readableFields(mode: KeepMode): readonly KeepField[] {
  return mode.fields.filter(({ fieldAccess }) => fieldAccess !== 'WO');
}

export function writableFields(mode: KeepMode): readonly KeepField[] {
  return mode.fields.filter(({ fieldAccess }) => fieldAccess !== 'RO');
}

/** What one value of the field is, and whether the field holds a list of them. HCL's `items.format` stands above `format`. */
export function valueKind(field: KeepField): {
  readonly type: KeepField['type'];
  readonly format: string;
  readonly list: boolean;
} {
  const list = field.type === 'array';
  const type = list ? (field.items?.type ?? 'string') : field.type;
  return { type, format: (list ? field.items?.format : undefined) ?? field.format ?? type, list };
}
