import type { HandbookCursor } from '../../port.ts';
import type { HandbookSql } from '../handbook-sql.ts';
import { FEED_START, type FeedPlace, readPlace, writeCursor } from './cursor.ts';
import { currentEpoch } from './epoch.ts';

export interface FeedEntry {
  readonly recordId: string;
  readonly entity: string;
  readonly version: number;
}

export interface FeedReading {
  readonly epochChanged: boolean;
  readonly cursor: HandbookCursor;
  readonly entries: readonly FeedEntry[];
  readonly more: boolean;
}

/**
 * The next `limit` entries after a cursor, each record once, at the place of its newest change.
 *
 * A position alone would lose changes. Positions are given out when a statement runs, not when it commits: of two transactions the one with position 8
 * can commit first, a reader passes 8, and 7, committed later, lies behind it for ever. So the order is (transaction id, position),
 * and only ids below every transaction that is still running are read: nothing can appear any more among or before them. The price: a long writing
 * transaction anywhere on the server, in other databases too, delays the feed until it ends.
 */
export async function readFeed(
  sql: HandbookSql,
  after: HandbookCursor | null,
  limit: number,
): Promise<FeedReading> {
  const place = after === null ? FEED_START : readPlace(after);
  const epoch = await currentEpoch(sql, place);
  if (after !== null && after.epoch !== epoch) {
    return { epochChanged: true, cursor: writeCursor(epoch, FEED_START), entries: [], more: false };
  }
  const { rows } = await sql.query<FeedEntry & FeedPlace>(
    `select record_id as "recordId", entity, version, xid::text as xid, position::text as position
       from handbook.feed
      where (xid, position) > ($1::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
      order by feed.xid, feed.position
      limit $3`,
    [place.xid, place.position, limit + 1],
  );
  const entries = rows.slice(0, limit);
  return {
    epochChanged: false,
    cursor: writeCursor(epoch, entries.at(-1) ?? place),
    entries: entries.map(({ recordId, entity, version }) => ({ recordId, entity, version })),
    more: rows.length > limit,
  };
}
