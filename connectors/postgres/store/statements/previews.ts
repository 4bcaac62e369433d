import type { PreviewRow, SyncTx } from '../../port.ts';
import type { SqlExecutor } from '../../pool/sql-pool.ts';
import { isoOf, isoOrNull } from '../instant.ts';
import { batchJson, valueJson } from '../storable-text.ts';

const PREVIEWS = `
  select v.id, v.link_id as "linkId", v.at, v.lane, v.decided_by as "decidedBy", v.decided_at as "decidedAt", v.reason,
    coalesce((
      select json_agg(json_build_object('pairId', e.pair_id, 'recordId', e.record_id, 'unid', e.unid, 'entity', e.entity,
        'event', e.event, 'rule', e.rule, 'fields', e.fields) order by e.place)
      from bridge.preview_entry e where e.preview_id = v.id
    ), '[]') as entries
  from bridge.preview v`;

type StoredPreview = Omit<PreviewRow, 'at' | 'decidedAt'> & {
  readonly at: Date;
  readonly decidedAt: Date | null;
};

function toPreview(row: StoredPreview): PreviewRow {
  return { ...row, at: isoOf(row.at), decidedAt: isoOrNull(row.decidedAt) };
}

export async function previewById(db: SqlExecutor, id: string): Promise<PreviewRow | null> {
  const { rows } = await db.query<StoredPreview>(`${PREVIEWS} where v.id = $1`, [id]);
  return rows[0] === undefined ? null : toPreview(rows[0]);
}

export async function newestPreviews(
  db: SqlExecutor,
  linkId: string,
  limit: number,
): Promise<readonly PreviewRow[]> {
  const { rows } = await db.query<StoredPreview>(
    `${PREVIEWS} where v.link_id = $1 order by v.at desc, v.id desc limit $2`,
    [linkId, limit],
  );
  return rows.map(toPreview);
}

export async function putPreviewHead(db: SqlExecutor, row: PreviewRow): Promise<void> {
  await db.query(
    `insert into bridge.preview (id, link_id, at, lane, decided_by, decided_at, reason)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (id) do update set link_id = excluded.link_id, at = excluded.at, lane = excluded.lane,
       decided_by = excluded.decided_by, decided_at = excluded.decided_at, reason = excluded.reason`,
    [row.id, row.linkId, row.at, row.lane, row.decidedBy, row.decidedAt, row.reason],
  );
}

export async function deletePreviewEntries(db: SqlExecutor, previewId: string): Promise<void> {
  await db.query(`delete from bridge.preview_entry where preview_id = $1`, [previewId]);
}

export async function insertPreviewEntries(
  db: SqlExecutor,
  previewId: string,
  entries: PreviewRow['entries'],
): Promise<void> {
  const batch = entries.map((entry, place) => ({ ...entry, place, fields: valueJson(entry.fields) }));
  await db.query(
    `insert into bridge.preview_entry (preview_id, place, pair_id, record_id, unid, entity, event, rule, fields)
     select $2, r.place, r."pairId", r."recordId", r.unid, r.entity, r.event, r.rule, r.fields::json
     from jsonb_to_recordset($1::jsonb) as r (place integer, "pairId" text, "recordId" text, unid text, entity text,
       event text, rule text, fields text)`,
    [batchJson(batch), previewId],
  );
}

/** False: there is no such preview, or somebody has decided it. */
export async function decidePreview(
  db: SqlExecutor,
  id: string,
  decision: Parameters<SyncTx['decidePreview']>[1],
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update bridge.preview set decided_by = $2, decided_at = $3, reason = $4 where id = $1 and decided_at is null`,
    [id, decision.by, decision.at, decision.reason],
  );
  return rowCount === 1;
}
