import type { Unid } from '../../../../src/sync/note.ts';
import type { Pair, PairStatus } from '../../../../src/sync/pair.ts';
import type { SqlExecutor } from '../../pool/sql-pool.ts';
import { PAIR_COLUMNS, type PairRow, toPair } from '../pair-row.ts';
import { storableTexts } from '../storable-text.ts';
import { eachOf } from './each-of.ts';

/** In id order, like all lists below that do not say otherwise. */
export async function pairsById(db: SqlExecutor, pairIds: readonly string[]): Promise<readonly Pair[]> {
  const { rows } = await db.query<PairRow>(
    `select ${PAIR_COLUMNS} from bridge.pair p where p.id = any ($1::text[]) order by p.id`,
    [pairIds],
  );
  return rows.map(toPair);
}

export async function pairsByUnid(
  db: SqlExecutor,
  replicaSet: string,
  unids: readonly Unid[],
): Promise<readonly Pair[]> {
  const { rows } = await db.query<PairRow>(
    `select ${PAIR_COLUMNS} from ${eachOf(2)} cross join lateral (
       select * from bridge.pair q where q.replica_set = $1 and q.unid = wanted.value offset 0) p
     order by p.id`,
    [replicaSet, unids],
  );
  return rows.map(toPair);
}

export async function pairsByRecord(db: SqlExecutor, recordIds: readonly string[]): Promise<readonly Pair[]> {
  const { rows } = await db.query<PairRow>(
    `select ${PAIR_COLUMNS} from bridge.pair p where p.record_id = any ($1::text[]) order by p.id`,
    [storableTexts(recordIds)],
  );
  return rows.map(toPair);
}

export async function pairsByKey(
  db: SqlExecutor,
  entity: string,
  keys: readonly string[],
): Promise<readonly Pair[]> {
  const { rows } = await db.query<PairRow>(
    `select ${PAIR_COLUMNS} from ${eachOf(2)} cross join lateral (
       select * from bridge.pair q where q.entity = $1 and q.key = wanted.value and q.status <> 'tombstone' offset 0) p
     order by p.id`,
    [entity, storableTexts(keys)],
  );
  return rows.map(toPair);
}

export async function pairsByParentKey(
  db: SqlExecutor,
  linkId: string,
  keys: readonly string[],
): Promise<readonly Pair[]> {
  const { rows } = await db.query<PairRow>(
    `select ${PAIR_COLUMNS} from ${eachOf(2)} cross join lateral (
       select * from bridge.pair q where q.link_id = $1 and q.parent_key = wanted.value and q.status <> 'tombstone'
       offset 0) p
     order by p.id`,
    [linkId, storableTexts(keys)],
  );
  return rows.map(toPair);
}

/**
 * Entities that are not in `entityOrder` are left out: nothing is mapped for them. Notes come before records without one, so that a record whose note
 * is among them is joined to it and not given another.
 */
export async function pendingPairs(
  db: SqlExecutor,
  linkId: string,
  entityOrder: readonly string[],
  limit: number,
): Promise<readonly Pair[]> {
  const { rows } = await db.query<PairRow>(
    `select ${PAIR_COLUMNS}
     from (
       select k.noteless, e.place, r.id
       from unnest($2::text[]) with ordinality as e (entity, place)
       cross join (values (false), (true)) as k (noteless)
       cross join lateral (
         select q.id from bridge.pair q
         where q.link_id = $1 and q.entity = e.entity and q.pending and q.blocked is null
           and (q.unid is null) = k.noteless
         order by q.id limit $3
       ) r
       order by k.noteless, e.place, r.id limit $3
     ) runnable
     cross join lateral (select * from bridge.pair q where q.id = runnable.id offset 0) p
     order by runnable.noteless, runnable.place, p.id`,
    [linkId, entityOrder, limit],
  );
  return rows.map(toPair);
}

export async function pairsAfterUnid(
  db: SqlExecutor,
  linkId: string,
  after: Unid | null,
  limit: number,
): Promise<readonly Pair[]> {
  // The replica set is named so that the unique index gives the order.
  const { rows } = await db.query<PairRow>(
    `select ${PAIR_COLUMNS} from bridge.pair p
     where p.replica_set = (select l.replica_set from bridge.link l where l.link_id = $1)
       and p.link_id = $1 and p.unid > $2 and p.status <> 'tombstone'
     order by p.unid limit $3`,
    [linkId, after ?? '', limit],
  );
  return rows.map(toPair);
}

export async function pairsAfter(
  db: SqlExecutor,
  linkId: string,
  after: string | null,
  limit: number,
  status: readonly PairStatus[] | null,
): Promise<readonly Pair[]> {
  const { rows } = await db.query<PairRow>(
    `select ${PAIR_COLUMNS} from bridge.pair p
     where p.link_id = $1 and p.id > $2 and ($4::text[] is null or p.status = any ($4::text[]))
     order by p.id limit $3`,
    [linkId, after ?? '', limit, status],
  );
  return rows.map(toPair);
}
