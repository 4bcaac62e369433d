import type { AccessRules } from '../../access-rules.ts';
import type { HandbookRecord } from '../../port.ts';
import type { Rights } from '../../readers-port.ts';

/** With what eyes a statement reads `handbook.record as record`. Every statement of this folder takes `values` as its first two parameters. */
export interface Sight {
  readonly values: readonly [tokens: readonly string[] | null, fieldLists: string];
  /** The one condition under which a record exists for the reader. */
  readonly visible: string;
  /** Who could ever see it: they are told that it is gone. */
  readonly everVisible: string;
  /** A `HandbookRecord` with the fields that the reader is shown; of a row out of sight nothing but id and entity. */
  readonly columns: string;
}

const AUDIENCE = 'record.audience && $1::text[]';

/** The records whose sight brings sight of another one along, such as the assignments of a task. */
const THROUGH = `exists (select from handbook.access_rule as rule join handbook.record as child
  on child.entity = rule.through_entity and child.parent_key = record.key and child.state = 'live'
  where rule.entity = record.entity and child.audience && $1::text[])`;

const SHOWN_FIELDS = `case when $2::jsonb ? record.entity
  then (select coalesce(jsonb_object_agg(shown.field, shown.value), '{}')
          from jsonb_each(record.fields) as shown (field, value) where $2::jsonb -> record.entity ? shown.field)
  else record.fields end`;

/** `entity` null: a statement that reads several. Naming one lets PostgreSQL use the index of audiences where nothing else can bring sight. */
export function sightOf(rights: Rights, rules: AccessRules, entity: string | null): Sight {
  const lists: Record<string, readonly string[]> = {};
  for (const [name, { fields }] of Object.entries(rules.entities)) {
    const shown = rights.viewer.role === 'app' ? undefined : fields?.[rights.viewer.role];
    if (shown !== undefined) lists[name] = shown;
  }
  const through = Object.entries(rules.entities).some(
    ([name, access]) => access.through !== undefined && (entity === null || entity === name),
  );
  const seen = through ? `(${AUDIENCE} or ${THROUGH})` : AUDIENCE;
  const visible = `(record.state = 'live' and ($1::text[] is null or ${seen}))`;
  return {
    values: [rights.tokens, JSON.stringify(lists)],
    visible,
    everVisible: '($1::text[] is null or record.audience_ever && $1::text[])',
    columns: `record.record_id as "recordId", record.entity, case when ${visible} then record.key end as key, record.state,
      record.version, case when ${visible} then ${SHOWN_FIELDS} else '{}' end as fields, record.born_in as "bornIn"`,
  };
}

/** Whether the reader is shown this field of the entity. */
export function isShown(rights: Rights, rules: AccessRules, entity: string, field: string): boolean {
  if (rights.viewer.role === 'app') return true;
  return rules.entities[entity]?.fields?.[rights.viewer.role]?.includes(field) ?? true;
}

/** Without what a statement read beside the record to find its place. */
export function plainRecord(row: HandbookRecord): HandbookRecord {
  const { recordId, entity, key, state, version, fields, bornIn } = row;
  return { recordId, entity, key, state, version, fields, bornIn };
}
