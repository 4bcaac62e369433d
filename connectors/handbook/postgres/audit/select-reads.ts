import type { ReadAuditQuery, ReadEntry } from '../../audit-port.ts';
import type { HandbookTx } from '../handbook-sql.ts';

export async function selectReads(
  tx: HandbookTx,
  { recordId, memberKey, accountId, before, limit }: ReadAuditQuery,
): Promise<readonly ReadEntry[]> {
  const { rows } = await tx.query<Omit<ReadEntry, 'at'> & { readonly at: Date }>(
    `select audit_id as id, at, account_id as "accountId", role, member_key as "memberKey", operation, record_ids::text[] as "recordIds"
       from handbook.read_audit
      where ($1::text is null or record_ids @> array[handbook.as_id($1)])
        and ($2::text is null or record_ids && array(
          select record_id from handbook.record where audience @> array[handbook.audience_token('m', $2)]))
        and ($3::text is null or account_id = $3)
        and ($4::bigint is null or audit_id < $4)
      order by audit_id desc limit $5`,
    [recordId ?? null, memberKey ?? null, accountId ?? null, before ?? null, limit],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
