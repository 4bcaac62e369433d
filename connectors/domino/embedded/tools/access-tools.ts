import type { AccessEntry, AccessRemoval, GroupRow, ShownAccess } from '../administration-port.ts';
import { DEFAULT_ENTRY } from '../engine/access-control.ts';
import type { EmbeddedDomino } from '../engine/embedded-domino.ts';
import { foldName } from '../engine/identity.ts';

export function showAcl(domino: EmbeddedDomino, database: string): ShownAccess {
  const { filePath, acl } = domino.openDatabase(database);
  return {
    database: filePath,
    hasAcl: acl !== null,
    roles: acl?.roles ?? [],
    entries: (acl?.entries ?? []).map(({ name, kind, level, creates, deletes, roles }) => ({
      name,
      kind,
      level,
      creates,
      deletes,
      roles,
    })),
  };
}

export function changeAcl(
  domino: EmbeddedDomino,
  database: string,
  change: AccessEntry | AccessRemoval,
): ShownAccess {
  const opened = domino.openDatabase(database);
  const { entries, roles } = opened.acl ?? firstAcl(domino.name);
  const others = entries.filter(({ name }) => foldName(name) !== foldName(change.name));
  const added = change.level === null ? [] : [change];
  opened.setAcl({
    entries: [...others, ...added],
    roles: [...new Set([...roles, ...added.flatMap((entry) => entry.roles)])],
  });
  return showAcl(domino, database);
}

export function listGroups(domino: EmbeddedDomino): GroupRow[] {
  return Object.entries(domino.groups.list()).map(([group, members]) => ({ group, members }));
}

/** As if nobody had set one: everybody edits. */
function firstAcl(server: string) {
  const rights = { creates: true, deletes: true, roles: [] };
  return {
    entries: [
      { name: server, level: 'manager', ...rights },
      { name: DEFAULT_ENTRY, level: 'editor', ...rights },
    ],
    roles: [],
  };
}
