import type { SqlExecutor } from '../pool/sql-pool.ts';
import { isoOf } from '../store/instant.ts';
import type { ReleaseRequest } from '../watch-port.ts';

type Stored = Omit<ReleaseRequest, 'at'> & { readonly at: Date };

const REQUESTS = `select r.preview_id as "previewId", r.link_id as "linkId", r.asked_by as "askedBy", r.at, r.reason
  from bridge.release_request r join bridge.preview p on p.id = r.preview_id`;

export async function releaseRequests(db: SqlExecutor): Promise<readonly ReleaseRequest[]> {
  const { rows } = await db.query<Stored>(`${REQUESTS} where p.decided_at is null order by r.at`);
  return rows.map((row) => ({ ...row, at: isoOf(row.at) }));
}

export async function putReleaseRequest(db: SqlExecutor, request: ReleaseRequest): Promise<ReleaseRequest> {
  await db.query(
    `insert into bridge.release_request (preview_id, link_id, asked_by, at, reason)
     values ($1, $2, $3, $4::timestamptz, $5) on conflict (preview_id) do nothing`,
    [request.previewId, request.linkId, request.askedBy, request.at, request.reason],
  );
  const { rows } = await db.query<Stored>(`${REQUESTS} where r.preview_id = $1`, [request.previewId]);
  const [row] = rows;
  return row === undefined ? request : { ...row, at: isoOf(row.at) };
}
