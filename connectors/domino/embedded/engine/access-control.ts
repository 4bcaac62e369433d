import * as z from 'zod';
import { EngineError } from './engine-error.ts';
import type { EngineQuirks } from './engine-quirks.ts';
import { ACCESS_LEVELS, type AccessLevel, foldName, isWithin, type NotesIdentity } from './identity.ts';

/** What an entry may stand for; a group's entry never applies to a person of the same name, nor the other way round. */
export const ENTRY_KINDS = [
  'unspecified',
  'person',
  'server',
  'mixed-group',
  'person-group',
  'server-group',
] as const;

const role = z.string().regex(/^[^[\]]+$/u, { error: 'a role is written without brackets here' });

const entrySchema = z.strictObject({
  // A name in either spelling, a group, a wildcard such as "*/OU=Chi bo 1/O=Party", "-Default-" or "Anonymous".
  name: z.string().min(1),
  kind: z.enum(ENTRY_KINDS).default('unspecified'),
  level: z.enum(ACCESS_LEVELS),
  /** The right to create documents; counts for authors only: depositors and editors always have it. */
  creates: z.boolean().default(true),
  deletes: z.boolean().default(false),
  roles: z.array(role).default([]),
  /** Other privileges that were set, by the name that they were given. Kept; nothing here asks for them. */
  otherRights: z.array(z.string()).default([]),
});

export const aclSchema = z.strictObject({
  entries: z.array(entrySchema),
  /** All roles of the database. */
  roles: z.array(role).default([]),
});

export type AclEntry = z.infer<typeof entrySchema>;
export type AccessControlList = z.infer<typeof aclSchema>;

export const DEFAULT_ENTRY = '-Default-';

/** Throws `rejected` for a list that Domino would not take: no `-Default-`, no manager, a name twice, a role that the database does not have. */
export function checkedAcl(given: unknown): AccessControlList {
  const parsed = aclSchema.safeParse(given);
  if (!parsed.success) throw new EngineError('rejected', `not an ACL: ${z.prettifyError(parsed.error)}`);
  const acl = parsed.data;
  const names = acl.entries.map(({ name }) => foldName(name));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  const known = new Set(acl.roles.map((one) => one.toLowerCase()));
  const unknown = acl.entries.flatMap(({ roles }) => roles).find((one) => !known.has(one.toLowerCase()));
  const wrong =
    (names.includes(foldName(DEFAULT_ENTRY)) ? null : `it needs an entry for ${DEFAULT_ENTRY}`) ??
    (acl.entries.some(({ level }) => level === 'manager') ? null : 'it needs at least one manager') ??
    (twice === undefined ? null : `"${twice}" is in it twice`) ??
    (unknown === undefined ? null : `the database has no role "${unknown}"`);
  if (wrong !== null) throw new EngineError('rejected', `cannot set the ACL: ${wrong}`);
  return acl;
}

/**
 * The identity with the rights that the list gives it: level, roles, the rights to create and delete. What the identity itself says of its
 * level and rights is an upper limit. `groups` are all that the name is a member of.
 */
export function identityByAcl(
  acl: AccessControlList,
  identity: NotesIdentity,
  groups: readonly string[],
  rule: EngineQuirks['explicitEntry'],
): NotesIdentity {
  const entries = entriesFor(acl, identity.name, groups, rule);
  const level = (entry: AclEntry): number => ACCESS_LEVELS.indexOf(entry.level);
  const own = Math.max(...entries.map(level));
  const highest = entries.filter((entry) => level(entry) === own);
  const limit = ACCESS_LEVELS.indexOf(identity.access ?? 'manager');
  return {
    name: identity.name,
    groups,
    roles: [...new Set(entries.flatMap(({ roles }) => roles))],
    access: ACCESS_LEVELS[Math.min(own, limit)] as AccessLevel,
    creates: identity.creates !== false && highest.some(({ creates }) => creates),
    deletes: identity.deletes !== false && highest.some(({ deletes }) => deletes),
  };
}

/** The entries that decide, one at least. */
function entriesFor(
  acl: AccessControlList,
  name: string,
  groups: readonly string[],
  rule: EngineQuirks['explicitEntry'],
): readonly AclEntry[] {
  const own = foldName(name);
  const memberOf = new Set(groups.map(foldName));
  const explicit = acl.entries.filter((entry) => !isGroupKind(entry) && foldName(entry.name) === own);
  const shared = acl.entries.filter(
    (entry) =>
      (isGroupKind(entry) || entry.kind === 'unspecified') &&
      (memberOf.has(foldName(entry.name)) || (entry.name.startsWith('*') && isWithin(name, entry.name))),
  );
  if (explicit.length > 0) return rule === 'outweighs' ? explicit : [...explicit, ...shared];
  if (shared.length > 0) return shared;
  const fallback = acl.entries.filter((entry) => foldName(entry.name) === foldName(DEFAULT_ENTRY));
  return fallback.length > 0 ? fallback : [NOBODY];
}

const NOBODY: AclEntry = {
  name: DEFAULT_ENTRY,
  kind: 'unspecified',
  level: 'none',
  creates: false,
  deletes: false,
  roles: [],
  otherRights: [],
};

function isGroupKind({ kind }: AclEntry): boolean {
  return kind.endsWith('group');
}
