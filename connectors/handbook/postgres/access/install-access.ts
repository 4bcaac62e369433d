import { createHash } from 'node:crypto';
import type { AccessRules, EntityAccess } from '../../access-rules.ts';
import type { HandbookSql, HandbookTx } from '../handbook-sql.ts';

/** Records whose audience is made anew in one transaction. */
const BATCH = 2_000;

/**
 * Makes the store's rules these. Where they differ from those that are there, every live record's audience is made anew; one that a crash
 * left behind is seen by services alone until the next start. Repeatable.
 */
export async function installAccess(sql: HandbookSql, rules: AccessRules): Promise<void> {
  const version = await sql.transaction((tx) => replaceRules(tx, rules));
  for (let left = BATCH; left === BATCH; ) {
    const { rowCount } = await sql.query(
      `update handbook.record set access_version = -1
        where record_id in (select record_id from handbook.record where access_version <> $1 and state = 'live' limit ${BATCH})`,
      [version],
    );
    left = rowCount;
  }
}

async function replaceRules(tx: HandbookTx, rules: AccessRules): Promise<number> {
  const digest = createHash('sha256').update(JSON.stringify(rules)).digest('hex');
  const { rows } = await tx.query<{ version: number; digest: string }>(
    'select version, digest from handbook.access_setting for update',
  );
  const known = rows[0] ?? { version: 0, digest: '' };
  if (known.digest === digest) return known.version;
  const { tree, member } = rules;
  await tx.query(
    `update handbook.access_setting
        set version = version + 1, digest = $1, tree_entity = $2, parent_field = $3, from_field = $4, to_field = $5,
            member_entity = $6, cell_field = $7, status_field = $8, active_statuses = $9`,
    [
      digest,
      tree.entity,
      tree.parent,
      tree.from,
      tree.to,
      member.entity,
      member.cell,
      member.status,
      member.active,
    ],
  );
  await tx.query('delete from handbook.access_rule');
  await tx.query(
    `insert into handbook.access_rule
     select * from jsonb_populate_recordset(null::handbook.access_rule, $1::jsonb)`,
    [JSON.stringify(Object.entries(rules.entities).map(([entity, access]) => ruleRow(entity, access)))],
  );
  return known.version + 1;
}

function ruleRow(entity: string, { everyone, owner, within, scope, through, sort, search }: EntityAccess) {
  const chained = typeof within === 'object' ? within : null;
  return {
    entity,
    everyone,
    owner_field: owner ?? null,
    within_field: typeof within === 'string' ? within : (chained?.via ?? null),
    within_entity: chained?.entity ?? null,
    within_entity_field: chained?.field ?? null,
    scope_field: scope ?? null,
    through_entity: through?.entity ?? null,
    through_field: through?.field ?? null,
    sort_field: sort?.field ?? null,
    sort_by_name: sort?.by === 'name',
    search_fields: search,
  };
}
