import type { StoredItem, StoredValue } from '../../stored-note.ts';
import type { EmbeddedDatabase } from '../../engine/embedded-database.ts';
import { textValues } from '../../engine/item-lookup.ts';
import type { KeepSchemaInput } from './rest-schema.ts';

type FieldInput = NonNullable<KeepSchemaInput['forms']>[number]['formModes'][number]['fields'][number];

export interface QuickSchemaOptions {
  readonly schemaName: string;
  readonly requireRevisionToUpdate: boolean;
  /** Beside `default`: `dql` where queries are to find anything. */
  readonly additionalModes: readonly string[];
  readonly allowDeletion: boolean;
}

/**
 * A schema with every form and item that the notes of the database have: all fields read and write, lists where any note has a
 * list. As HCL's quick configuration does with a design; the embedded Domino has no design, so the notes stand in for it.
 */
export function quickSchema(database: EmbeddedDatabase, options: QuickSchemaOptions): KeepSchemaInput {
  const forms = new Map<string, Map<string, FieldInput>>();
  for (const { items } of database.notes()) {
    const [form] = textValues(items, 'Form');
    if (form === undefined) continue;
    const fields = forms.get(form) ?? new Map<string, FieldInput>();
    forms.set(form, fields);
    for (const item of items) widen(fields, item);
  }
  const { additionalModes, allowDeletion, ...flags } = options;
  const deleteAccessFormula = { formula: allowDeletion ? '@True' : '@False' };
  return {
    ...flags,
    forms: [...forms].map(([formName, fields]) => ({
      formName,
      formModes: ['default', ...additionalModes].map((modeName) => ({
        modeName,
        fields: [...fields.values()],
        deleteAccessFormula,
      })),
    })),
    views: [...forms.keys()].map((form) => ({
      name: form,
      selectionFormula: `SELECT Form = "${form.replaceAll(/["\\]/gu, (special) => `\\${special}`)}"`,
      columns: [{ name: 'LastModified', formula: '@Modified', sorted: 'asc' as const }],
    })),
  };
}

function widen(fields: Map<string, FieldInput>, item: StoredItem): void {
  const { name, value } = item;
  if (name.startsWith('$') || name.toLowerCase() === 'form') return;
  const one = kindOf(item);
  if (one === null) return;
  const before = fields.get(name.toLowerCase());
  const list = ('list' in value && value.list) || before?.type === 'array';
  fields.set(name.toLowerCase(), list ? { name, type: 'array', items: one } : { name, ...one });
}

function kindOf({
  value,
  flags,
}: StoredItem): { type: 'string' | 'number' | 'object'; format: FieldInput['format'] } | null {
  switch (value.type) {
    case 'text': {
      const names = flags.readers === true ? 'readers' : flags.authors === true ? 'authors' : 'names';
      return { type: 'string', format: flags.names === true ? names : 'string' };
    }
    case 'number':
      return { type: 'number', format: 'double' };
    case 'datetime':
      return { type: 'string', format: datetimeFormat(value) };
    case 'richtext':
      return { type: 'object', format: 'richtext' };
    case 'file':
    case 'formula':
    case 'raw':
      return null;
  }
}

function datetimeFormat({ values }: Extract<StoredValue, { type: 'datetime' }>): FieldInput['format'] {
  const [first] = values;
  if (first === undefined || first.date === null) return 'string';
  return first.time === null ? 'date' : 'date-time';
}
