import type { HandbookTx } from '../handbook-sql.ts';
import { isRecordId, RECORD_COLUMNS, type RecordRow } from '../record-row.ts';

/** In any state; ids that are no record's are left out. */
export async function selectRecords(
  tx: HandbookTx,
  recordIds: readonly string[],
): Promise<readonly RecordRow[]> {
  const { rows } = await tx.query<RecordRow>(
    `select ${RECORD_COLUMNS} from handbook.record where record_id = any($1::uuid[])`,
    [recordIds.filter(isRecordId)],
  );
  return rows;
}

/** By id, and nobody else changes them until the transaction ends. Locked in id order, so that two batches do not wait for each other. */
export async function lockRecords(
  tx: HandbookTx,
  recordIds: readonly string[],
): Promise<ReadonlyMap<string, RecordRow>> {
  const { rows } = await tx.query<RecordRow>(
    `select ${RECORD_COLUMNS} from handbook.record where record_id = any($1::uuid[]) order by record_id for update`,
    [recordIds.filter(isRecordId)],
  );
  return new Map(rows.map((row) => [row.recordId, row]));
}
