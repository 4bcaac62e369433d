import type { Intent } from '../../../../src/sync/pair.ts';
import type { SqlExecutor } from '../../pool/sql-pool.ts';
import { isoOf } from '../instant.ts';
import { lastOfEach } from '../once-per-key.ts';
import { batchJson, valueJson } from '../storable-text.ts';

type IntentRow = Omit<Intent, 'settlesAt'> & { readonly settlesAt: Date };

/** In the order of pair id, then op id. */
export async function intentsOfPairs(
  db: SqlExecutor,
  pairIds: readonly string[],
): Promise<readonly Intent[]> {
  const { rows } = await db.query<IntentRow>(
    `select i.op_id as "opId", i.pair_id as "pairId", i.side, i.kind, i.fields, i.fence, i.settles_at as "settlesAt"
     from bridge.intent i where i.pair_id = any ($1::text[]) order by i.pair_id, i.op_id`,
    [pairIds],
  );
  return rows.map((row) => ({ ...row, settlesAt: isoOf(row.settlesAt) }));
}

/** An intent with a known op id replaces it. */
export async function putIntents(db: SqlExecutor, intents: readonly Intent[]): Promise<void> {
  const batch = lastOfEach(intents, (intent) => intent.opId).map((intent) => ({
    op_id: intent.opId,
    pair_id: intent.pairId,
    side: intent.side,
    kind: intent.kind,
    fields: valueJson(intent.fields),
    fence: intent.fence,
    settles_at: intent.settlesAt,
  }));
  await db.query(
    `insert into bridge.intent (op_id, pair_id, side, kind, fields, fence, settles_at)
     select r.op_id, r.pair_id, r.side, r.kind, r.fields::json, r.fence, r.settles_at
     from jsonb_to_recordset($1::jsonb) as r (op_id text, pair_id text, side text, kind text, fields text, fence bigint,
       settles_at timestamptz)
     on conflict (op_id) do update set pair_id = excluded.pair_id, side = excluded.side, kind = excluded.kind,
       fields = excluded.fields, fence = excluded.fence, settles_at = excluded.settles_at`,
    [batchJson(batch)],
  );
}

export async function deleteIntents(db: SqlExecutor, opIds: readonly string[]): Promise<void> {
  await db.query(`delete from bridge.intent where op_id = any ($1::text[])`, [opIds]);
}
