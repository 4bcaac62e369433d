import type { Checkpoint } from '../../port.ts';
import type { SqlExecutor } from '../../pool/sql-pool.ts';
import { isoOrNull } from '../instant.ts';

export async function checkpointOf(
  db: SqlExecutor,
  linkId: string,
  instanceId: string,
): Promise<Checkpoint | null> {
  const { rows } = await db.query<
    Omit<Checkpoint, 'greatestSeenAt'> & { readonly greatestSeenAt: Date | null }
  >(
    `select link_id as "linkId", instance_id as "instanceId", watermark, greatest_stamp as "greatestStamp",
       greatest_seen_at as "greatestSeenAt"
     from bridge.checkpoint where link_id = $1 and instance_id = $2`,
    [linkId, instanceId],
  );
  const row = rows[0];
  return row === undefined ? null : { ...row, greatestSeenAt: isoOrNull(row.greatestSeenAt) };
}

export async function setCheckpoint(db: SqlExecutor, checkpoint: Checkpoint): Promise<void> {
  const { linkId, instanceId, watermark, greatestStamp, greatestSeenAt } = checkpoint;
  await db.query(
    `insert into bridge.checkpoint (link_id, instance_id, watermark, greatest_stamp, greatest_seen_at)
     values ($1, $2, $3, $4, $5)
     on conflict (link_id, instance_id) do update set watermark = excluded.watermark,
       greatest_stamp = excluded.greatest_stamp, greatest_seen_at = excluded.greatest_seen_at`,
    [linkId, instanceId, watermark, greatestStamp, greatestSeenAt],
  );
}
