import type { Mapping } from './mapping.ts';
import type { Item, Items } from './note.ts';

/**
 * The gate reads a human decision; it never makes one. Comparison is exact: no case, accent, blank or Unicode folding, because DQL has
 * folded already and `thuong` is not a level that anybody defined.
 */
export type GateVerdict = 'released' | Withheld;

export interface Withheld {
  /** `classified`: marked, or treated as marked, above open. `unmarked`: nobody has released it yet. */
  readonly withheld: 'unmarked' | 'classified';
  readonly reason: GateReason;
}

/** Stable; stored as the reason of a withdrawal. Tells nothing of the note's content. */
export type GateReason =
  | 'form-denied'
  /** A replication or save conflict of Notes: a person has yet to decide what of it is kept. */
  | 'conflict-note'
  | 'form-missing'
  /** The note carries another form than the mapping is for. */
  | 'form-differs'
  | 'level-missing'
  | 'level-not-text'
  | 'level-not-open'
  | 'several-levels'
  | 'mark-missing'
  | 'mark-not-text'
  | 'mark-unknown'
  | 'several-marks';

/**
 * Released needs: the mapping's form exactly, a single text level that is one of the open ones, and a single text mark that is one of
 * the release marks. Whether the parent is released is a question of another record and stays with the caller.
 */
export function gateOf(mapping: Pick<Mapping, 'form' | 'gate'>, items: Items): GateVerdict {
  const { gate } = mapping;
  if (gate.denied) return { withheld: 'classified', reason: 'form-denied' };
  // [GA9] The item is there and empty on such notes; it carries the marks of the note that it lost against.
  if (Object.hasOwn(items, CONFLICT_ITEM)) return { withheld: 'unmarked', reason: 'conflict-note' };

  const form = single(items, 'Form');
  if (form.kind === 'empty') return { withheld: 'unmarked', reason: 'form-missing' };
  if (form.kind !== 'text' || form.text !== mapping.form)
    return { withheld: 'classified', reason: 'form-differs' };

  const level = single(items, gate.classification.item);
  if (level.kind === 'empty') return { withheld: 'unmarked', reason: 'level-missing' };
  if (level.kind === 'not-text') return { withheld: 'unmarked', reason: 'level-not-text' };
  if (level.kind === 'several') return { withheld: 'classified', reason: 'several-levels' };
  if (!gate.classification.open.includes(level.text))
    return { withheld: 'classified', reason: 'level-not-open' };

  const mark = single(items, gate.release.item);
  if (mark.kind === 'empty') return { withheld: 'unmarked', reason: 'mark-missing' };
  if (mark.kind === 'not-text') return { withheld: 'unmarked', reason: 'mark-not-text' };
  if (mark.kind === 'several') return { withheld: 'unmarked', reason: 'several-marks' };
  return gate.release.marks.includes(mark.text)
    ? 'released'
    : { withheld: 'unmarked', reason: 'mark-unknown' };
}

/** Domino's mark of a conflict note. */
const CONFLICT_ITEM = '$Conflict';

/** The only items that may be asked for before the verdict: Form, Domino's mark of a conflict, level, mark, and the key of the parent where there is one. */
export function gateItems(mapping: Pick<Mapping, 'gate' | 'fields'>): readonly string[] {
  const { classification, release, parent } = mapping.gate;
  const names = new Set(['Form', CONFLICT_ITEM, classification.item, release.item]);
  const parentField = mapping.fields.find((field) => field.field === parent?.field);
  if (parentField) names.add(parentField.item);
  return [...names];
}

type Single =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-text' }
  | { readonly kind: 'several' };

function single(items: Items, name: string): Single {
  const item: Item | undefined = Object.hasOwn(items, name) ? items[name] : undefined;
  if (!item) return { kind: 'empty' };
  if (item.values.length > 1) return { kind: 'several' };
  const value = item.values[0];
  if (value === undefined || value === '') return { kind: 'empty' };
  return item.type === 'text' && typeof value === 'string'
    ? { kind: 'text', text: value }
    : { kind: 'not-text' };
}
