import type { LinkRow } from '../../port.ts';
import type { SqlExecutor } from '../../pool/sql-pool.ts';

const COLUMNS: Readonly<Record<keyof Omit<LinkRow, 'linkId' | 'replicaSet' | 'handbookCursor'>, string>> = {
  mode: 'mode text',
  pausedPull: 'paused_pull boolean',
  pausedPush: 'paused_push boolean',
  approved: 'approved boolean',
  brakeUpdates: 'brake_updates text',
  brakeDeletes: 'brake_deletes text',
  releasedUntil: 'released_until timestamptz',
  activeInstance: 'active_instance text',
  wantedInstance: 'wanted_instance text',
  mappingsKnown: 'mappings_known text',
  mappingChanged: 'mapping_changed boolean',
  announced: 'announced json',
  suspect: 'suspect text',
  suspectAt: 'suspect_at timestamptz',
  sweepAfter: 'sweep_after text',
  sweepDue: 'sweep_due boolean',
  sweptAt: 'swept_at timestamptz',
  pulledAt: 'pulled_at timestamptz',
  pushedAt: 'pushed_at timestamptz',
  failures: 'failures integer',
  failedAt: 'failed_at timestamptz',
  failureCode: 'failure_code text',
  restsUntil: 'rests_until timestamptz',
};

const assignments = [
  ...Object.entries(COLUMNS).map(([member, column]) => {
    const [name, type] = column.split(' ');
    return `${name} = case when j ? '${member}' then (j ->> '${member}')::${type} else l.${name} end`;
  }),
  ...['epoch', 'position'].map(
    (part) =>
      `cursor_${part} = case when j ? 'handbookCursor' then j -> 'handbookCursor' ->> '${part}' else l.cursor_${part} end`,
  ),
].join(', ');

/** Members left out stay. False: there is no such link. */
export async function patchLink(
  db: SqlExecutor,
  linkId: string,
  patch: Partial<Omit<LinkRow, 'linkId' | 'replicaSet'>>,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update bridge.link l set ${assignments} from (select $2::jsonb as j) patch where l.link_id = $1`,
    [linkId, JSON.stringify(patch)],
  );
  return rowCount === 1;
}
