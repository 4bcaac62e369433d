import type { AccessRules } from '../../access-rules.ts';
import type { ReadOperation } from '../../audit-port.ts';
import type { HandbookRecord } from '../../port.ts';
import type { Viewer } from '../../readers-port.ts';
import type { HandbookTx } from '../handbook-sql.ts';

export type Seen = Pick<HandbookRecord, 'recordId' | 'entity'> & Partial<Pick<HandbookRecord, 'fields'>>;

/**
 * Adds a row for those of the records that belong to somebody else. What names no owner by the rules (an organisation, a document) is nobody's; of an
 * entity without a rule nothing is known, so it counts. Own records are told by the audience, which stays when a record is withdrawn meanwhile.
 */
export async function recordReading(
  tx: HandbookTx,
  rules: AccessRules,
  { accountId, role, memberKey }: Viewer,
  operation: ReadOperation,
  records: readonly Seen[],
): Promise<void> {
  const ids = records
    .filter(({ entity, fields }) => {
      const rule = rules.entities[entity];
      if (rule === undefined) return true;
      if (rule.owner === undefined) return false;
      return memberKey === null || fields?.[rule.owner] !== memberKey;
    })
    .map(({ recordId }) => recordId);
  if (ids.length === 0) return;
  await tx.query(
    `insert into handbook.read_audit (account_id, role, member_key, operation, record_ids)
     select $1, $2, $3, $4, array_agg(record_id order by record_id) from handbook.record
      where record_id = any($5::uuid[])
        and ($3::text is null or not audience @> array[handbook.audience_token('m', $3)])
     having count(*) > 0`,
    [accountId, role, memberKey, operation, ids],
  );
}
