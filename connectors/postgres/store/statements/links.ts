import type { LinkMode, LinkRow } from '../../port.ts';
import type { SqlExecutor } from '../../pool/sql-pool.ts';
import { isoOrNull } from '../instant.ts';

const LINKS = `
  select l.link_id as "linkId", l.replica_set as "replicaSet", l.mode, l.paused_pull as "pausedPull",
    l.paused_push as "pausedPush", l.approved, l.brake_updates as "brakeUpdates", l.brake_deletes as "brakeDeletes",
    l.released_until as "releasedUntil", l.cursor_epoch as epoch, l.cursor_position as position,
    l.active_instance as "activeInstance", l.wanted_instance as "wantedInstance", l.mappings_known as "mappingsKnown", l.mapping_changed as "mappingChanged", l.announced,
    l.suspect, l.suspect_at as "suspectAt", l.sweep_after as "sweepAfter", l.sweep_due as "sweepDue", l.swept_at as "sweptAt", l.pulled_at as "pulledAt",
    l.pushed_at as "pushedAt", l.failures, l.failed_at as "failedAt", l.failure_code as "failureCode",
    l.rests_until as "restsUntil"
  from bridge.link l`;

type Instants =
  | 'releasedUntil'
  | 'suspectAt'
  | 'sweptAt'
  | 'pulledAt'
  | 'pushedAt'
  | 'failedAt'
  | 'restsUntil';
type StoredLink = Omit<LinkRow, Instants | 'handbookCursor'> &
  Readonly<Record<Instants, Date | null>> & {
    readonly epoch: string | null;
    readonly position: string | null;
  };

function toLink({ epoch, position, ...row }: StoredLink): LinkRow {
  return {
    ...row,
    releasedUntil: isoOrNull(row.releasedUntil),
    handbookCursor: epoch === null || position === null ? null : { epoch, position },
    suspectAt: isoOrNull(row.suspectAt),
    sweptAt: isoOrNull(row.sweptAt),
    pulledAt: isoOrNull(row.pulledAt),
    pushedAt: isoOrNull(row.pushedAt),
    failedAt: isoOrNull(row.failedAt),
    restsUntil: isoOrNull(row.restsUntil),
  };
}

export async function allLinks(db: SqlExecutor): Promise<readonly LinkRow[]> {
  const { rows } = await db.query<StoredLink>(`${LINKS} order by l.link_id`);
  return rows.map(toLink);
}

export async function linkById(db: SqlExecutor, linkId: string): Promise<LinkRow | null> {
  const { rows } = await db.query<StoredLink>(`${LINKS} where l.link_id = $1`, [linkId]);
  return rows[0] === undefined ? null : toLink(rows[0]);
}

/** False: the link is known with another replica set and has pairs in it. */
export async function putLink(
  db: SqlExecutor,
  linkId: string,
  mode: LinkMode,
  replicaSet: string,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into bridge.link as l (link_id, mode, replica_set) values ($1, $2, $3)
     on conflict (link_id) do update set mode = excluded.mode, replica_set = excluded.replica_set
     where l.replica_set = excluded.replica_set
       or not exists (select 1 from bridge.pair p where p.link_id = excluded.link_id)`,
    [linkId, mode, replicaSet],
  );
  return rowCount === 1;
}
