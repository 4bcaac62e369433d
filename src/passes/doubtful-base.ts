import type { Fields } from '../sync/values.ts';
import type { Guarded } from './guard-effects.ts';
import type { Looked } from './look.ts';

/**
 * [IM6] Whether what we believed both sides hold is not known any more: the record is older than the one we know, or a person said that a side was
 * restored from a backup.
 */
export function isDoubtful({ pair, handbook }: Pick<Looked, 'pair' | 'handbook'>): boolean {
  const restored = handbook.kind === 'record' && handbook.version < pair.syncedHandbook;
  return restored || (pair.baseMapping === '' && Object.keys(pair.base).length > 0);
}

/** The doubt ends when both sides were merged and what came of it happened. `base`: what is known afterwards; `owed`: something did not happen. */
export function doubtStays(entry: Guarded, base: Fields, owed: boolean): boolean {
  const { status, rule } = entry.plan;
  if (isUnmerged(entry, base)) return entry.blocked !== null || owed;
  if (!isDoubtful(entry)) return false;
  return entry.blocked !== null || status === 'missing' || status === 'detached' || rule === 'PL14';
}

/**
 * [AD1] Joined by key and not merged yet: that some fields agree says nothing of the others. With a base of those alone, what the handbook holds besides would
 * look like fields that the mapping gained, and go with the note.
 */
function isUnmerged({ pair, mapping, notes, handbook }: Looked, base: Fields): boolean {
  if (pair.baseMapping !== '' || Object.keys(pair.base).length > 0) return false;
  if (handbook.kind !== 'record' || notes.kind === 'none') return false;
  return mapping.fields.some(
    ({ field }) => base[field] === undefined && (handbook.fields[field] ?? null) !== null,
  );
}
