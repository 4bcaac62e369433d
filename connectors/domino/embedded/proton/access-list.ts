import * as z from 'zod';
import { type AccessControlList, type AclEntry, ENTRY_KINDS } from '../engine/access-control.ts';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { type AccessLevel, foldName } from '../engine/identity.ts';
import type { Define, Method } from './define-method.ts';
import { notAuthorized } from './domino-db-error.ts';
import { databaseOf, type ProtonCall, requireAccess } from './proton-host.ts';

/** The package's names for levels; names, shapes and casing of all this are known from a community type file only. */
const LEVELS = {
  NO_ACCESS: 'none',
  DEPOSITOR: 'depositor',
  READER: 'reader',
  AUTHOR: 'author',
  EDITOR: 'editor',
  DESIGNER: 'designer',
  MANAGER: 'manager',
} as const satisfies Record<string, AccessLevel>;

const CREATE = 'CREATE_DOCUMENTS';
const DELETE = 'DELETE_DOCUMENTS';

const entrySchema = z.strictObject({
  name: z.string().min(1),
  type: z.enum(ENTRY_KINDS.map(shownKind)).default('UNSPECIFIED'),
  accessLevel: z.enum(Object.keys(LEVELS) as (keyof typeof LEVELS)[]),
  permissions: z.array(z.string().min(1)).default([]),
  roleList: z.array(z.string().min(1)).default([]),
});

const roleNames = z.array(z.string().min(1));

export type ShownEntry = z.infer<typeof entrySchema>;

export interface ShownAcl {
  readonly aclEntryList: readonly ShownEntry[];
  readonly roleList: readonly string[];
}

/** Collects changes; nothing is sent before `apply`. */
export interface AclEditor {
  readonly addRole: (roles: readonly string[]) => AclEditor;
  readonly deleteRole: (roles: readonly string[]) => AclEditor;
  readonly upsertEntry: (entry: unknown) => AclEditor;
  readonly deleteEntry: (name: string) => AclEditor;
  readonly apply: () => Promise<void>;
}

export interface AccessListMethods {
  readonly getACL: Method<ShownAcl>;
  /** Replaces the whole list. */
  readonly setACL: Method<void>;
  readonly editAcl: Method<AclEditor>;
}

type Edit = (acl: AccessControlList) => AccessControlList;

/** Reading the list needs Reader access, changing it Manager. */
export function accessListMethods(define: Define, filePath: string): AccessListMethods {
  const apply = (accessToken: string | undefined, edits: readonly Edit[]) =>
    define('aclEditor.apply', {
      shape: {},
      convert: (options) => options,
      work: (_, call) => {
        const database = managed(call, filePath);
        const before = database.acl ?? { entries: [], roles: [] };
        database.setAcl(edits.reduce((acl, edit) => edit(acl), before));
      },
    })({ accessToken });
  return {
    getACL: define('getACL', {
      shape: {},
      convert: (options) => options,
      work: (_, call) => {
        requireAccess(call, 'reader', 'read the ACL');
        const { acl } = databaseOf(call, filePath);
        return { aclEntryList: acl?.entries.map(shownEntry) ?? [], roleList: acl?.roles ?? [] };
      },
    }),
    setACL: define('setACL', {
      shape: { entries: z.array(entrySchema).min(1), roles: roleNames.optional() },
      convert: ({ entries, roles }) => ({
        entries: entries.map(storedEntry),
        roles: (roles ?? []).map(bareRole),
      }),
      work: (acl, call) => {
        managed(call, filePath).setAcl(acl);
      },
    }),
    editAcl: define('editAcl', {
      shape: {},
      convert: (options) => options,
      work: (_, __, options) =>
        editor((edits) => apply((options as { readonly accessToken?: string }).accessToken, edits), []),
    }),
  };
}

function editor(apply: (edits: readonly Edit[]) => Promise<void>, edits: readonly Edit[]): AclEditor {
  const then = (edit: Edit): AclEditor => editor(apply, [...edits, edit]);
  return {
    addRole: (roles) => {
      const added = roleNames.parse(roles).map(bareRole);
      return then((acl) => ({ ...acl, roles: [...new Set([...acl.roles, ...added])] }));
    },
    deleteRole: (roles) => {
      const gone = roleNames.parse(roles).map(bareRole);
      const left = (all: readonly string[]): string[] => all.filter((one) => !gone.includes(one));
      return then((acl) => ({
        roles: left(acl.roles),
        entries: acl.entries.map((entry) => ({ ...entry, roles: left(entry.roles) })),
      }));
    },
    upsertEntry: (entry) => {
      const stored = storedEntry(entrySchema.parse(entry));
      return then((acl) => ({ ...acl, entries: [...without(acl.entries, stored.name), stored] }));
    },
    deleteEntry: (name) => then((acl) => ({ ...acl, entries: without(acl.entries, name) })),
    apply: async () => apply(edits),
  };
}

function managed(call: ProtonCall, filePath: string): EmbeddedDatabase {
  const database = databaseOf(call, filePath);
  if (call.identity.access !== 'manager') throw notAuthorized('change the ACL');
  return database;
}

function without(entries: readonly AclEntry[], name: string): AclEntry[] {
  return entries.filter((entry) => foldName(entry.name) !== foldName(name));
}

function storedEntry({ name, type, accessLevel, permissions, roleList }: ShownEntry): AclEntry {
  return {
    name,
    kind: ENTRY_KINDS.find((kind) => shownKind(kind) === type) ?? 'unspecified',
    level: LEVELS[accessLevel],
    creates: permissions.includes(CREATE),
    deletes: permissions.includes(DELETE),
    roles: roleList.map(bareRole),
    otherRights: permissions.filter((one) => one !== CREATE && one !== DELETE),
  };
}

function shownEntry({ name, kind, level, creates, deletes, roles, otherRights }: AclEntry): ShownEntry {
  const levels = Object.keys(LEVELS) as (keyof typeof LEVELS)[];
  return {
    name,
    type: shownKind(kind),
    accessLevel: levels.find((one) => LEVELS[one] === level) ?? 'NO_ACCESS',
    permissions: [...(creates ? [CREATE] : []), ...(deletes ? [DELETE] : []), ...otherRights],
    roleList: roles.map((one) => `[${one}]`),
  };
}

function shownKind(kind: (typeof ENTRY_KINDS)[number]): string {
  return kind.toUpperCase().replaceAll('-', '_');
}

function bareRole(role: string): string {
  return role.replace(/^\[(.*)\]$/u, '$1');
}
