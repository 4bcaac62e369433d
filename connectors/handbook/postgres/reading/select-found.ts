import type { HandbookRecord } from '../../port.ts';
import type { HandbookTx } from '../handbook-sql.ts';
import type { Sight } from './visible.ts';

export interface FoundPlace {
  readonly score: string;
  readonly recordId: string;
}

/**
 * Records that hold every word of the text, or a longer word that begins with it. What is written with the same marks comes before what only
 * sounds alike; then the rank of PostgreSQL, which prefers words that are close together.
 */
export async function selectFound(
  tx: HandbookTx,
  sight: Sight,
  query: {
    readonly text: string;
    readonly entities: readonly string[];
    readonly place: FoundPlace | null;
    readonly limit: number;
  },
): Promise<readonly (HandbookRecord & FoundPlace)[]> {
  const { rows } = await tx.query<HandbookRecord & FoundPlace>(
    `with wanted as (
       select case when handbook.words($3) <> '' then to_tsquery('simple', replace(handbook.words($3), ' ', ':* & ') || ':*') end as words,
              handbook.lowered($3) as marked
     ), found as (
       select record.*, (round(ts_rank(record.search, wanted.words)::numeric, 6)
           + case when position(wanted.marked in record.search_text) > 0 then 10 else 0 end) as score
         from handbook.record as record, wanted
        where ${sight.visible} and record.entity = any($4::text[]) and record.search @@ wanted.words
     )
     select ${sight.columns}, record.score::text as score from found as record
      where $5::numeric is null or (-record.score, record.record_id) > (-$5::numeric, $6::uuid)
      order by -record.score, record.record_id limit $7`,
    [
      ...sight.values,
      query.text,
      query.entities,
      query.place?.score ?? null,
      query.place?.recordId ?? null,
      query.limit + 1,
    ],
  );
  return rows;
}
