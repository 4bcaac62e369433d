import type { StoredItem } from '../stored-note.ts';

/** Levels of Domino's access control list, ascending. */
export const ACCESS_LEVELS = [
  'none',
  'depositor',
  'reader',
  'author',
  'editor',
  'designer',
  'manager',
] as const;

export type AccessLevel = (typeof ACCESS_LEVELS)[number];

/** Who asks: a person or a server as the database's access control list sees it. */
export interface NotesIdentity {
  /** `CN=…/OU=…/O=…` or abbreviated. */
  readonly name: string;
  readonly groups?: readonly string[];
  /** With or without brackets. */
  readonly roles?: readonly string[];
  /** `editor` unless given. */
  readonly access?: AccessLevel;
  /** The "Create documents" privilege; true unless given. Counts for authors only. */
  readonly creates?: boolean;
  /** The "Delete documents" privilege; true unless given. */
  readonly deletes?: boolean;
}

export function hasAccess(identity: NotesIdentity, needed: AccessLevel): boolean {
  return ACCESS_LEVELS.indexOf(identity.access ?? 'editor') >= ACCESS_LEVELS.indexOf(needed);
}

/**
 * Whether the items let this identity read: without any Readers value everybody may; with one, those in Readers and in Authors.
 * A Readers item that is present but empty restricts nobody. No access level overrides this, not even Manager.
 */
export function mayRead(items: readonly StoredItem[], identity: NotesIdentity): boolean {
  if (!hasAccess(identity, 'reader')) return false;
  const readers = flaggedNames(items, 'readers');
  return readers.length === 0 || isNamed(identity, [...readers, ...flaggedNames(items, 'authors')]);
}

/** Editors edit what they can read; authors only what names them in an Authors item. */
export function mayEdit(items: readonly StoredItem[], identity: NotesIdentity): boolean {
  if (!mayRead(items, identity)) return false;
  if (hasAccess(identity, 'editor')) return true;
  return hasAccess(identity, 'author') && isNamed(identity, flaggedNames(items, 'authors'));
}

/** Depositors create although they read nothing; authors only with the privilege. */
export function mayCreate(identity: NotesIdentity): boolean {
  if (identity.access === 'depositor') return true;
  return hasAccess(identity, 'editor') || (hasAccess(identity, 'author') && identity.creates !== false);
}

export function mayDelete(items: readonly StoredItem[], identity: NotesIdentity): boolean {
  return identity.deletes !== false && mayEdit(items, identity);
}

function flaggedNames(items: readonly StoredItem[], flag: 'readers' | 'authors'): string[] {
  return items.flatMap(({ flags, value }) =>
    flags[flag] === true && value.type === 'text' ? value.values.filter((name) => name.trim() !== '') : [],
  );
}

function isNamed(identity: NotesIdentity, entries: readonly string[]): boolean {
  const name = foldName(identity.name);
  const own = new Set([
    name,
    ...(identity.groups ?? []).map(foldName),
    ...(identity.roles ?? []).map((role) => foldName(role.startsWith('[') ? role : `[${role}]`)),
  ]);
  return entries.some((entry) => {
    const folded = foldName(entry);
    return own.has(folded) || isWithin(identity.name, entry);
  });
}

/** Whether the wildcard, `*` or one that starts with it and a slash, covers the name; false for all other entries. */
export function isWithin(name: string, entry: string): boolean {
  const folded = foldName(entry);
  return folded === '*' || (folded.startsWith('*/') && foldName(name).endsWith(folded.slice(1)));
}

/** Canonical and abbreviated spellings of one name, in any case, fold to the same text. */
export function foldName(name: string): string {
  return name
    .normalize('NFC')
    .split('/')
    .map((part) => part.trim().replace(/^(?:CN|OU\d?|O|C)=/iu, ''))
    .join('/')
    .toLowerCase();
}
