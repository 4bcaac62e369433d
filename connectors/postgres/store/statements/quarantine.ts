import type { NewQuarantine, QuarantineRow } from '../../port.ts';
import type { SqlExecutor } from '../../pool/sql-pool.ts';
import { isoOf } from '../instant.ts';
import { lastOfEach } from '../once-per-key.ts';
import { batchJson } from '../storable-text.ts';

/** A pair has one open row: a new fault replaces what it says and counts as another attempt. */
export async function putQuarantine(db: SqlExecutor, rows: readonly NewQuarantine[]): Promise<void> {
  const batch = lastOfEach(rows, (row) => row.pairId).map((row) => ({
    id: row.id,
    pair_id: row.pairId,
    link_id: row.linkId,
    code: row.code,
    detail: row.detail,
    at: row.at,
  }));
  await db.query(
    `insert into bridge.quarantine as q (id, pair_id, link_id, code, detail, at, first_at)
     select r.id, r.pair_id, r.link_id, r.code, r.detail, r.at, r.at
     from jsonb_to_recordset($1::jsonb) as r (id text, pair_id text, link_id text, code text, detail text, at timestamptz)
     on conflict (pair_id) where closed_at is null do update set code = excluded.code, detail = excluded.detail,
       at = excluded.at, attempts = q.attempts + 1`,
    [batchJson(batch)],
  );
}

export async function clearQuarantine(db: SqlExecutor, pairIds: readonly string[], at: Date): Promise<void> {
  await db.query(
    `update bridge.quarantine set closed_at = $2 where pair_id = any ($1::text[]) and closed_at is null`,
    [pairIds, at],
  );
}

export async function openQuarantine(
  db: SqlExecutor,
  linkId: string | null,
  limit: number,
): Promise<readonly QuarantineRow[]> {
  const { rows } = await db.query<Omit<QuarantineRow, 'at'> & { readonly at: Date }>(
    `select q.id, q.pair_id as "pairId", q.link_id as "linkId", q.code, q.detail, q.at, p.unid,
       p.record_id as "recordId", p.entity, p.form
     from bridge.quarantine q join bridge.pair p on p.id = q.pair_id
     where q.closed_at is null and ($1::text is null or q.link_id = $1)
     order by q.at desc, q.id desc limit $2`,
    [linkId, limit],
  );
  return rows.map((row) => ({ ...row, at: isoOf(row.at) }));
}
