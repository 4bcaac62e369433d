import type { Unid } from '../../../../src/sync/note.ts';
import type { Tombstone } from '../../port.ts';
import type { SqlExecutor } from '../../pool/sql-pool.ts';
import { isoOf } from '../instant.ts';
import { batchJson, storableTexts } from '../storable-text.ts';

const TOMBSTONES = `
  select t.replica_set as "replicaSet", t.unid, t.record_id as "recordId", t.entity, t.key, t.evidence, t.at
  from bridge.tombstone t`;

type StoredTombstone = Omit<Tombstone, 'at'> & { readonly at: Date };

function toTombstone(row: StoredTombstone): Tombstone {
  return { ...row, at: isoOf(row.at) };
}

/** The first tombstone of a record stands. */
export async function putTombstones(db: SqlExecutor, tombstones: readonly Tombstone[]): Promise<void> {
  const batch = tombstones.map((tombstone) => ({
    record_id: tombstone.recordId,
    replica_set: tombstone.replicaSet,
    unid: tombstone.unid,
    entity: tombstone.entity,
    key: tombstone.key,
    evidence: tombstone.evidence,
    at: tombstone.at,
  }));
  await db.query(
    `insert into bridge.tombstone (record_id, replica_set, unid, entity, key, evidence, at)
     select r.record_id, r.replica_set, r.unid, r.entity, r.key, r.evidence, r.at
     from jsonb_to_recordset($1::jsonb) as r (record_id text, replica_set text, unid text, entity text, key text,
       evidence text, at timestamptz)
     on conflict do nothing`,
    [batchJson(batch)],
  );
}

export async function tombstonesByUnid(
  db: SqlExecutor,
  replicaSet: string,
  unids: readonly Unid[],
): Promise<readonly Tombstone[]> {
  const { rows } = await db.query<StoredTombstone>(
    `${TOMBSTONES} where t.replica_set = $1 and t.unid = any ($2::text[]) order by t.record_id`,
    [replicaSet, unids],
  );
  return rows.map(toTombstone);
}

export async function tombstonesByKey(
  db: SqlExecutor,
  entity: string,
  keys: readonly string[],
): Promise<readonly Tombstone[]> {
  const { rows } = await db.query<StoredTombstone>(
    `${TOMBSTONES} where t.entity = $1 and t.key = any ($2::text[]) order by t.record_id`,
    [entity, storableTexts(keys)],
  );
  return rows.map(toTombstone);
}
