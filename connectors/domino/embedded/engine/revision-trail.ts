import type { NotesDateTime, StoredItem } from '../stored-note.ts';
import { foldName } from './identity.ts';
import { findItem, textValues, withItems } from './item-lookup.ts';
import { dateTimeOf } from './notes-date-time.ts';

/** Domino's default limit of the history it keeps in `$Revisions`. */
const MAX_ENTRIES = 500;

/**
 * What Domino itself writes at a save: `$UpdatedBy` names who saved (once for saves in a row), `$Revisions` gains the time of the version that is
 * being replaced. `replaced` null = the first save.
 */
export function withTrail(
  items: readonly StoredItem[],
  savedBy: string | null,
  replaced: number | null,
): readonly StoredItem[] {
  const trail: StoredItem[] = [];
  const editors = textValues(items, '$UpdatedBy');
  if (savedBy !== null && foldName(editors.at(-1) ?? '') !== foldName(savedBy)) {
    const values = [...editors, savedBy].slice(-MAX_ENTRIES);
    trail.push({
      name: '$UpdatedBy',
      value: { type: 'text', values, list: values.length > 1 },
      flags: { summary: true, names: true },
    });
  }
  if (replaced !== null) {
    const values = [...revisions(items), dateTimeOf(replaced)].slice(-MAX_ENTRIES);
    trail.push({
      name: '$Revisions',
      value: { type: 'datetime', values, ranges: [], list: values.length > 1 },
      flags: { summary: true },
    });
  }
  return trail.length === 0 ? items : withItems(items, trail);
}

function revisions(items: readonly StoredItem[]): readonly NotesDateTime[] {
  const value = findItem(items, '$Revisions')?.value;
  return value?.type === 'datetime' ? value.values.filter((entry) => entry.date !== null) : [];
}
