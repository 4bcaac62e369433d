import { canonicalText } from '../sync/canonical.ts';
import { gateItems, gateOf } from '../sync/gate.ts';
import type { Mapping } from '../sync/mapping.ts';
import type { Items, NoteRead } from '../sync/note.ts';
import type { Pair } from '../sync/pair.ts';
import type { PassDeps } from './pass-deps.ts';

/** Our own mark on a note that the bridge created: the record it was made for. Not content; says nothing about the note's. */
export const HANDBOOK_ID_ITEM = 'HandbookId';

/** All that may be asked of a note before its verdict. */
export function headerItems(mappings: readonly Mapping[]): readonly string[] {
  return [...new Set([...mappings.flatMap((mapping) => gateItems(mapping)), HANDBOOK_ID_ITEM])];
}

/** Items whose content is asked for once a note is known to be released, with its gate items in the same read. */
export function contentItems(mapping: Mapping): readonly string[] {
  const content = mapping.fields
    .filter((field) => field.type !== 'richText' && field.type !== 'attachments')
    .map((field) => field.item);
  return [...new Set([...gateItems(mapping), HANDBOOK_ID_ITEM, ...content])];
}

export interface Verdict {
  readonly sight: 'released' | 'unmarked' | 'classified';
  readonly reason: string | null;
  /** Known only of a note that is itself open and marked. */
  readonly parentKey: string | null;
}

export function formOf(items: Items): string | null {
  return textOf(items, 'Form');
}

export function textOf(items: Items, name: string): string | null {
  const value = items[name]?.values[0];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The verdict of a note by its own items; its parent is looked up by {@link withParents}. */
export function ownVerdict(mapping: Mapping, note: NoteRead): Verdict {
  const verdict = gateOf(mapping, note.items);
  if (verdict !== 'released') return { sight: verdict.withheld, reason: verdict.reason, parentKey: null };
  const parentField = mapping.fields.find((field) => field.field === mapping.gate.parent?.field);
  return {
    sight: 'released',
    reason: null,
    parentKey: parentField ? canonicalOrNull(textOf(note.items, parentField.item)) : null,
  };
}

/** [GA4] A child of an unreleased parent is unreleased. Looks up all parents of a batch at once. */
export async function withParents(
  deps: Pick<PassDeps, 'store'>,
  verdicts: readonly { readonly mapping: Mapping; readonly verdict: Verdict }[],
): Promise<readonly Verdict[]> {
  const wanted = new Map<string, Set<string>>();
  for (const { mapping, verdict } of verdicts) {
    if (verdict.sight !== 'released' || !mapping.gate.parent || verdict.parentKey === null) continue;
    const keys = wanted.get(mapping.gate.parent.entity) ?? new Set();
    wanted.set(mapping.gate.parent.entity, keys.add(verdict.parentKey));
  }
  const released = new Set<string>();
  for (const [entity, keys] of wanted) {
    for (const pair of await deps.store.pairsByKey(entity, [...keys]))
      if (isReleasedParent(pair)) released.add(`${entity}\n${pair.key}`);
  }
  return verdicts.map(({ mapping, verdict }) => {
    if (verdict.sight !== 'released' || !mapping.gate.parent) return verdict;
    if (verdict.parentKey !== null && released.has(`${mapping.gate.parent.entity}\n${verdict.parentKey}`))
      return verdict;
    return {
      ...verdict,
      sight: 'unmarked',
      reason: verdict.parentKey === null ? 'parent-missing' : 'parent-unreleased',
    };
  });
}

function isReleasedParent(pair: Pair): boolean {
  return pair.notesSight === 'released' && pair.status === 'live';
}

/** Keys of pairs are canonical, so a parent is looked up by the canonical form of what the child says. */
function canonicalOrNull(text: string | null): string | null {
  return text === null ? null : canonicalText(text);
}
