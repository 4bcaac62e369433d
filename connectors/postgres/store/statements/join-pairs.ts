import type { PairJoin } from '../../port.ts';
import type { SqlExecutor } from '../../pool/sql-pool.ts';
import { type BatchRow, batchJson, valueJson } from '../storable-text.ts';

const ROWS = `jsonb_to_recordset($1::jsonb) as r (id text, version bigint, record_id text, seen_handbook bigint,
  handbook_sight text, born_in text, key text, base text, base_mapping text, from_id text, from_version bigint, retired_record_id text)`;

/**
 * Binds the notes of new pairs to records that exist; see the port. Several statements, because a unique index is checked row by row: the record has to
 * leave its old pair first. Returns the ids joined.
 */
export async function joinPairs(db: SqlExecutor, joins: readonly PairJoin[]): Promise<ReadonlySet<string>> {
  const { rows: locked } = await db.query<{ id: string }>(
    `select p.id from bridge.pair p join ${ROWS} on r.id = p.id and r.version = p.version
     where p.status in ('new', 'withheld') order by p.id for update of p`,
    [batchJson(joins.map(joinRow))],
  );
  const waiting = new Set(locked.map((row) => row.id));
  const open = joins.filter((join) => waiting.has(join.id));
  const json = batchJson(open.map(joinRow));
  const { rows: dropped } = await db.query<{ id: string }>(
    `with free as (
       select r.id, f.id as pair_id from bridge.pair f join ${ROWS} on r.from_id = f.id and r.from_version = f.version
       where r.retired_record_id is null and f.unid is null
         and not exists (select from bridge.intent i where i.pair_id = f.id)
         and not exists (select from bridge.conflict c where c.pair_id = f.id)
     ), cleared as (delete from bridge.quarantine q using free where q.pair_id = free.pair_id)
     delete from bridge.pair f using free where f.id = free.pair_id returning free.id`,
    [json],
  );
  const { rows: retired } = await db.query<{ id: string }>(
    `update bridge.pair f set record_id = r.retired_record_id, status = 'tombstone', reason = 'moved', key = null,
       base = '{}', base_mapping = '', seen_notes = null, seen_handbook = 0, synced_handbook = 0, handbook_sight = 'absent',
       pending = false, blocked = null, version = f.version + 1
     from ${ROWS} where f.id = r.from_id and f.version = r.from_version and r.retired_record_id is not null
     returning r.id`,
    [json],
  );
  const released = new Set([...dropped, ...retired].map((row) => row.id));
  const ready = open.filter((join) => join.from === null || released.has(join.id));
  const { rows: joined } = await db.query<{ id: string }>(
    `update bridge.pair p set record_id = r.record_id, seen_handbook = r.seen_handbook, handbook_sight = r.handbook_sight,
       born_in = r.born_in, key = r.key, base = r.base::json, base_mapping = r.base_mapping, version = p.version + 1
     from ${ROWS} where p.id = r.id
       and not exists (select from bridge.pair other where other.record_id = r.record_id)
     returning p.id`,
    [batchJson(ready.map(joinRow))],
  );
  return new Set(joined.map((row) => row.id));
}

function joinRow(join: PairJoin): BatchRow {
  return {
    id: join.id,
    version: join.version,
    record_id: join.recordId,
    seen_handbook: join.seenHandbook,
    handbook_sight: join.handbookSight,
    born_in: join.bornIn,
    key: join.key,
    base: valueJson(join.base),
    base_mapping: join.baseMapping,
    ...(join.from && { from_id: join.from.id, from_version: join.from.version }),
    ...(join.from?.retiredRecordId && { retired_record_id: join.from.retiredRecordId }),
  };
}
