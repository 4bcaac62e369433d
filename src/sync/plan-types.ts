import type { Mapping } from './mapping.ts';
import type { Token } from './note.ts';
import type { ConflictDraft, Intent, Pair, PairStatus } from './pair.ts';
import type { Fields } from './values.ts';

/** The note as observed for this plan. `note` is released and its content was read together with its gate items. */
export type NotesState =
  | { readonly kind: 'none' }
  | { readonly kind: 'note'; readonly token: Token; readonly fields: Fields }
  | { readonly kind: 'unmarked'; readonly reason: string }
  | { readonly kind: 'classified'; readonly reason: string }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'missing' }
  /** A deletion stub, or a named operator's word. */
  | { readonly kind: 'gone'; readonly evidence: 'stub' | 'operator' };

export type HandbookState =
  | { readonly kind: 'record'; readonly version: number; readonly fields: Fields; readonly hidden: boolean }
  | { readonly kind: 'deleted'; readonly version: number }
  /** Never created (version 0), or withdrawn (its version). */
  | { readonly kind: 'absent'; readonly version: number };

export interface PlanInput {
  readonly mapping: Mapping;
  readonly pair: Pick<Pair, 'status' | 'base' | 'baseMapping' | 'bornIn' | 'unid'>;
  readonly notes: NotesState;
  readonly handbook: HandbookState;
  readonly intents: readonly Intent[];
  /** A side was restored from a backup: what both sides held is not known any more, except that it had crossed. */
  readonly doubtful?: boolean;
  /** Fields with an open conflict that waits for a person. */
  readonly frozen: ReadonlySet<string>;
  readonly key: KeySituation;
}

/**
 * Who else holds the note's business key: `free`, `tombstone` (it belonged to something deleted), `taken` (another pair). A record without a pair
 * that carries the key, or whose own note is missing, is joined before planning, so that it comes as `handbook: record` with an empty base.
 */
export type KeySituation = 'free' | 'tombstone' | 'taken';

export type HandbookEffect =
  | {
      readonly kind: 'put';
      readonly event: 'create-record' | 'update-record' | 'show-record' | 'undelete-record';
      readonly set: Fields;
    }
  | { readonly kind: 'hide' }
  | { readonly kind: 'remove' }
  | { readonly kind: 'withdraw'; readonly held: Fields };

export type NotesEffect =
  | { readonly kind: 'create'; readonly set: Fields }
  | { readonly kind: 'update'; readonly set: Fields }
  | { readonly kind: 'delete'; readonly how: 'soft' | 'hard' };

/** What is to be done with one pair. Data only; applying it is the passes' work, and every effect is optional to carry out later. */
export interface Plan {
  /** Id of the rule in SPEC.md that decided. */
  readonly rule: string;
  readonly handbook: HandbookEffect | null;
  readonly notes: NotesEffect | null;
  /** Base as it stands before any effect: what both sides are known to hold now. */
  readonly base: Fields;
  /** What each effect, once it landed, adds to the base. */
  readonly baseAfterHandbook: Fields;
  readonly baseAfterNotes: Fields;
  readonly conflicts: readonly ConflictDraft[];
  /** Frozen fields on which the sides agree again. */
  readonly closes: readonly string[];
  readonly status: PairStatus;
  readonly reason: string | null;
  readonly quarantine: { readonly code: string; readonly detail: string } | null;
}

/** Rows and columns of the planner's table. */
export type NotesKind =
  | 'none'
  | 'same'
  | 'changed'
  | 'unmarked'
  | 'classified'
  | 'unreadable'
  | 'missing'
  | 'gone';
export type HandbookKind = 'same' | 'changed' | 'deleted' | 'absent';
