import type { HandbookTx } from '../handbook-sql.ts';
import { RECORD_COLUMNS, type RecordRow } from '../record-row.ts';

export interface PagePlace {
  /** `''` for a record without one, so it comes first. */
  readonly key: string;
  readonly recordId: string;
}

/** Live records of one entity in (key, id) order. */
export async function selectPage(
  tx: HandbookTx,
  entity: string,
  page: { readonly after: PagePlace | null; readonly limit: number; readonly key: string | null },
): Promise<readonly RecordRow[]> {
  const { rows } = await tx.query<RecordRow>(
    `select ${RECORD_COLUMNS} from handbook.record
      where entity = $1 and state = 'live' and ($2::text is null or key = $2)
        and ($3::uuid is null or (coalesce(key, ''), record_id) > ($4::text, $3::uuid))
      order by coalesce(key, ''), record_id limit $5`,
    [entity, page.key, page.after?.recordId ?? null, page.after?.key ?? null, page.limit],
  );
  return rows;
}
