import { isDeepStrictEqual } from 'node:util';
import type { SequencedItems } from '../engine/item-sequences.ts';
import { textValues, withItems } from '../engine/item-lookup.ts';
import { TICK_MS } from '../engine/notes-clock.ts';
import { dateTimeOf } from '../engine/notes-date-time.ts';
import type { Originator } from '../engine/originator.ts';
import type { StoredItem, StoredNote } from '../stored-note.ts';
import { commonSequence, compareVersions, revisionTimes } from './version-order.ts';

/** A version in full, with its items' own sequences. */
export interface Version extends SequencedItems {
  readonly note: StoredNote;
}

/** `same-item`: both sides wrote an item differently, or have no version in common. `equal`: nothing but the trail differs. */
export type Merge =
  | { readonly kind: 'equal' }
  | { readonly kind: 'same-item'; readonly name: string | null }
  | {
      readonly kind: 'merged';
      readonly version: Originator;
      readonly items: readonly StoredItem[];
      readonly sequences: readonly number[];
    };

/** Domino's own, which differ with every version. */
const TRAIL = ['$revisions', '$updatedby'];
const MOST_REVISIONS = 500;

/** What both sides changed since their latest common version, in one version after both [RE5]. */
export function mergeVersions(mine: Version, theirs: Version, now: number): Merge {
  const since = commonSequence(mine.note, theirs.note);
  const sinceTheirs = commonSequence(theirs.note, mine.note);
  if (since === null || sinceTheirs === null) return { kind: 'same-item', name: null };
  const own = groups(mine);
  const others = groups(theirs);
  const taken: Group[] = [];
  let differs = false;
  for (const name of new Set([...own.keys(), ...others.keys()])) {
    if (TRAIL.includes(name)) continue;
    const here = own.get(name) ?? ABSENT;
    const there = others.get(name) ?? ABSENT;
    if (isDeepStrictEqual(here.items, there.items)) {
      taken.push(here);
      continue;
    }
    differs = true;
    const changedHere = changed(here, since, there, sinceTheirs);
    const changedThere = changed(there, sinceTheirs, here, since);
    if (changedHere === changedThere) return { kind: 'same-item', name };
    taken.push({ ...(changedHere ? here : there), written: true });
  }
  if (!differs) return { kind: 'equal' };
  const version = {
    sequence: Math.max(mine.note.sequence, theirs.note.sequence) + 1,
    sequenceTime: Math.max(now, mine.note.sequenceTime + TICK_MS, theirs.note.sequenceTime + TICK_MS),
  };
  const trail = mergedTrail(mine.note, theirs.note);
  return {
    kind: 'merged',
    version,
    items: [...taken.flatMap(({ items }) => items), ...trail],
    sequences: [
      ...taken.flatMap(({ sequences, written }) =>
        sequences.map((one) => (written ? version.sequence : one)),
      ),
      ...trail.map(() => version.sequence),
    ],
  };
}

/** Items of one name. */
interface Group {
  readonly items: readonly StoredItem[];
  readonly sequences: readonly number[];
  readonly written: boolean;
}

const ABSENT: Group = { items: [], sequences: [], written: false };

function groups({ items, sequences }: Version): ReadonlyMap<string, Group> {
  const found = new Map<string, Group>();
  items.forEach((item, index) => {
    const name = item.name.toLowerCase();
    const group = found.get(name) ?? ABSENT;
    found.set(name, {
      items: [...group.items, item],
      sequences: [...group.sequences, sequences[index] ?? Number.MAX_SAFE_INTEGER],
      written: false,
    });
  });
  return found;
}

/** An item that is absent has no sequence: it was removed on its side unless the other side wrote it since. */
function changed(group: Group, since: number, other: Group, sinceOther: number): boolean {
  if (group.items.length > 0) return group.sequences.some((one) => one > since);
  return other.sequences.every((one) => one <= sinceOther);
}

/** `$UpdatedBy` and `$Revisions` that know both versions, so that each side sees its own in what comes back. */
function mergedTrail(mine: StoredNote, theirs: StoredNote): readonly StoredItem[] {
  const [later, earlier] = compareVersions(mine, theirs) > 0 ? [mine, theirs] : [theirs, mine];
  const times = new Set([mine, theirs].flatMap((note) => [...revisionTimes(note), note.sequenceTime]));
  const revisions = [...times].sort((a, b) => a - b).slice(-MOST_REVISIONS);
  const editors = textValues(later.items, '$UpdatedBy');
  const names = [
    ...textValues(earlier.items, '$UpdatedBy').filter((one) => !editors.includes(one)),
    ...editors,
  ];
  return withItems(
    [],
    [
      ...(names.length === 0
        ? []
        : [
            {
              name: '$UpdatedBy',
              value: { type: 'text', values: names, list: names.length > 1 },
              flags: { summary: true, names: true },
            } as const,
          ]),
      {
        name: '$Revisions',
        value: {
          type: 'datetime',
          values: revisions.map(dateTimeOf),
          ranges: [],
          list: revisions.length > 1,
        },
        flags: { summary: true },
      },
    ],
  );
}
