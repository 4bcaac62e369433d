import { HandbookError, type HandbookCursor } from '../../port.ts';

/** A place in the feed. Both parts are unsigned 64 bit numbers, so they stay text. */
export interface FeedPlace {
  readonly xid: string;
  readonly position: string;
}

export const FEED_START: FeedPlace = { xid: '0', position: '0' };

const POSITION = /^(\d{1,20})\.(\d{1,19})$/;

export function writeCursor(epoch: string, { xid, position }: FeedPlace): HandbookCursor {
  return { epoch, position: `${xid}.${position}` };
}

/** Throws `bad-request` for a position that no feed gave out. */
export function readPlace(cursor: HandbookCursor): FeedPlace {
  const parts = POSITION.exec(cursor.position);
  const [, xid, position] = parts ?? [];
  if (
    xid === undefined ||
    position === undefined ||
    BigInt(xid) >= 2n ** 64n ||
    BigInt(position) >= 2n ** 63n
  ) {
    throw new HandbookError(
      'bad-request',
      'The cursor is not one that the handbook gave out: start over without a cursor',
    );
  }
  return { xid, position };
}
