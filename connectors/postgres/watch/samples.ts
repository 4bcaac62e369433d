import type { SqlExecutor, SqlPool } from '../pool/sql-pool.ts';
import { isoOf } from '../store/instant.ts';
import type { CheckpointAt, SeriesPoint, SeriesQuery } from '../watch-port.ts';
import { LINK_COUNTS } from './summaries.ts';

const TO_HANDBOOK = `'create-record', 'update-record', 'show-record', 'undelete-record', 'hide-record', 'remove-record', 'withdraw-record'`;
const TO_NOTES = `'create-note', 'update-note', 'delete-note'`;

/**
 * Throughput is what the journal gained since the sample before, so nothing is counted twice and a minute without a sample is made good
 * by the next one; what is older than an hour belongs to no chart any more. Lag: how old the last look is while nothing waits, else since
 * when something has waited.
 */
export async function takeSample(db: SqlExecutor, at: Date): Promise<number> {
  const { rowCount } = await db.query(
    `insert into bridge.link_sample (link_id, at, step_seconds, to_handbook, to_notes, waiting_handbook, waiting_notes,
       lag_seconds, conflicts, quarantined, withheld, failures, watermark, journal_sequence)
     select l.link_id, date_trunc('minute', $1::timestamptz), 60, coalesce(e.to_handbook, 0), coalesce(e.to_notes, 0),
       coalesce(k.waiting_handbook, 0), coalesce(k.waiting_notes, 0),
       greatest(0, extract(epoch from $1::timestamptz - case
         when coalesce(k.waiting_handbook, 0) + coalesce(k.waiting_notes, 0) > 0 then coalesce(even.at, l.pulled_at)
         else l.pulled_at end))::double precision,
       (select count(*) from bridge.conflict c where c.link_id = l.link_id and c.state = 'open'),
       (select count(*) from bridge.quarantine q where q.link_id = l.link_id and q.closed_at is null),
       coalesce(k.withheld, 0), l.failures,
       (select max(c.watermark) from bridge.checkpoint c
         where c.link_id = l.link_id and (l.active_instance is null or c.instance_id = l.active_instance)),
       coalesce(h.sequence, 0)
     from bridge.link l
     left join (${LINK_COUNTS}) k using (link_id)
     left join bridge.journal_head h using (link_id)
     left join lateral (
       select s.journal_sequence from bridge.link_sample s where s.link_id = l.link_id order by s.at desc limit 1
     ) before on true
     left join lateral (
       select s.at from bridge.link_sample s
       where s.link_id = l.link_id and s.waiting_handbook + s.waiting_notes = 0 order by s.at desc limit 1
     ) even on true
     left join lateral (
       select count(*) filter (where j.event in (${TO_HANDBOOK})) as to_handbook,
         count(*) filter (where j.event in (${TO_NOTES})) as to_notes
       from bridge.journal j
       where j.link_id = l.link_id and j.sequence > coalesce(before.journal_sequence, 0)
         and j.at > $1::timestamptz - interval '1 hour'
     ) e on true
     on conflict (link_id, at) do nothing`,
    [at],
  );
  return rowCount;
}

/** Minutes of more than two days ago become half hours; what is older than 31 days goes. */
export async function forgetSamples(pool: SqlPool, now: Date): Promise<number> {
  return pool.transaction(async (tx) => {
    await tx.query(
      `with old as (
         delete from bridge.link_sample where step_seconds = 60 and at < $1::timestamptz - interval '2 days' returning *
       )
       insert into bridge.link_sample
       select link_id, date_bin('30 minutes', at, timestamptz '2000-01-01'), 1800, sum(to_handbook), sum(to_notes),
         max(waiting_handbook), max(waiting_notes), max(lag_seconds), max(conflicts), max(quarantined), max(withheld),
         max(failures), max(watermark), max(journal_sequence)
       from old group by 1, 2
       on conflict (link_id, at) do update set step_seconds = 1800,
         to_handbook = link_sample.to_handbook + excluded.to_handbook, to_notes = link_sample.to_notes + excluded.to_notes,
         waiting_handbook = greatest(link_sample.waiting_handbook, excluded.waiting_handbook),
         waiting_notes = greatest(link_sample.waiting_notes, excluded.waiting_notes),
         lag_seconds = greatest(link_sample.lag_seconds, excluded.lag_seconds),
         journal_sequence = greatest(link_sample.journal_sequence, excluded.journal_sequence)`,
      [now],
    );
    const gone = await tx.query(
      `delete from bridge.link_sample where at < $1::timestamptz - interval '31 days'`,
      [now],
    );
    const passes = await tx.query(
      `delete from bridge.pass where started_at < $1::timestamptz - interval '31 days'`,
      [now],
    );
    return gone.rowCount + passes.rowCount;
  });
}

export async function sampleSeries(db: SqlExecutor, query: SeriesQuery): Promise<readonly SeriesPoint[]> {
  const { rows } = await db.query<Omit<SeriesPoint, 'at'> & { readonly at: Date }>(
    `select b.at, sum(b.to_handbook)::bigint as "toHandbook", sum(b.to_notes)::bigint as "toNotes",
       sum(b.waiting)::bigint as waiting, max(b.lag) as "lagSeconds"
     from (
       select date_bin(make_interval(secs => $3), s.at, timestamptz '2000-01-01') as at, s.link_id,
         sum(s.to_handbook) as to_handbook, sum(s.to_notes) as to_notes,
         max(s.waiting_handbook + s.waiting_notes) as waiting, max(s.lag_seconds) as lag
       from bridge.link_sample s where s.at >= $1 and ($2::text is null or s.link_id = $2) group by 1, 2
     ) b group by 1 order by 1`,
    [query.from, query.linkId, query.stepSeconds],
  );
  return rows.map((row) => ({ ...row, at: isoOf(row.at) }));
}

export async function checkpointHistory(
  db: SqlExecutor,
  linkId: string,
  limit: number,
): Promise<readonly CheckpointAt[]> {
  const { rows } = await db.query<{ readonly at: Date; readonly watermark: string | null }>(
    `select s.at, s.watermark from (
       select at, watermark, lag(watermark) over (order by at) as before from bridge.link_sample where link_id = $1
     ) s where s.watermark is distinct from s.before order by s.at desc limit $2`,
    [linkId, limit],
  );
  return rows.map(({ at, watermark }) => ({ at: isoOf(at), watermark }));
}
