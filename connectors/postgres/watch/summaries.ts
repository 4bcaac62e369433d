import { isoOrNull } from '../store/instant.ts';
import type { SqlExecutor } from '../pool/sql-pool.ts';
import type { LinkSummary } from '../watch-port.ts';

/**
 * What waits, per link and direction. `held` and `quarantine` wait for a person and are counted elsewhere, so they are no backlog.
 * A record that no note was made for yet waits for Notes.
 */
export const WAITING = `p.pending and coalesce(p.blocked, '') not in ('held', 'quarantine')`;
export const TO_NOTES = `(p.seen_handbook > p.synced_handbook and (p.unid is null or p.seen_notes is not distinct from p.synced_notes))`;

export const LINK_COUNTS = `
  select p.link_id, count(*) as pairs,
    count(*) filter (where p.status = 'live') as live,
    count(*) filter (where ${WAITING} and not ${TO_NOTES}) as waiting_handbook,
    count(*) filter (where ${WAITING} and ${TO_NOTES}) as waiting_notes,
    count(*) filter (where p.pending and p.blocked is null) as runnable,
    count(*) filter (where p.status = 'withheld') as withheld,
    count(*) filter (where p.status = 'withdrawn') as withdrawn,
    count(*) filter (where p.status = 'missing') as missing,
    count(*) filter (where p.status = 'detached') as detached
  from bridge.pair p group by p.link_id`;

type Instants =
  | 'suspectAt'
  | 'pulledAt'
  | 'pushedAt'
  | 'sweptAt'
  | 'failedAt'
  | 'restsUntil'
  | 'oldestConflictAt'
  | 'oldestQuarantineAt'
  | 'behindSince';
type Stored = Omit<LinkSummary, Instants> & Readonly<Record<Instants, Date | null>>;

export async function linkSummaries(db: SqlExecutor): Promise<readonly LinkSummary[]> {
  const { rows } = await db.query<Stored>(
    `select l.link_id as "linkId", l.mode, l.approved, l.paused_pull as "pausedPull", l.paused_push as "pausedPush",
       l.brake_updates as "brakeUpdates", l.brake_deletes as "brakeDeletes", l.suspect, l.suspect_at as "suspectAt",
       l.mapping_changed as "mappingChanged", l.active_instance as "activeInstance", l.pulled_at as "pulledAt",
       l.pushed_at as "pushedAt", l.swept_at as "sweptAt", l.failures, l.failed_at as "failedAt",
       l.failure_code as "failureCode", l.rests_until as "restsUntil",
       coalesce(k.pairs, 0) as pairs, coalesce(k.live, 0) as live,
       coalesce(k.waiting_handbook, 0) as "waitingHandbook", coalesce(k.waiting_notes, 0) as "waitingNotes",
       coalesce(k.runnable, 0) as runnable, coalesce(k.withheld, 0) as withheld, coalesce(k.withdrawn, 0) as withdrawn,
       coalesce(k.missing, 0) as missing, coalesce(k.detached, 0) as detached,
       coalesce(c.n, 0) as conflicts, c.oldest as "oldestConflictAt",
       coalesce(q.n, 0) as quarantined, q.oldest as "oldestQuarantineAt",
       case when coalesce(k.waiting_handbook, 0) + coalesce(k.waiting_notes, 0) > 0
         then coalesce(even.at, l.pulled_at) end as "behindSince"
     from bridge.link l
     left join (${LINK_COUNTS}) k using (link_id)
     left join (select link_id, count(*) as n, min(at) as oldest from bridge.conflict where state = 'open' group by link_id) c
       using (link_id)
     left join (select link_id, count(*) as n, min(at) as oldest from bridge.quarantine where closed_at is null group by link_id) q
       using (link_id)
     left join lateral (
       select s.at from bridge.link_sample s
       where s.link_id = l.link_id and s.waiting_handbook + s.waiting_notes = 0
       order by s.at desc limit 1
     ) even on coalesce(k.waiting_handbook, 0) + coalesce(k.waiting_notes, 0) > 0
     order by l.link_id`,
  );
  return rows.map((row) => ({
    ...row,
    suspectAt: isoOrNull(row.suspectAt),
    pulledAt: isoOrNull(row.pulledAt),
    pushedAt: isoOrNull(row.pushedAt),
    sweptAt: isoOrNull(row.sweptAt),
    failedAt: isoOrNull(row.failedAt),
    restsUntil: isoOrNull(row.restsUntil),
    oldestConflictAt: isoOrNull(row.oldestConflictAt),
    oldestQuarantineAt: isoOrNull(row.oldestQuarantineAt),
    behindSince: isoOrNull(row.behindSince),
  }));
}
