import type { JournalRow } from '../../port.ts';
import type { SqlExecutor } from '../../pool/sql-pool.ts';
import { isoOf } from '../instant.ts';
import { GENESIS, type JournalHead } from '../journal-chain.ts';
import { batchJson, valueJson } from '../storable-text.ts';

const ROWS = `
  select j.link_id as "linkId", j.sequence, j.at, j.pass_id as "passId", j.pair_id as "pairId",
    j.record_id as "recordId", j.unid, j.event, j.rule, j.fields, j.digest, j.by_person as "by", j.reason,
    j.previous_hash as "previousHash", j.hash
  from bridge.journal j`;

type StoredRow = Omit<JournalRow, 'at'> & { readonly at: Date };

function toJournalRow(row: StoredRow): JournalRow {
  return { ...row, at: isoOf(row.at) };
}

/** End of the link's chain, locked until the transaction ends: appends of a link come one after the other. */
export async function lockJournalHead(db: SqlExecutor, linkId: string): Promise<JournalHead> {
  const { rows } = await db.query<JournalHead>(
    `insert into bridge.journal_head as h (link_id, sequence, hash) values ($1, $2, $3)
     on conflict (link_id) do update set sequence = h.sequence
     returning h.sequence, h.hash`,
    [linkId, GENESIS.sequence, GENESIS.hash],
  );
  const head = rows[0];
  if (head === undefined)
    throw new Error(
      `The journal of link ${linkId} has no head: check the triggers and rules on bridge.journal_head`,
    );
  return head;
}

/** Rows are chained already; the last one becomes the head. */
export async function insertJournalRows(
  db: SqlExecutor,
  linkId: string,
  rows: readonly JournalRow[],
  head: JournalHead,
): Promise<void> {
  const batch = rows.map((row) => ({ ...row, fields: valueJson(row.fields) }));
  await db.query(
    `with moved as (update bridge.journal_head set sequence = $3, hash = $4 where link_id = $2)
     insert into bridge.journal (link_id, sequence, at, pass_id, pair_id, record_id, unid, event, rule, fields, digest,
       by_person, reason, previous_hash, hash)
     select $2, r.sequence, r.at, r."passId", r."pairId", r."recordId", r.unid, r.event, r.rule, r.fields::json, r.digest,
       r."by", r.reason, r."previousHash", r.hash
     from jsonb_to_recordset($1::jsonb) as r (sequence bigint, at timestamptz, "passId" text, "pairId" text,
       "recordId" text, unid text, event text, rule text, fields text, digest text, "by" text, reason text,
       "previousHash" text, hash text)`,
    [batchJson(batch), linkId, head.sequence, head.hash],
  );
}

export async function journalAfter(
  db: SqlExecutor,
  linkId: string,
  afterSequence: number,
  limit: number,
): Promise<readonly JournalRow[]> {
  const { rows } = await db.query<StoredRow>(
    `${ROWS} where j.link_id = $1 and j.sequence > $2 order by j.sequence limit $3`,
    [linkId, afterSequence, limit],
  );
  return rows.map(toJournalRow);
}

/** Ascending by sequence. */
export async function journalOfPair(db: SqlExecutor, pairId: string): Promise<readonly JournalRow[]> {
  const { rows } = await db.query<StoredRow>(`${ROWS} where j.pair_id = $1 order by j.sequence`, [pairId]);
  return rows.map(toJournalRow);
}

export async function effectsSince(
  db: SqlExecutor,
  linkId: string,
  since: string,
): Promise<{ readonly deletes: number; readonly updates: number }> {
  const { rows } = await db.query<{ deletes: number; updates: number }>(
    `select count(*) filter (where j.event in ('remove-record', 'delete-note', 'hide-record')) as deletes,
       count(*) filter (where j.event in ('update-record', 'update-note')) as updates
     from bridge.journal j
     where j.link_id = $1 and j.at >= $2::timestamptz
       and j.event in ('remove-record', 'delete-note', 'hide-record', 'update-record', 'update-note')`,
    [linkId, since],
  );
  return rows[0] ?? { deletes: 0, updates: 0 };
}
