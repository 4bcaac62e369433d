import type { SqlExecutor } from '../pool/sql-pool.ts';
import { isoOf, isoOrNull } from '../store/instant.ts';
import type { PassRow } from '../watch-port.ts';

type Stored = Omit<PassRow, 'startedAt' | 'seenAt' | 'finishedAt'> & {
  readonly startedAt: Date;
  readonly seenAt: Date;
  readonly finishedAt: Date | null;
};

const PASSES = `select p.pass_id as "passId", p.link_id as "linkId", p.kind, p.started_at as "startedAt",
  p.seen_at as "seenAt", p.finished_at as "finishedAt", p.outcome, p.phase, p.done, p.estimated, p.counts, p.calls,
  p.writes, p.bytes from bridge.pass p`;

export async function passesOf(db: SqlExecutor, linkId: string, limit: number): Promise<readonly PassRow[]> {
  const { rows } = await db.query<Stored>(
    `${PASSES} where p.link_id = $1 order by p.started_at desc limit $2`,
    [linkId, limit],
  );
  return rows.map(toPass);
}

export async function runningPasses(db: SqlExecutor, now: Date): Promise<readonly PassRow[]> {
  const { rows } = await db.query<Stored>(
    `${PASSES} where p.finished_at is null and p.started_at > $1::timestamptz - interval '1 hour'
       and p.seen_at > $1::timestamptz - interval '30 seconds' order by p.started_at desc`,
    [now],
  );
  return rows.map(toPass);
}

function toPass(row: Stored): PassRow {
  return {
    ...row,
    startedAt: isoOf(row.startedAt),
    seenAt: isoOf(row.seenAt),
    finishedAt: isoOrNull(row.finishedAt),
  };
}

export async function putPass(db: SqlExecutor, row: PassRow): Promise<void> {
  await db.query(
    `insert into bridge.pass (pass_id, link_id, kind, started_at, seen_at, finished_at, outcome, phase, done, estimated,
       counts, calls, writes, bytes)
     values ($1, $2, $3, $4::timestamptz, $5::timestamptz, $6::timestamptz, $7, $8, $9, $10, $11::json, $12, $13, $14)
     on conflict (pass_id) do update set seen_at = excluded.seen_at, finished_at = excluded.finished_at,
       outcome = excluded.outcome, phase = excluded.phase, done = excluded.done, estimated = excluded.estimated,
       counts = excluded.counts, calls = excluded.calls, writes = excluded.writes, bytes = excluded.bytes`,
    [
      row.passId,
      row.linkId,
      row.kind,
      row.startedAt,
      row.seenAt,
      row.finishedAt,
      row.outcome,
      row.phase,
      row.done,
      row.estimated,
      JSON.stringify(row.counts),
      row.calls,
      row.writes,
      row.bytes,
    ],
  );
}
