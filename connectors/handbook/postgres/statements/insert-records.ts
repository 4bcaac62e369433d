import type { HandbookTx } from '../handbook-sql.ts';
import type { RecordRow } from '../record-row.ts';

/** Fails with a unique violation when one of them exists by now or its key is taken. */
export async function insertRecords(tx: HandbookTx, rows: readonly RecordRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into handbook.record (record_id, entity, key, state, version, fields, field_versions, held, born_in)
     select "recordId", entity, key, state, version, fields, "fieldVersions", held, "bornIn"
       from jsonb_to_recordset($1::jsonb)
         as new ("recordId" uuid, entity text, key text, state text, version bigint, fields jsonb, "fieldVersions" jsonb, held jsonb, "bornIn" text)`,
    [JSON.stringify(rows)],
  );
}
