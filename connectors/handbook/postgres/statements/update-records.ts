import type { HandbookTx } from '../handbook-sql.ts';
import type { RecordRow } from '../record-row.ts';

/** Of records that this transaction has locked. */
export async function updateRecords(tx: HandbookTx, rows: readonly RecordRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `update handbook.record as record
        set key = new.key, state = new.state, version = new.version, fields = new.fields,
            field_versions = new."fieldVersions", held = new.held, updated_at = now()
       from jsonb_to_recordset($1::jsonb)
         as new ("recordId" uuid, key text, state text, version bigint, fields jsonb, "fieldVersions" jsonb, held jsonb)
      where record.record_id = new."recordId"`,
    [JSON.stringify(rows)],
  );
}
