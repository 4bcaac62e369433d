import type { Account, OutsideRole, ShownRecords } from '../../../connectors/accounts/port.ts';
import type { MembersHandbook, Mutation } from '../../../connectors/handbook/members-port.ts';
import { isOwn, OWNER_FIELD } from './visibility.ts';

/** The one entity whose records members report on. */
const ASSIGNMENT = 'assignment';

/**
 * Services change everything that the mapping lets the handbook change, officers nothing, members their own assignments. An assignment that is
 * hidden or withdrawn says no more whose it is: then those who were shown it may still report on it (the handbook answers `held` or repeats
 * the answer it gave before).
 */
export async function mayMutate(
  account: Account<OutsideRole>,
  mutation: Pick<Mutation, 'entity' | 'kind' | 'recordId' | 'fields'>,
  members: Pick<MembersHandbook, 'get'>,
  shown: ShownRecords,
): Promise<boolean> {
  if (account.role !== 'member') return account.role === 'app';
  if (mutation.entity !== ASSIGNMENT || mutation.kind === 'create') return false;
  if (Object.hasOwn(mutation.fields, OWNER_FIELD) && mutation.fields[OWNER_FIELD] !== account.memberKey) {
    return false;
  }
  const record = await members.get(mutation.recordId);
  if (record !== null) return record.entity === ASSIGNMENT && isOwn(account, record);
  return (await shown.among(account.id, [mutation.recordId])).has(mutation.recordId);
}
