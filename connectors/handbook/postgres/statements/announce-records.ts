import type { HandbookTx } from '../handbook-sql.ts';
import type { RecordRow } from '../record-row.ts';

/** Moves the records to the end of the feed, in the order given. */
export async function announceRecords(
  tx: HandbookTx,
  records: readonly Pick<RecordRow, 'recordId' | 'entity' | 'version'>[],
): Promise<void> {
  if (records.length === 0) return;
  await tx.query(
    `insert into handbook.feed (record_id, entity, version)
     select record_id, entity, version
       from unnest($1::uuid[], $2::text[], $3::bigint[]) with ordinality as changed (record_id, entity, version, place)
      order by place
         on conflict (record_id) do update
        set version = excluded.version, position = excluded.position, xid = excluded.xid, at = excluded.at`,
    [
      records.map(({ recordId }) => recordId),
      records.map(({ entity }) => entity),
      records.map(({ version }) => version),
    ],
  );
}
