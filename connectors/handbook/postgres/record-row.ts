import type { Fields } from '../../../src/sync/values.ts';
import type { HandbookRecord } from '../port.ts';

/** A row of `handbook.record`. */
export interface RecordRow extends HandbookRecord {
  /** By field: the record's version at its last change. */
  readonly fieldVersions: Readonly<Record<string, number>>;
  /** What a member had changed when the record was withdrawn, or sent since. */
  readonly held: Fields;
}

/** Column list that reads a {@link RecordRow}. */
export const RECORD_COLUMNS = `record_id as "recordId", entity, key, state, version, fields, field_versions as "fieldVersions", held, born_in as "bornIn"`;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Lower case only: an id must come back exactly as it was given. */
export function isRecordId(text: string): boolean {
  return UUID.test(text);
}

/** Live and hidden records own their key; no other record of the entity may have it. */
export function ownsKey(row: Pick<RecordRow, 'state'>): boolean {
  return row.state === 'live' || row.state === 'hidden';
}

/** Without what only this side may know. */
export function toRecord({
  recordId,
  entity,
  key,
  state,
  version,
  fields,
  bornIn,
}: RecordRow): HandbookRecord {
  return { recordId, entity, key, state, version, fields, bornIn };
}
