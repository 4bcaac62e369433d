import type { AccessRules } from '../../access-rules.ts';
import type { Rights } from '../../readers-port.ts';

/**
 * The one condition under which a record exists for a reader, and the one way in which its fields are read. Every statement of this folder takes
 * {@link readerValues} as its first two parameters and reads `handbook.record as record` through these.
 */
export const VISIBLE = `(record.state = 'live' and ($1::text[] is null or record.audience && $1::text[]))`;

/** Who could ever see it: they are told that it is gone. */
export const EVER_VISIBLE = '($1::text[] is null or record.audience_ever && $1::text[])';

const SHOWN_FIELDS = `case when $2::jsonb ? record.entity
  then (select coalesce(jsonb_object_agg(shown.field, shown.value), '{}')
          from jsonb_each(record.fields) as shown (field, value) where $2::jsonb -> record.entity ? shown.field)
  else record.fields end`;

/** For a statement whose rows may be out of the reader's sight: of those nothing but id and entity is read. */
export const SHOWN_COLUMNS = `record.record_id as "recordId", record.entity, case when ${VISIBLE} then record.key end as key,
  record.state, record.version, case when ${VISIBLE} then ${SHOWN_FIELDS} else '{}' end as fields, record.born_in as "bornIn"`;

export function readerValues(
  rights: Rights,
  rules: AccessRules,
): readonly [readonly string[] | null, string] {
  const lists: Record<string, readonly string[]> = {};
  for (const [entity, { fields }] of Object.entries(rules.entities)) {
    const shown = rights.viewer.role === 'app' ? undefined : fields?.[rights.viewer.role];
    if (shown !== undefined) lists[entity] = shown;
  }
  return [rights.tokens, JSON.stringify(lists)];
}

/** Whether the reader is shown this field of the entity. */
export function isShown(rights: Rights, rules: AccessRules, entity: string, field: string): boolean {
  if (rights.viewer.role === 'app') return true;
  return rules.entities[entity]?.fields?.[rights.viewer.role]?.includes(field) ?? true;
}
