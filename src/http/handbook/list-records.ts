import type { Account, OutsideRole } from '../../../connectors/accounts/port.ts';
import type { EntitySchema, MembersHandbook, RecordPage } from '../../../connectors/handbook/members-port.ts';
import type { CursorSeal } from './sealed-cursor.ts';
import { isOwn, OWNER_FIELD, seesWhole } from './visibility.ts';

/** Most records looked through for one answer of a filtered list. */
const SCAN_LIMIT = 5_000;

export interface ListRequest {
  readonly schema: EntitySchema;
  readonly after: string | null;
  readonly limit: number;
  readonly key?: string;
}

/**
 * One page of what the account sees; it may hold fewer than `limit`, also none, while `next` is not null. Fails with problem `bad-cursor`.
 */
export async function listRecords(
  members: Pick<MembersHandbook, 'list'>,
  reader: Account<OutsideRole>,
  { schema, after, limit, key }: ListRequest,
  cursors: CursorSeal,
): Promise<RecordPage> {
  const { entity } = schema;
  if (seesWhole(reader, entity)) {
    return members.list(entity, { after, limit, ...(key === undefined ? {} : { key }) });
  }
  const wanted = schema.key === OWNER_FIELD ? (key ?? reader.memberKey ?? undefined) : key;
  const scope = `${reader.id} ${entity}`;
  let from = after === null ? null : cursors.open(after, scope);
  for (let looked = 0; looked < SCAN_LIMIT; looked += limit) {
    const page = await members.list(entity, {
      after: from,
      limit,
      ...(wanted === undefined ? {} : { key: wanted }),
    });
    const records = page.records.filter((record) => isOwn(reader, record));
    if (page.next === null) return { records, next: null };
    if (records.length > 0) return { records, next: cursors.seal(page.next, scope) };
    from = page.next;
  }
  return { records: [], next: from === null ? null : cursors.seal(from, scope) };
}
