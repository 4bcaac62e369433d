import type { SubjectExport } from '../../subjects-port.ts';
import type { HandbookTx } from '../handbook-sql.ts';

/** Parameter 1: the member's key. */
export const OWN_RECORDS = `select record_id from handbook.record where audience @> array[handbook.audience_token('m', $1)]`;

const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const instant = (column: string) => `to_char(${column} at time zone 'UTC', ${INSTANT})`;

/** Null when no record is, or last was, the member's. */
export async function selectSubject(tx: HandbookTx, memberKey: string): Promise<SubjectExport | null> {
  const records = await tx.query<SubjectExport['records'][number]>(
    `select record_id as "recordId", entity, key, state, version, fields, born_in as "bornIn", held, ${instant('updated_at')} as "updatedAt",
            (select coalesce(jsonb_agg(jsonb_build_object('version', version, 'at', ${instant('at')}, 'changes', changes) order by version desc), '[]')
               from handbook.record_history as history where history.record_id = record.record_id) as history
       from handbook.record as record where record_id in (${OWN_RECORDS}) order by entity, key, record_id`,
    [memberKey],
  );
  if (records.rows.length === 0) return null;
  const mutations = await tx.query<Readonly<Record<string, unknown>>>(
    `select client_id as "clientId", mutation_id as "mutationId", account_id as "accountId", kind, entity, record_id as "recordId",
            base_version as "baseVersion", result, ${instant('at')} as at
       from handbook.mutation where record_id in (select record_id::text from (${OWN_RECORDS}) as own) order by handbook.mutation.at`,
    [memberKey],
  );
  const reads = await tx.query<SubjectExport['reads'][number]>(
    `select ${instant('at')} as at, account_id as "accountId", role, operation,
            array(select unnest(record_ids) intersect ${OWN_RECORDS})::text[] as "recordIds"
       from handbook.read_audit where record_ids && array(${OWN_RECORDS}) order by audit_id`,
    [memberKey],
  );
  const uploads = await tx.query<Readonly<Record<string, unknown>>>(
    `select upload_id as "uploadId", entity, record_id as "recordId", file_name as "fileName", size, sha256, state, reason, ${instant('created_at')} as at
       from handbook.upload where member_key = $1 order by created_at, upload_id`,
    [memberKey],
  );
  const requests = await tx.query<SubjectExport['requests'][number]>(
    `select ${instant('at')} as at, kind, reason from handbook.subject_request where member_key = $1 order by request_id`,
    [memberKey],
  );
  return {
    memberKey,
    records: records.rows,
    mutations: mutations.rows,
    reads: reads.rows,
    uploads: uploads.rows,
    requests: requests.rows,
  };
}
