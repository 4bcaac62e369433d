import type { DriftRow, NewDrift } from '../../port.ts';
import type { SqlExecutor } from '../../pool/sql-pool.ts';
import { isoOf } from '../instant.ts';
import { batchJson } from '../storable-text.ts';

/** Adds to what is counted of the same departure; another version of the mapping begins anew. */
export async function addDrift(
  db: SqlExecutor,
  linkId: string,
  rows: readonly NewDrift[],
  at: Date,
): Promise<void> {
  await db.query(
    `insert into bridge.mapping_drift as d (link_id, form, item, kind, seen, expected, mapping, notes, first_at, last_at)
     select $1, r.form, r.item, r.kind, r.seen, r.expected, r.mapping, r.notes, $3, $3
     from jsonb_to_recordset($2::jsonb) as r (form text, item text, kind text, seen text, expected text, mapping text, notes bigint)
     on conflict (link_id, form, item, kind, seen) do update set expected = excluded.expected, mapping = excluded.mapping,
       notes = excluded.notes + case when d.mapping = excluded.mapping and d.kind <> 'form' then d.notes else 0 end,
       first_at = case when d.mapping = excluded.mapping then d.first_at else excluded.first_at end,
       last_at = excluded.last_at`,
    [linkId, batchJson(rows), at],
  );
}

export async function selectDrift(db: SqlExecutor, linkId: string): Promise<readonly DriftRow[]> {
  const { rows } = await db.query<
    Omit<DriftRow, 'notes' | 'firstAt' | 'lastAt'> & {
      readonly notes: number | string;
      readonly firstAt: Date;
      readonly lastAt: Date;
    }
  >(
    `select form, item, kind, seen, expected, mapping, notes, first_at as "firstAt", last_at as "lastAt"
     from bridge.mapping_drift where link_id = $1 order by form, item, kind, seen`,
    [linkId],
  );
  return rows.map((row) => ({
    ...row,
    notes: Number(row.notes),
    firstAt: isoOf(row.firstAt),
    lastAt: isoOf(row.lastAt),
  }));
}
