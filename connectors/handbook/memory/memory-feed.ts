import { FEED_START, readPlace, writeCursor } from '../postgres/feed/cursor.ts';
import type { FeedEntry, FeedReading } from '../postgres/feed/read-feed.ts';
import type { HandbookCursor } from '../port.ts';
import type { MemoryRecords } from './memory-records.ts';

/** As the PostgreSQL feed, where every change is committed at once: the position alone is the order. */
export function readMemoryFeed(
  records: MemoryRecords,
  after: HandbookCursor | null,
  limit: number,
): FeedReading {
  const { epoch } = records;
  const place = after === null ? FEED_START : readPlace(after);
  if (after !== null && after.epoch !== epoch)
    return { epochChanged: true, cursor: writeCursor(epoch, FEED_START), entries: [], more: false };
  const from = Number(place.position);
  const later = [...records.positions]
    .filter(([, position]) => position > from)
    .sort(([, one], [, other]) => one - other);
  const page = later.slice(0, limit);
  const entries = page.flatMap(([recordId]): FeedEntry[] => {
    const row = records.rows.get(recordId);
    return row ? [{ recordId, entity: row.entity, version: row.version }] : [];
  });
  const last = page.at(-1)?.[1] ?? from;
  return {
    epochChanged: false,
    cursor: writeCursor(epoch, { xid: place.xid, position: String(last) }),
    entries,
    more: later.length > page.length,
  };
}
