import { z } from 'zod';
import type { AccessRules } from '../../access-rules.ts';
import { HandbookError } from '../../port.ts';
import type { FeedChange, ReaderFeedPage, Rights } from '../../readers-port.ts';
import { type FeedPlace, FEED_START } from '../feed/cursor.ts';
import { currentEpoch } from '../feed/epoch.ts';
import type { HandbookSql } from '../handbook-sql.ts';
import type { CursorSeal } from './cursor-seal.ts';
import { type FeedRow, selectFeed, selectFeedEnd } from './select-feed.ts';
import { plainRecord, sightOf } from './visible.ts';

const digits = z.string().regex(/^\d{1,20}$/);
const place = z.strictObject({ xid: digits, position: digits });
const cursorSchema = z.strictObject({
  epoch: z.string(),
  rights: z.string(),
  at: place,
  began: place,
});
type FeedCursor = z.infer<typeof cursorSchema>;

/**
 * One page of the feed as the reader may see it. The cursor moves past everything that was looked at, also past what is hidden from the reader, and
 * tells nothing of it: it is encrypted. A cursor of other rights, or of a database that has been restored since, answers `resync`.
 */
export async function readFeedFor(
  sql: HandbookSql,
  rules: AccessRules,
  seal: CursorSeal,
  rights: Rights,
  after: string | null,
  limit: number,
): Promise<ReaderFeedPage> {
  const scope = ['feed', rights.viewer.accountId, rights.viewer.memberKey];
  const given = after === null ? null : readCursor(seal.open(after, scope));
  const epoch = await currentEpoch(sql, given?.at ?? FEED_START);
  if (given !== null && given.epoch !== epoch) return { kind: 'resync', reason: 'restored' };
  if (given !== null && given.rights !== rights.fingerprint) return { kind: 'resync', reason: 'rights' };
  const end = await selectFeedEnd(sql);
  const at = given?.at ?? FEED_START;
  const began = given?.began ?? end;
  const rows = await selectFeed(sql, sightOf(rights, rules, null), { after: at, end, began, limit });
  const told = rows.slice(0, limit);
  const more = rows.length > limit;
  const next: FeedPlace = more ? (told.at(-1) ?? at) : later(at, end);
  const cursor: FeedCursor = {
    epoch,
    rights: rights.fingerprint,
    at: { xid: next.xid, position: next.position },
    began,
  };
  return { kind: 'changes', changes: told.map(change), cursor: seal.seal(cursor, scope), more };
}

function change({ shown, ...row }: FeedRow): FeedChange {
  const record = plainRecord(row);
  const { recordId, entity } = record;
  return shown ? { kind: 'changed', record } : { kind: 'removed', recordId, entity };
}

/** The end lies before the cursor where another transaction holds the feed back. */
function later(a: FeedPlace, b: FeedPlace): FeedPlace {
  const [ax, bx] = [BigInt(a.xid), BigInt(b.xid)];
  return ax > bx || (ax === bx && BigInt(a.position) > BigInt(b.position)) ? a : b;
}

function readCursor(opened: unknown): FeedCursor {
  const parsed = cursorSchema.safeParse(opened);
  if (!parsed.success)
    throw new HandbookError('bad-request', 'The cursor is of another version: start without one');
  return parsed.data;
}
