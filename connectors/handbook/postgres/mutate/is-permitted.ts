import type { AccessRules, EntityAccess, Writer } from '../../access-rules.ts';
import type { Mutation } from '../../members-port.ts';
import type { Viewer } from '../../readers-port.ts';
import type { HandbookTx } from '../handbook-sql.ts';

/** How the viewer stands to a record; where it is hidden, deleted or withdrawn, to what it last was. */
interface Standing {
  readonly entity: string;
  readonly owner: boolean;
  readonly within: boolean;
}

/**
 * Services do everything that the mapping lets the handbook do; people what the entity's rules name, with records that are theirs before the change
 * and after it.
 */
export async function isPermitted(
  tx: HandbookTx,
  rules: AccessRules,
  viewer: Viewer,
  mutation: Mutation,
): Promise<boolean> {
  if (viewer.role === 'app') return true;
  const access = rules.entities[mutation.entity];
  const writers = access?.write[mutation.kind] ?? [];
  if (access === undefined || writers.length === 0) return false;
  const isCreate = mutation.kind === 'create';
  const standing = await selectStanding(tx, viewer, mutation.recordId);
  if (standing === null && !isCreate) return false;
  if (standing !== null && standing.entity !== mutation.entity) return false;
  const before = writers.filter((writer) => standing === null || standing[writer]);
  // A repeated creation: what it says was looked at when it was new.
  if (standing !== null && isCreate) return before.length > 0;
  for (const writer of before) if (await stays(tx, writer, access, viewer, mutation)) return true;
  return false;
}

/** Whether the record would be the viewer's afterwards: a new one must say whose it is, a change may leave it out. */
async function stays(
  tx: HandbookTx,
  writer: Writer,
  access: EntityAccess,
  viewer: Viewer,
  { kind, fields }: Mutation,
): Promise<boolean> {
  const isCreate = kind === 'create';
  if (writer === 'within') return isWithin(tx, access, viewer, fields, isCreate);
  if (access.owner === undefined) return false;
  return Object.hasOwn(fields, access.owner) ? fields[access.owner] === viewer.memberKey : !isCreate;
}

async function isWithin(
  tx: HandbookTx,
  { within }: EntityAccess,
  viewer: Viewer,
  fields: Mutation['fields'],
  isCreate: boolean,
): Promise<boolean> {
  if (viewer.role !== 'secretary' || within === undefined) return false;
  const name = typeof within === 'string' ? within : within.via;
  if (!Object.hasOwn(fields, name)) return !isCreate;
  if (typeof within === 'string') return fields[name] === viewer.organisationCode;
  const parent = fields[name];
  if (typeof parent !== 'string') return false;
  const { rows } = await tx.query<{ same: boolean }>(
    `select fields ->> $3 = $4 as same from handbook.record where entity = $1 and key = $2 and state = 'live'`,
    [within.entity, parent, within.field, viewer.organisationCode],
  );
  return rows[0]?.same === true;
}

async function selectStanding(tx: HandbookTx, viewer: Viewer, recordId: string): Promise<Standing | null> {
  const { rows } = await tx.query<Standing>(
    `select entity,
            coalesce(handbook.audience_token('m', $2) = any(audience), false) as owner,
            coalesce(handbook.audience_token('w', $3) = any(audience), false) as within
       from handbook.record where record_id = handbook.as_id($1)`,
    [recordId, viewer.memberKey, viewer.role === 'secretary' ? viewer.organisationCode : null],
  );
  return rows[0] ?? null;
}
