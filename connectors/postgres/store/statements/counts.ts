import type { LinkCounts } from '../../port.ts';
import type { SqlExecutor } from '../../pool/sql-pool.ts';

/** One pass over the link's pairs; `pairs` counts every status, tombstones too. */
export async function countLink(db: SqlExecutor, linkId: string): Promise<LinkCounts> {
  const { rows } = await db.query<LinkCounts>(
    `with kinds as materialized (
       select p.status, p.pending, p.blocked, case when p.status = 'withheld' then coalesce(p.reason, '') end as reason,
         p.notes_sight in ('gone', 'missing', 'unreadable') or p.handbook_sight = 'deleted' as leaving,
         p.pending and p.seen_notes is distinct from p.synced_notes as from_notes,
         p.pending and p.seen_handbook > p.synced_handbook as from_handbook, count(*) as n
       from bridge.pair p where p.link_id = $1 group by 1, 2, 3, 4, 5, 6, 7
     ), sums as (
       select coalesce(sum(n), 0)::bigint as pairs,
         coalesce(sum(n) filter (where status = 'live'), 0)::bigint as live,
         coalesce(sum(n) filter (where pending and blocked is null), 0)::bigint as runnable,
         coalesce(sum(n) filter (where pending and status = 'live' and not leaving), 0)::bigint as "pendingUpdates",
         coalesce(sum(n) filter (where pending and leaving), 0)::bigint as "pendingDeletes",
         coalesce(sum(n) filter (where from_notes), 0)::bigint as "pendingFromNotes",
         coalesce(sum(n) filter (where from_handbook), 0)::bigint as "pendingFromHandbook",
         coalesce(sum(n) filter (where status = 'withheld'), 0)::bigint as withheld,
         coalesce(sum(n) filter (where status = 'withdrawn'), 0)::bigint as withdrawn,
         coalesce(sum(n) filter (where status = 'missing'), 0)::bigint as missing,
         coalesce(sum(n) filter (where status = 'detached'), 0)::bigint as detached,
         coalesce(sum(n) filter (where status = 'tombstone'), 0)::bigint as tombstones
       from kinds
     ), intents as (
       select count(*) as "openIntents", count(*) filter (where i.kind in ('delete', 'hide')) as "openDeletes",
         count(*) filter (where i.kind = 'update') as "openUpdates"
       from bridge.intent i join bridge.pair p on p.id = i.pair_id where p.link_id = $1
     )
     select sums.*,
       (select count(*) from bridge.conflict c where c.link_id = $1 and c.state = 'open') as "openConflicts",
       (select count(*) from bridge.quarantine q where q.link_id = $1 and q.closed_at is null) as quarantined,
       intents.*,
       (select coalesce(json_object_agg(b.blocked, b.n), '{}') from (
          select k.blocked, sum(k.n)::bigint as n from kinds k where k.blocked is not null group by k.blocked) b) as blocked,
       (select coalesce(json_object_agg(w.reason, w.n), '{}') from (
          select k.reason, sum(k.n)::bigint as n from kinds k where k.reason is not null group by k.reason) w)
         as "withheldByReason"
     from sums, intents`,
    [linkId],
  );
  const counts = rows[0];
  if (counts === undefined) throw new Error(`Counting link ${linkId} gave no row`);
  return counts;
}

export async function countBoundRecords(db: SqlExecutor, entities: readonly string[]): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n from bridge.pair p
     where p.entity = any ($1::text[]) and p.handbook_sight in ('live', 'hidden')`,
    [entities],
  );
  return rows[0]?.n ?? 0;
}
