import type { InstanceRow } from '../../port.ts';
import type { SqlExecutor } from '../../pool/sql-pool.ts';
import { isoOrNull } from '../instant.ts';

export async function ownerId(db: SqlExecutor): Promise<string> {
  const { rows } = await db.query<{ id: string }>(`select id from bridge.owner`);
  if (rows[0] === undefined) throw new Error('Schema bridge has no owner: run its migrations');
  return rows[0].id;
}

export async function instancesOf(db: SqlExecutor, linkId: string): Promise<readonly InstanceRow[]> {
  const { rows } = await db.query<Omit<InstanceRow, 'markedAt'> & { readonly markedAt: Date | null }>(
    `select link_id as "linkId", instance_id as "instanceId", generation, nonce, coming, unid,
       marked_at as "markedAt", trusted
     from bridge.instance where link_id = $1 order by instance_id`,
    [linkId],
  );
  return rows.map((row) => ({ ...row, markedAt: isoOrNull(row.markedAt) }));
}

export async function putInstance(db: SqlExecutor, row: InstanceRow): Promise<void> {
  await db.query(
    `insert into bridge.instance (link_id, instance_id, generation, nonce, coming, unid, marked_at, trusted)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (link_id, instance_id) do update set generation = excluded.generation, nonce = excluded.nonce,
       coming = excluded.coming, unid = excluded.unid, marked_at = excluded.marked_at, trusted = excluded.trusted`,
    [row.linkId, row.instanceId, row.generation, row.nonce, row.coming, row.unid, row.markedAt, row.trusted],
  );
}

/** Rows are locked in id order, like every update of many pairs. */
async function updateAll(
  db: SqlExecutor,
  linkId: string,
  where: string,
  set: string,
  more: readonly unknown[] = [],
): Promise<number> {
  const { rowCount } = await db.query(
    `with locked as materialized (
       select p.id from bridge.pair p where p.link_id = $1 and ${where} order by p.id for update
     )
     update bridge.pair p set ${set}, version = p.version + 1 from locked l where p.id = l.id`,
    [linkId, ...more],
  );
  return rowCount;
}

export function forgetTokens(db: SqlExecutor, linkId: string): Promise<number> {
  return updateAll(
    db,
    linkId,
    `p.unid is not null and p.status <> 'tombstone'`,
    `seen_notes = null, synced_notes = null, seen_settled = false`,
  );
}

export function lookAgain(db: SqlExecutor, linkId: string, forms: readonly string[]): Promise<number> {
  return updateAll(
    db,
    linkId,
    `p.form = any ($2::text[]) and (p.status in ('live', 'missing') or (p.blocked = 'quarantine' and p.status <> 'tombstone'))`,
    `pending = true, blocked = case when p.blocked <> 'quarantine' then p.blocked end`,
    [forms],
  );
}

export function doubtBases(db: SqlExecutor, linkId: string): Promise<number> {
  return updateAll(
    db,
    linkId,
    `p.base_mapping <> '' and p.status in ('live', 'missing', 'detached')`,
    `base_mapping = '', pending = true, blocked = case when p.blocked = 'quarantine' then p.blocked end`,
  );
}
