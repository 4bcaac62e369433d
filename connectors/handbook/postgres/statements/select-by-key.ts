import type { HandbookTx } from '../handbook-sql.ts';
import { RECORD_COLUMNS, type RecordRow } from '../record-row.ts';

export async function selectLiveByKey(
  tx: HandbookTx,
  entity: string,
  keys: readonly string[],
): Promise<readonly RecordRow[]> {
  const { rows } = await tx.query<RecordRow>(
    `select ${RECORD_COLUMNS} from handbook.record where entity = $1 and key = any($2::text[]) and state = 'live'`,
    [entity, keys],
  );
  return rows;
}
