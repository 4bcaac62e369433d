import type { LeaseFence } from '../../port.ts';
import type { SqlExecutor } from '../../pool/sql-pool.ts';

/** [LE1] Fence of the lease taken or renewed; null while another holder has it. Waits for transactions that commit under the present lease. */
export async function takeLease(
  db: SqlExecutor,
  linkId: string,
  holder: string,
  ttlMs: number,
): Promise<number | null> {
  const { rows } = await db.query<{ fence: number }>(
    `insert into bridge.lease as l (link_id, holder, fence, expires_at)
     values ($1, $2, 1, clock_timestamp() + make_interval(secs => $3::float8 / 1000))
     on conflict (link_id) do update set
       holder = excluded.holder,
       fence = case when l.holder = excluded.holder and l.expires_at > clock_timestamp() then l.fence else l.fence + 1 end,
       expires_at = excluded.expires_at
     where l.holder = excluded.holder or l.expires_at <= clock_timestamp()
     returning l.fence`,
    [linkId, holder, ttlMs],
  );
  return rows[0]?.fence ?? null;
}

/** Ends the lease if it is still the one of this fence. */
export async function endLease(db: SqlExecutor, fence: LeaseFence): Promise<void> {
  await db.query(
    `update bridge.lease set expires_at = '-infinity' where link_id = $1 and holder = $2 and fence = $3`,
    [fence.linkId, fence.holder, fence.fence],
  );
}

/** [LE2] Whether the fence holds now; if so the row stays as it is until the transaction ends. */
export async function leaseHolds(db: SqlExecutor, fence: LeaseFence): Promise<boolean> {
  const { rows } = await db.query(
    `select 1 from bridge.lease l
     where l.link_id = $1 and l.holder = $2 and l.fence = $3 and l.expires_at > clock_timestamp() for share`,
    [fence.linkId, fence.holder, fence.fence],
  );
  return rows.length === 1;
}

/** Ends the leases of these links, whoever holds them. */
export async function endLeases(db: SqlExecutor, linkIds: readonly string[]): Promise<void> {
  await db.query(`update bridge.lease set expires_at = '-infinity' where link_id = any ($1::text[])`, [
    linkIds,
  ]);
}
