import type { FieldValue } from '../../../../src/sync/values.ts';
import type { NewConflict, SyncTx } from '../../port.ts';
import type { SqlExecutor } from '../../pool/sql-pool.ts';
import { batchJson, valueJson } from '../storable-text.ts';

/**
 * Rows must differ in (pair, field). A clash already on record (same dedupe, any state) is left alone; else the field's open row takes the
 * newest values, and its state follows the new winner; else a row is added.
 */
export async function putConflicts(db: SqlExecutor, conflicts: readonly NewConflict[]): Promise<void> {
  await db.query(
    `with fresh as materialized (
       select r.*, case when r.winner is null then 'open' else 'settled' end as state
       from jsonb_to_recordset($1::jsonb) as r (id text, pair_id text, link_id text, at timestamptz, dedupe text,
         kind text, field text, base text, notes text, handbook text, policy text, winner text)
       where not exists (
         select 1 from bridge.conflict k where k.pair_id = r.pair_id and k.field = r.field and k.dedupe = r.dedupe)
     ), updated as (
       update bridge.conflict c set at = f.at, dedupe = f.dedupe, kind = f.kind, base = f.base::json,
         notes = f.notes::json, handbook = f.handbook::json, policy = f.policy, winner = f.winner, state = f.state
       from fresh f
       where c.pair_id = f.pair_id and c.field = f.field and c.state = 'open'
       returning c.pair_id, c.field
     )
     insert into bridge.conflict (id, pair_id, link_id, at, dedupe, kind, field, base, notes, handbook, policy, winner, state)
     select f.id, f.pair_id, f.link_id, f.at, f.dedupe, f.kind, f.field, f.base::json, f.notes::json, f.handbook::json,
       f.policy, f.winner, f.state
     from fresh f
     where not exists (select 1 from updated u where u.pair_id = f.pair_id and u.field = f.field)
     on conflict do nothing`,
    [
      batchJson(
        conflicts.map((conflict) => ({
          id: conflict.id,
          pair_id: conflict.pairId,
          link_id: conflict.linkId,
          at: conflict.at,
          dedupe: conflict.dedupe,
          kind: conflict.kind,
          field: conflict.field,
          base: textOf(conflict.base),
          notes: textOf(conflict.notes),
          handbook: textOf(conflict.handbook),
          policy: conflict.policy,
          winner: conflict.winner,
        })),
      ),
    ],
  );
}

function textOf(value: FieldValue | undefined): string | null {
  return value === undefined ? null : valueJson(value);
}

/** Open and settled rows only: a decision is taken once. */
export async function closeConflicts(
  db: SqlExecutor,
  ids: readonly string[],
  how: Parameters<SyncTx['closeConflicts']>[1],
): Promise<void> {
  await db.query(
    `update bridge.conflict set state = $2, choice = $3, closed_by = $4, closed_at = $5
     where id = any ($1::text[]) and (state in ('open', 'settled') or $6 and state = 'resolved')`,
    [ids, how.state, how.choice, how.by, how.at, how.anew ?? false],
  );
}
