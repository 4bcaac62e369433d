import type { SqlExecutor } from '../../pool/sql-pool.ts';

/** The version stays: who erases also patches the pair in the same transaction, which defeats those who read the content before. */
export async function erasePairs(db: SqlExecutor, pairIds: readonly string[]): Promise<void> {
  await db.query(
    `with locked as materialized (
       select p.id from bridge.pair p where p.id = any ($1::text[]) order by p.id for update
     )
     update bridge.pair p set base = '{}', base_mapping = '', key = null, parent_key = null
     from locked l where p.id = l.id`,
    [pairIds],
  );
}

export async function deleteIntentsOfPairs(db: SqlExecutor, pairIds: readonly string[]): Promise<void> {
  await db.query(`delete from bridge.intent where pair_id = any ($1::text[])`, [pairIds]);
}

/** A choice that names no side may quote a value. */
export async function eraseConflicts(
  db: SqlExecutor,
  pairIds: readonly string[],
  at: Date,
  keepLosers: boolean,
): Promise<void> {
  await db.query(
    `update bridge.conflict set base = null, notes = null, handbook = null, state = 'obsolete',
       closed_at = coalesce(closed_at, $2),
       choice = case when choice in ('notes', 'handbook', 'merged') then choice end
     where pair_id = any ($1::text[]) and not ($3 and kind = 'edit-against-delete' and winner = 'handbook')`,
    [pairIds, at, keepLosers],
  );
}

export async function eraseQuarantine(db: SqlExecutor, pairIds: readonly string[]): Promise<void> {
  await db.query(
    `update bridge.quarantine set detail = '' where pair_id = any ($1::text[]) and detail <> ''`,
    [pairIds],
  );
}

/** What remains says that something was to happen and why, no longer to which fields. */
export async function erasePreviewEntries(db: SqlExecutor, pairIds: readonly string[]): Promise<void> {
  await db.query(`update bridge.preview_entry set fields = '[]' where pair_id = any ($1::text[])`, [pairIds]);
}

export async function destroyJournalKeys(db: SqlExecutor, pairIds: readonly string[]): Promise<void> {
  await db.query(
    `delete from bridge.journal_key k using bridge.pair p
     where p.id = any ($1::text[]) and k.record_id = p.record_id`,
    [pairIds],
  );
}
