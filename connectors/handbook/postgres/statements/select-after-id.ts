import type { HandbookTx } from '../handbook-sql.ts';
import { RECORD_COLUMNS, type RecordRow } from '../record-row.ts';

/** Live and hidden, in id order. */
export async function selectAfterId(
  tx: HandbookTx,
  entities: readonly string[],
  after: string | null,
  limit: number,
): Promise<readonly RecordRow[]> {
  const { rows } = await tx.query<RecordRow>(
    `select ${RECORD_COLUMNS} from handbook.record
      where entity = any($1::text[]) and state in ('live', 'hidden') and ($2::uuid is null or record_id > $2::uuid)
      order by record_id limit $3`,
    [entities, after, limit],
  );
  return rows;
}
