import type { SqlPool } from '../../connectors/postgres/pool/sql-pool.ts';

/** Something that is there, to be asked for by the pages that show one thing. */
export interface ConsoleSample {
  readonly linkId: string;
  readonly pairId: string;
  readonly unid: string;
  readonly previewId: string;
}

const PAIRS = 500;
const JOURNAL = 5_000;

/** Rows of every kind for all links that are registered: 500 pairs, 5,000 lines of the journal, two days of minutes and a month of half hours for each. */
export async function fillConsole(pool: SqlPool): Promise<ConsoleSample> {
  const statements = [
    `update bridge.link set approved = true, pulled_at = now() - interval '5 seconds', pushed_at = now()`,
    `insert into bridge.pair (id, link_id, replica_set, unid, record_id, entity, form, key, born_in, status, reason, base,
       seen_notes, seen_settled, notes_sight, synced_notes, seen_handbook, handbook_sight, synced_handbook, pending)
     select l.link_id || '-' || lpad(i::text, 5, '0'), l.link_id, l.replica_set, upper(md5(l.link_id || '/' || i)), md5('r' || l.link_id || '/' || i),
       'member', 'DangVien', case when i % 10 > 0 then 'DV-' || l.link_id || '-' || i end, 'notes',
       case when i % 10 = 0 then 'withheld' else 'live' end, case when i % 10 = 0 then 'mark-missing' end,
       case when i % 10 = 0 then '{}' else json_build_object('fullName', 'Nguyễn Văn ' || i, 'phone', '09' || i)::text end::json,
       'modified:' || i, true, 'released', case when i % 50 = 1 then 'modified:0' else 'modified:' || i end, 1, 'live', 1, i % 50 = 1
     from bridge.link l, generate_series(1, ${PAIRS}) i`,
    `insert into bridge.journal (link_id, sequence, at, pass_id, pair_id, record_id, unid, event, rule, fields, digest, by_person, reason, previous_hash, hash)
     select l.link_id, i, now() - make_interval(secs => (${JOURNAL} - i) * 17), 'pass-' || i / 20, l.link_id || '-' || lpad((i % ${PAIRS} + 1)::text, 5, '0'),
       md5('r' || l.link_id || '/' || (i % ${PAIRS} + 1)), null, case when i % 3 = 0 then 'update-note' else 'update-record' end, 'PL2', '["phone"]',
       md5(i::text), case when i % 500 = 0 then 'mai.anh' end, null, md5((i - 1)::text), md5(i::text)
     from bridge.link l, generate_series(1, ${JOURNAL}) i`,
    `insert into bridge.journal_head select link_id, ${JOURNAL}, 'x' from bridge.link on conflict (link_id) do nothing`,
    `insert into bridge.conflict (id, pair_id, link_id, at, dedupe, kind, field, base, notes, handbook, policy, state)
     select md5(p.id)::uuid::text, p.id, p.link_id, now(), 'd', 'field', 'phone', '"1"', '"2"', '"3"', 'manual', 'open'
     from bridge.pair p where right(p.id, 2) = '25'`,
    `insert into bridge.quarantine (id, pair_id, link_id, code, detail, at, first_at)
     select md5('q' || p.id), p.id, p.link_id, 'pattern', 'SoThe: pattern', now(), now() from bridge.pair p where right(p.id, 2) = '35'`,
    `insert into bridge.link_sample (link_id, at, step_seconds, to_handbook, to_notes, waiting_handbook, waiting_notes, lag_seconds,
       conflicts, quarantined, withheld, failures, watermark, journal_sequence)
     select l.link_id, t, 60, 3, 1, 0, 0, 10, 0, 0, 0, 0, null, 0
     from bridge.link l, generate_series(date_trunc('minute', now()) - interval '2 days', now(), '1 minute') t`,
    `insert into bridge.link_sample (link_id, at, step_seconds, to_handbook, to_notes, waiting_handbook, waiting_notes, lag_seconds,
       conflicts, quarantined, withheld, failures, watermark, journal_sequence)
     select l.link_id, t, 1800, 90, 30, 0, 0, 20, 0, 0, 0, 0, null, 0
     from bridge.link l, generate_series(date_trunc('hour', now()) - interval '30 days', now() - interval '49 hours', '30 minutes') t`,
    `insert into bridge.preview (id, link_id, at, lane) values ('preview-bench', 'link-7', now(), 'updates')`,
    `insert into bridge.preview_entry (preview_id, place, pair_id, record_id, unid, entity, event, rule, fields)
     select 'preview-bench', row_number() over (order by id), id, record_id, unid, 'member', 'update-record', 'PL2', '["phone"]'
     from bridge.pair where link_id = 'link-7'`,
    `analyze`,
  ];
  for (const statement of statements) await pool.query(statement);
  const { rows } = await pool.query<{ pairId: string; unid: string }>(
    `select id as "pairId", unid from bridge.pair where link_id = 'link-7' and status = 'live' order by id limit 1`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('nothing was filled in');
  return { linkId: 'link-7', ...row, previewId: 'preview-bench' };
}
