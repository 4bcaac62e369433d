import type { HandbookRecord } from '../../port.ts';
import type { HistoryEntry } from '../../readers-port.ts';
import type { HandbookTx } from '../handbook-sql.ts';
import type { Sight } from './visible.ts';

/** The text comparison lets any id through to the same statement. */
export async function selectOne(
  tx: HandbookTx,
  sight: Sight,
  entity: string,
  recordId: string,
): Promise<HandbookRecord | null> {
  const { rows } = await tx.query<HandbookRecord>(
    `select ${sight.columns} from handbook.record as record
      where ${sight.visible} and record.entity = $3 and record.record_id = handbook.as_id($4)`,
    [...sight.values, entity, recordId],
  );
  return rows[0] ?? null;
}

/** At most the newest 500. */
export async function selectHistory(
  tx: HandbookTx,
  sight: Sight,
  entity: string,
  recordId: string,
): Promise<readonly HistoryEntry[]> {
  const { rows } = await tx.query<Omit<HistoryEntry, 'at'> & { readonly at: Date }>(
    `select history.version, history.at,
            (select coalesce(jsonb_object_agg(field, value), '{}') from jsonb_each(history.changes) as change (field, value)
              where not $2::jsonb ? record.entity or $2::jsonb -> record.entity ? field) as changes
       from handbook.record as record join handbook.record_history as history using (record_id)
      where ${sight.visible} and record.entity = $3 and record.record_id = handbook.as_id($4)
        and ($1::text[] is null or history.audience && $1::text[])
      order by history.version desc limit 500`,
    [...sight.values, entity, recordId],
  );
  return rows
    .filter(({ changes }) => Object.keys(changes).length > 0)
    .map((row) => ({ ...row, at: row.at.toISOString() }));
}
