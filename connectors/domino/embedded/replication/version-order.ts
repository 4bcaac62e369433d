import { findItem } from '../engine/item-lookup.ts';
import { instantOf } from '../engine/notes-date-time.ts';
import type { EngineQuirks } from '../engine/engine-quirks.ts';
import type { Originator } from '../engine/originator.ts';
import type { StoredNote } from '../stored-note.ts';

/** A version that has come, against the one that is there. */
export type Relation = 'same' | 'older' | 'newer' | 'diverged';

/** Higher sequence, then later time [RE2]. Zero = one version, whatever the two hold. */
export function compareVersions(a: Originator, b: Originator): number {
  return a.sequence - b.sequence || a.sequenceTime - b.sequenceTime;
}

/**
 * By `$Revisions`, which keep the time of every version before, a version descends from another or does not. By sequences alone a higher one
 * always replaces a lower one, and an edit can be lost without a trace.
 */
export function relationOf(came: StoredNote, there: StoredNote, rule: EngineQuirks['divergence']): Relation {
  const order = compareVersions(came, there);
  if (order === 0) return 'same';
  if (rule === 'equal-sequence') {
    if (came.sequence === there.sequence) return 'diverged';
    return order > 0 ? 'newer' : 'older';
  }
  if (revisionTimes(came).includes(there.sequenceTime)) return 'newer';
  return revisionTimes(there).includes(came.sequenceTime) ? 'older' : 'diverged';
}

/** Times of the versions before this one, oldest first, as the note itself tells them. */
export function revisionTimes({ items }: Pick<StoredNote, 'items'>): readonly number[] {
  const value = findItem(items, '$Revisions')?.value;
  if (value?.type !== 'datetime') return [];
  return value.values.map(instantOf).filter((instant) => instant !== null);
}

/** The sequence that the latest common version of the two had on `note`'s side; null = they have none in common. */
export function commonSequence(note: StoredNote, other: StoredNote): number | null {
  const own = [...revisionTimes(note), note.sequenceTime];
  const others = new Set([...revisionTimes(other), other.sequenceTime]);
  const common = own
    .filter((time) => others.has(time))
    .sort((a, b) => a - b)
    .at(-1);
  if (common === undefined) return null;
  const since = own.filter((time) => time > common).length;
  return Math.max(1, note.sequence - since);
}
