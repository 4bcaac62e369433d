import type { EntitySchema } from '../../connectors/handbook/members-port.ts';
import type { Mapping } from '../sync/mapping.ts';

/** What the handbook may know of the mappings: fields, types, who may write. Nothing of Notes: no form, no item, no gate, and no form that is denied. */
export function entitySchemas(mappings: readonly Mapping[]): readonly EntitySchema[] {
  return mappings
    .filter((mapping) => !mapping.gate.denied)
    .map((mapping) => ({
      entity: mapping.entity,
      title: mapping.title,
      key: mapping.key,
      creatable: mapping.creates !== 'notes',
      deletable: mapping.handbookDelete !== 'refuse',
      fields: mapping.fields.map((field) => ({
        field: field.field,
        type: field.type,
        writable: field.direction !== 'pull' && field.writer !== 'notes',
        check: field.check,
      })),
    }));
}
