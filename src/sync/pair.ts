import type { Token, Unid } from './note.ts';
import type { Fields, FieldValue } from './values.ts';

/**
 * The bond of one note and one record. Unique on (replica set, UNID) and on record id.
 *
 * States and who moves them: the planner's `status` of a plan, except `tombstone`, which is final.
 * - `new`: seen in one side only, never yet brought across.
 * - `live`: both sides exist and are kept consistent.
 * - `withheld`: stopped by the gate before it ever crossed. `withdrawn`: stopped after it had crossed; its content is erased.
 * - `missing`: the note cannot be found; the record is hidden. It may return.
 * - `detached`: deliberately unbound (access, scope, an edit against a deletion); nothing is written until a person or a return decides.
 * - `tombstone`: our permanent trace of a deletion.
 */
export type PairStatus = 'new' | 'live' | 'withheld' | 'withdrawn' | 'missing' | 'detached' | 'tombstone';

/** What the last look at the note's metadata said. `none`: there is no note yet (a record born in the handbook). */
export type NotesSight =
  | 'none'
  | 'released'
  | 'unmarked'
  | 'classified'
  | 'unreadable'
  | 'missing'
  | 'gone'
  | 'out-of-scope';

export type HandbookSight = 'live' | 'hidden' | 'deleted' | 'withdrawn' | 'absent';

/** Why a pair with something to do is passed over; cleared when the reason goes away. */
export type Blocked =
  /** The link's mode does not let it write this. */
  | 'mode'
  /** Told in a list that a person has yet to accept. */
  | 'listed'
  | 'paused-pull'
  | 'paused-push'
  | 'brake-updates'
  | 'brake-deletes'
  | 'held'
  /** A side seems to have been restored or replaced. */
  | 'instance'
  | 'quarantine'
  | 'intent';

export interface Pair {
  readonly id: string;
  readonly linkId: string;
  readonly replicaSet: string;
  readonly unid: Unid | null;
  readonly recordId: string;
  readonly entity: string;
  readonly form: string;
  /** Business key; null until known, and after withdrawal. */
  readonly key: string | null;
  readonly bornIn: 'notes' | 'handbook';
  readonly status: PairStatus;
  /** Why it is withheld, withdrawn, detached; a code, never content. */
  readonly reason: string | null;
  /** Per field, the value both sides are known to hold. */
  readonly base: Fields;
  /** Mapping version the base was written under; '' when there is no base. */
  readonly baseMapping: string;
  readonly seenNotes: Token | null;
  /** The seen token was read long enough after its own stamp that an equal token means an unchanged note. */
  readonly seenSettled: boolean;
  readonly notesSight: NotesSight;
  /** Token whose content the base and the record reflect. */
  readonly syncedNotes: Token | null;
  readonly seenHandbook: number;
  readonly handbookSight: HandbookSight;
  readonly syncedHandbook: number;
  /** Something may be to do: seen differs from synced, or a person asked for another look. */
  readonly pending: boolean;
  readonly blocked: Blocked | null;
  /** Newest effects, oldest first, at most {@link EFFECT_MEMORY}; feeds the ping-pong breaker. */
  readonly effects: readonly {
    readonly side: 'notes' | 'handbook';
    readonly at: string;
    readonly fields: readonly string[];
  }[];
  /** Business key of the parent as last seen at the gate; re-examined when that parent's release changes. */
  readonly parentKey: string | null;
  /** Grows with each change of this row; every update states the one it read. */
  readonly version: number;
}

export const EFFECT_MEMORY = 6;

/**
 * Durable note of a write about to be made. `fields` are the values that the write makes both sides hold, if it lands. Of kind `hide` (handbook only) there
 * are none: it is kept so that a hiding counts although its worker died.
 */
export interface Intent {
  readonly opId: string;
  readonly pairId: string;
  readonly side: 'notes' | 'handbook';
  readonly kind: 'create' | 'update' | 'delete' | 'hide';
  readonly fields: Fields;
  readonly fence: number;
  /** Before this instant (ISO) the write may still land: nobody may retry or conclude that it failed. */
  readonly settlesAt: string;
  /** Version that the record has by this write, as the handbook says; left out where it does not, and never stored. */
  readonly landedAt?: number;
}

/** A field changed differently on both sides. The values that were not chosen stay in the row. */
export interface ConflictDraft {
  readonly kind: 'field' | 'edit-against-delete' | 'refused-edit';
  readonly field: string;
  readonly base: FieldValue | undefined;
  readonly notes: FieldValue | undefined;
  readonly handbook: FieldValue | undefined;
  readonly policy: string;
  /** Side whose value stands; null = a person must decide and the field is frozen meanwhile. */
  readonly winner: 'notes' | 'handbook' | 'merged' | null;
}
