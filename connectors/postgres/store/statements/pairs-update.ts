import type { Token } from '../../../../src/sync/note.ts';
import type { Blocked } from '../../../../src/sync/pair.ts';
import type { PairPatch } from '../../port.ts';
import type { SqlExecutor } from '../../pool/sql-pool.ts';
import { tokenText } from '../pair-row.ts';
import { type BatchRow, batchJson, valueJson } from '../storable-text.ts';

/** Columns that a patch may set to null; which ones it does is said in `clear`, since a member left out also reads as null. */
const NULLABLE = {
  unid: 'unid',
  key: 'key',
  reason: 'reason',
  seenNotes: 'seen_notes',
  syncedNotes: 'synced_notes',
  blocked: 'blocked',
  parentKey: 'parent_key',
} as const satisfies Partial<Record<keyof PairPatch, string>>;

const REQUIRED =
  'entity, form, status, base_mapping, seen_settled, notes_sight, seen_handbook, handbook_sight, synced_handbook, pending';

const assignments = [
  ...Object.values(NULLABLE).map(
    (name) =>
      `${name} = case when '${name}' = any (r.clear) then null else coalesce(r.${name}, p.${name}) end`,
  ),
  ...REQUIRED.split(', ').map((name) => `${name} = coalesce(r.${name}, p.${name})`),
  'base = coalesce(r.base::json, p.base)',
  'effects = coalesce(r.effects::json, p.effects)',
  'version = p.version + 1',
].join(', ');

/**
 * Applies the patches whose version still matches, all or none of each; rows are locked in id order, so that two batches cannot wait for
 * each other in a circle. A patch that would bind a UNID which another pair holds does not match either. Returns the ids applied.
 */
export async function updatePairs(
  db: SqlExecutor,
  patches: readonly PairPatch[],
): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ id: string }>(
    `with patch as materialized (
       select * from jsonb_to_recordset($1::jsonb) as r (id text, version bigint, clear text[], unid text, entity text,
         form text, key text, status text, reason text, base text, base_mapping text, seen_notes text,
         seen_settled boolean, notes_sight text, synced_notes text, seen_handbook bigint, handbook_sight text,
         synced_handbook bigint, pending boolean, blocked text, effects text, parent_key text)
     ), matched as materialized (
       select p.id from bridge.pair p join patch r on r.id = p.id and r.version = p.version
       where r.unid is null or r.unid = p.unid or not exists (
         select 1 from bridge.pair q where q.replica_set = p.replica_set and q.unid = r.unid)
       order by p.id for update of p
     )
     update bridge.pair p set ${assignments}
     from patch r join matched m on m.id = r.id
     where p.id = r.id
     returning p.id`,
    [batchJson(patches.map(batchRow))],
  );
  return new Set(rows.map((row) => row.id));
}

export async function unblockPairs(db: SqlExecutor, linkId: string, reason: Blocked): Promise<number> {
  const { rowCount } = await db.query(
    `with locked as materialized (
       select p.id from bridge.pair p where p.link_id = $1 and p.blocked = $2 order by p.id for update
     )
     update bridge.pair p set blocked = null, version = p.version + 1
     from locked l where p.id = l.id`,
    [linkId, reason],
  );
  return rowCount;
}

function batchRow(patch: PairPatch): BatchRow {
  const clear = Object.entries(NULLABLE)
    .filter(([name]) => patch[name as keyof typeof NULLABLE] === null)
    .map(([, column]) => column);
  return {
    id: patch.id,
    version: patch.version,
    ...(clear.length > 0 && { clear }),
    ...(patch.unid !== undefined && { unid: patch.unid }),
    ...(patch.entity !== undefined && { entity: patch.entity }),
    ...(patch.form !== undefined && { form: patch.form }),
    ...(patch.key !== undefined && { key: patch.key }),
    ...(patch.status !== undefined && { status: patch.status }),
    ...(patch.reason !== undefined && { reason: patch.reason }),
    ...(patch.base !== undefined && { base: valueJson(patch.base) }),
    ...(patch.baseMapping !== undefined && { base_mapping: patch.baseMapping }),
    ...token('seen_notes', patch.seenNotes),
    ...(patch.seenSettled !== undefined && { seen_settled: patch.seenSettled }),
    ...(patch.notesSight !== undefined && { notes_sight: patch.notesSight }),
    ...token('synced_notes', patch.syncedNotes),
    ...(patch.seenHandbook !== undefined && { seen_handbook: patch.seenHandbook }),
    ...(patch.handbookSight !== undefined && { handbook_sight: patch.handbookSight }),
    ...(patch.syncedHandbook !== undefined && { synced_handbook: patch.syncedHandbook }),
    ...(patch.pending !== undefined && { pending: patch.pending }),
    ...(patch.blocked !== undefined && { blocked: patch.blocked }),
    ...(patch.effects !== undefined && { effects: valueJson(patch.effects) }),
    ...(patch.parentKey !== undefined && { parent_key: patch.parentKey }),
  };
}

function token(column: 'seen_notes' | 'synced_notes', value: Token | null | undefined): BatchRow {
  return value === undefined || value === null ? {} : { [column]: tokenText(value) };
}
