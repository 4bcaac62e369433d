import type { SqlExecutor } from '../pool/sql-pool.ts';
import { storableTexts } from '../store/storable-text.ts';
import type { DocumentFilter, DocumentHead, DocumentState } from '../watch-port.ts';
import { TO_NOTES, WAITING } from './summaries.ts';

const HEADS = `select p.id as "pairId", p.link_id as "linkId", p.unid, p.record_id as "recordId", p.entity, p.form, p.key,
  p.status, p.reason, p.blocked, p.pending from bridge.pair p`;

const CONDITION: Readonly<Record<DocumentState, string>> = {
  waiting: WAITING,
  'waiting-handbook': `${WAITING} and not ${TO_NOTES}`,
  'waiting-notes': `${WAITING} and ${TO_NOTES}`,
  live: `p.status = 'live'`,
  withheld: `p.status = 'withheld'`,
  withdrawn: `p.status = 'withdrawn'`,
  missing: `p.status = 'missing'`,
  detached: `p.status = 'detached'`,
  tombstone: `p.status = 'tombstone'`,
  held: `p.pending and p.blocked = 'held'`,
};

export async function documentsOf(
  db: SqlExecutor,
  { linkId, state, reason, after, limit }: DocumentFilter,
): Promise<readonly DocumentHead[]> {
  const { rows } = await db.query<DocumentHead>(
    `${HEADS} where ($1::text is null or p.link_id = $1) and ($2::text is null or p.reason = $2)
       and ($3::text is null or p.id > $3) and (${state === null ? 'true' : CONDITION[state]})
     order by p.id limit $4`,
    [linkId, reason, after, limit],
  );
  return rows;
}

/** Identifiers first, by their indexes; only where none fits, the values are read through. */
export async function findDocuments(
  db: SqlExecutor,
  query: string,
  limit: number,
): Promise<readonly DocumentHead[]> {
  const [text = ''] = storableTexts([query.trim().normalize('NFC')]);
  const { rows } = await db.query<DocumentHead>(
    `select * from (
       (${HEADS} where p.unid = any ($1::text[]) limit $2) union
       (${HEADS} where p.record_id = any ($3::text[]) limit $2) union
       (${HEADS} where p.id = any ($3::text[]) limit $2) union
       (${HEADS} where p.entity in (select distinct entity from bridge.pair) and p.key = any ($4::text[]) limit $2)
     ) found order by "pairId" limit $2`,
    [[text.toUpperCase().replaceAll(/[^0-9A-F]/g, '')], limit, [text.toLowerCase()], [text]],
  );
  if (rows.length > 0 || text.length < 2) return rows;
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const named = await db.query<DocumentHead>(
    `${HEADS} where p.base::text ilike $1 or p.key ilike $1 order by p.id limit $2`,
    [pattern, limit],
  );
  return named.rows;
}
