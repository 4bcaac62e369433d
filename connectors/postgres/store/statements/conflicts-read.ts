import type { FieldValue } from '../../../../src/sync/values.ts';
import type { ConflictRow } from '../../port.ts';
import type { SqlExecutor } from '../../pool/sql-pool.ts';
import { isoOf, isoOrNull } from '../instant.ts';

// Values as text: as json the driver would read both SQL NULL (nobody looked) and json null (empty) as null.
const CONFLICTS = `
  select c.id, c.pair_id as "pairId", c.link_id as "linkId", c.at, c.dedupe, c.kind, c.field, c.base::text as base,
    c.notes::text as notes, c.handbook::text as handbook, c.policy, c.winner, c.state, c.closed_by as "closedBy",
    c.closed_at as "closedAt", c.choice, p.unid, p.record_id as "recordId", p.entity
  from bridge.conflict c join bridge.pair p on p.id = c.pair_id`;

type Values = 'base' | 'notes' | 'handbook';
type StoredConflict = Omit<ConflictRow, Values | 'at' | 'closedAt'> &
  Readonly<Record<Values, string | null>> & { readonly at: Date; readonly closedAt: Date | null };

function toConflict(row: StoredConflict): ConflictRow {
  return {
    ...row,
    base: valueOf(row.base),
    notes: valueOf(row.notes),
    handbook: valueOf(row.handbook),
    at: isoOf(row.at),
    closedAt: isoOrNull(row.closedAt),
  };
}

function valueOf(text: string | null): FieldValue | undefined {
  return text === null ? undefined : (JSON.parse(text) as FieldValue);
}

/** In the order of pair id, then field. */
export async function openConflicts(
  db: SqlExecutor,
  pairIds: readonly string[],
): Promise<readonly ConflictRow[]> {
  const { rows } = await db.query<StoredConflict>(
    `${CONFLICTS} where c.pair_id = any ($1::text[]) and c.state = 'open' order by c.pair_id, c.field`,
    [pairIds],
  );
  return rows.map(toConflict);
}

export async function newestConflicts(
  db: SqlExecutor,
  linkId: string | null,
  state: ConflictRow['state'] | null,
  limit: number,
): Promise<readonly ConflictRow[]> {
  const { rows } = await db.query<StoredConflict>(
    `${CONFLICTS} where ($1::text is null or c.link_id = $1) and ($2::text is null or c.state = $2)
     order by c.at desc, c.id desc limit $3`,
    [linkId, state, limit],
  );
  return rows.map(toConflict);
}

export async function conflictById(db: SqlExecutor, id: string): Promise<ConflictRow | null> {
  const { rows } = await db.query<StoredConflict>(`${CONFLICTS} where c.id = $1`, [id]);
  return rows[0] === undefined ? null : toConflict(rows[0]);
}
