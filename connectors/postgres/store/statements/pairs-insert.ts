import type { NewPair } from '../../port.ts';
import type { SqlExecutor } from '../../pool/sql-pool.ts';
import { tokenText } from '../pair-row.ts';
import { type BatchRow, batchJson } from '../storable-text.ts';

/** Leaves rows alone whose id, UNID or record id is taken. Returns the ids inserted. */
export async function insertPairs(db: SqlExecutor, pairs: readonly NewPair[]): Promise<ReadonlySet<string>> {
  if (pairs.length === 0) return new Set();
  const { rows } = await db.query<{ id: string }>(
    `insert into bridge.pair (id, link_id, replica_set, unid, record_id, entity, form, born_in, status, reason,
       seen_notes, seen_settled, notes_sight, seen_handbook, handbook_sight, pending, parent_key)
     select r.id, r.link_id, r.replica_set, r.unid, r.record_id, r.entity, r.form, r.born_in, r.status, r.reason,
       r.seen_notes, r.seen_settled, r.notes_sight, r.seen_handbook, r.handbook_sight, r.pending, r.parent_key
     from jsonb_to_recordset($1::jsonb) as r (id text, link_id text, replica_set text, unid text, record_id text,
       entity text, form text, born_in text, status text, reason text, seen_notes text, seen_settled boolean,
       notes_sight text, seen_handbook bigint, handbook_sight text, pending boolean, parent_key text)
     order by r.id
     on conflict do nothing
     returning id`,
    [batchJson(pairs.map(batchRow))],
  );
  return new Set(rows.map((row) => row.id));
}

function batchRow(pair: NewPair): BatchRow {
  return {
    id: pair.id,
    link_id: pair.linkId,
    replica_set: pair.replicaSet,
    unid: pair.unid,
    record_id: pair.recordId,
    entity: pair.entity,
    form: pair.form,
    born_in: pair.bornIn,
    status: pair.status,
    reason: pair.reason,
    seen_notes: pair.seenNotes === null ? null : tokenText(pair.seenNotes),
    seen_settled: pair.seenSettled,
    notes_sight: pair.notesSight,
    seen_handbook: pair.seenHandbook,
    handbook_sight: pair.handbookSight,
    pending: pair.pending,
    parent_key: pair.parentKey,
  };
}
