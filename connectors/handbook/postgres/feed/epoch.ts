import type { HandbookSql, HandbookTx } from '../handbook-sql.ts';
import type { FeedPlace } from './cursor.ts';

/**
 * Which line of history this database is on: another server, or this one brought back to an earlier time (which starts a new timeline, as does the
 * promotion of a standby that may have missed something), is another.
 */
const ORIGIN = `(select system_identifier::text from pg_control_system()) || '/' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)`;

/** No transaction id from here on has been given out; one that is in use anyway comes from another history. */
const NEVER_GIVEN = 'pg_snapshot_xmax(pg_current_snapshot())';

/**
 * The epoch that cursors belong to. A new one begins when the database turns out to have been restored: it is on another line of history, the feed
 * names transactions that have not happened, or `reached`, a reader's place, does. What is in the feed then counts as long past: its transaction
 * ids mean nothing here, and in the order of ids it would hide what comes now.
 *
 * Not noticed: files of a stopped database copied back over it, once more transactions have passed than were lost.
 */
export async function currentEpoch(sql: HandbookSql, reached: FeedPlace): Promise<string> {
  const known = await readEpoch(sql, reached, '');
  if (known?.valid === true) return known.epoch;
  return sql.transaction(async (tx) => {
    await tx.query(
      `insert into handbook.epoch (epoch, origin) values (gen_random_uuid(), ${ORIGIN}) on conflict (only_one) do nothing`,
    );
    const locked = await readEpoch(tx, reached, 'for update');
    if (locked?.valid === true) return locked.epoch;
    await tx.query(`update handbook.feed set xid = '0' where xid > '0'`);
    const { rows } = await tx.query<{ epoch: string }>(
      `update handbook.epoch set epoch = gen_random_uuid(), origin = ${ORIGIN}, started_at = now() returning epoch`,
    );
    return rows[0]?.epoch ?? '';
  });
}

async function readEpoch(
  tx: HandbookTx,
  reached: FeedPlace,
  lock: '' | 'for update',
): Promise<{ readonly epoch: string; readonly valid: boolean } | undefined> {
  const { rows } = await tx.query<{ epoch: string; valid: boolean }>(
    `select epoch,
            origin = ${ORIGIN}
              and not exists (select from handbook.feed where xid >= ${NEVER_GIVEN})
              and $1::xid8 < ${NEVER_GIVEN} as valid
       from handbook.epoch ${lock}`,
    [reached.xid],
  );
  return rows[0];
}
