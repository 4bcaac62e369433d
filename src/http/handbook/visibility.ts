import type { Account, OutsideRole } from '../../../connectors/accounts/port.ts';
import type { HandbookRecord } from '../../../connectors/handbook/port.ts';

type Reader = Pick<Account<OutsideRole>, 'role' | 'memberKey'>;

/** Entities that every member may read whole. */
const SHARED_ENTITIES: ReadonlySet<string> = new Set(['organisation', 'task', 'document']);

const MEMBER_ENTITY = 'member';

/** Field that names whose record it is. */
export const OWNER_FIELD = 'memberCode';

/** Whether the account sees all records of the entity, not only its own. */
export function seesWhole(reader: Reader, entity: string): boolean {
  return reader.role !== 'member' || SHARED_ENTITIES.has(entity);
}

export function sees(reader: Reader, record: Pick<HandbookRecord, 'entity' | 'key' | 'fields'>): boolean {
  return seesWhole(reader, record.entity) || isOwn(reader, record);
}

/** The member's own record: it names the member, or is the member. */
export function isOwn(
  { memberKey }: Reader,
  { entity, key, fields }: Pick<HandbookRecord, 'entity' | 'key' | 'fields'>,
): boolean {
  if (memberKey === null) return false;
  return fields[OWNER_FIELD] === memberKey || (entity === MEMBER_ENTITY && key === memberKey);
}
