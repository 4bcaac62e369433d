import type { HandbookRecord } from '../../port.ts';
import type { FeedPlace } from '../feed/cursor.ts';
import type { HandbookTx } from '../handbook-sql.ts';
import type { Sight } from './visible.ts';

/** Nothing can appear any more before this place: it lies below every transaction that is still running. */
export async function selectFeedEnd(tx: HandbookTx): Promise<FeedPlace> {
  const { rows } = await tx.query<FeedPlace>(
    `select xid::text as xid, position::text as position from handbook.feed
      where xid < pg_snapshot_xmin(pg_current_snapshot()) order by feed.xid desc, feed.position desc limit 1`,
  );
  return rows[0] ?? { xid: '0', position: '0' };
}

export type FeedRow = HandbookRecord & FeedPlace & { readonly shown: boolean };

/**
 * Entries between two places that concern the reader: what they see, and what they see no more. Of the latter only what moved after `began`,
 * where the reader's run through the feed began: they cannot have been given what was out of their sight by then.
 */
export async function selectFeed(
  tx: HandbookTx,
  sight: Sight,
  query: {
    readonly after: FeedPlace;
    readonly end: FeedPlace;
    readonly began: FeedPlace;
    readonly limit: number;
  },
): Promise<readonly FeedRow[]> {
  const { after, end, began, limit } = query;
  const { rows } = await tx.query<FeedRow>(
    `select ${sight.columns}, ${sight.visible} as shown, feed.xid::text as xid, feed.position::text as position
       from handbook.feed as feed join handbook.record as record using (record_id)
      where (feed.xid, feed.position) > ($3::xid8, $4::bigint) and (feed.xid, feed.position) <= ($5::xid8, $6::bigint)
        and (${sight.visible} or (${sight.everVisible} and (feed.xid, feed.position) > ($7::xid8, $8::bigint)))
      order by feed.xid, feed.position limit $9`,
    [...sight.values, after.xid, after.position, end.xid, end.position, began.xid, began.position, limit + 1],
  );
  return rows;
}
