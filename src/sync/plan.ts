import { applyIntents } from './apply-intents.ts';
import { changedFields, handbookKind, notesKind } from './classify-state.ts';
import { mergeRecord } from './merge-record.ts';
import { deletedInHandbook, editedButDeletedInHandbook } from './plan-deleted-record.ts';
import { conflictOf, holdsOnlyCreated, isEditedSince, nothing } from './plan-parts.ts';
import { isOurRemoval, proofOf } from './proof-of-deletion.ts';
import type { HandbookKind, NotesKind, NotesState, Plan, PlanInput } from './plan-types.ts';
import { recastSides } from './recast.ts';
import { restate } from './restate.ts';
import { inBoth, mappedOnly, withoutFiles, writable } from './select-fields.ts';
import type { Fields } from './values.ts';

type Cell = (input: PlanInput, base: Fields) => Plan;

/**
 * Decides what one pair needs, from what was observed of both sides and the base. Pure; the table is total, so a state that nobody thought of
 * does not compile. Rules PL0–PL18 in SPEC.md.
 */
export function plan(input: PlanInput): Plan {
  // [TO2] A tombstone is final: whatever shows up under it is for a person.
  if (input.pair.status === 'tombstone') {
    const back = input.handbook.kind === 'record';
    return back
      ? { ...nothing('PL17', {}, 'tombstone'), handbook: { kind: 'remove' } }
      : nothing('PL16', {}, 'tombstone');
  }
  if (isOurRemoval(input)) return nothing('PL18', {}, 'tombstone', proofOf(input.notes, 'removed'));
  const stored = input.handbook.kind === 'record' ? input.handbook.fields : {};
  const said = recastSides(
    input.mapping,
    applyIntents(input.pair.base, input.intents, input.notes, input.handbook),
    stored,
  );
  const kept = mappedOnly(input.mapping, said.base);
  const handbook =
    input.handbook.kind === 'record' ? { ...input.handbook, fields: said.handbook } : input.handbook;
  // [IM6] Of a doubtful base nothing is believed; whether anything had crossed is still told by it.
  const base = input.doubtful === true ? {} : kept;
  const row = notesKind(input.mapping, base, input.notes);
  const column = handbookKind(input.mapping, base, handbook);
  const decided = TABLE[row][column]({ ...input, handbook, pair: { ...input.pair, base: kept } }, base);
  return restate(decided, stored, said.handbook);
}

const TABLE: Record<NotesKind, Record<HandbookKind, Cell>> = {
  none: { same: createNote, changed: createNote, deleted: forget, absent: forget },
  same: { same: settled, changed: merge, deleted: deletedInHandbook, absent: createRecord },
  changed: { same: merge, changed: merge, deleted: editedButDeletedInHandbook, absent: createRecord },
  unmarked: { same: withdraw, changed: withdraw, deleted: withhold, absent: withhold },
  classified: { same: withdraw, changed: withdraw, deleted: withhold, absent: withhold },
  unreadable: {
    same: detachUnreadable,
    changed: detachUnreadable,
    deleted: detachUnreadable,
    absent: detachUnreadable,
  },
  missing: { same: hideMissing, changed: detachEdited, deleted: waitMissing, absent: waitMissing },
  gone: { same: removeRecord, changed: detachEdited, deleted: bury, absent: bury },
};

/** A member made a new record: bring it into being in Notes. */
function createNote(input: PlanInput, base: Fields): Plan {
  if (input.handbook.kind !== 'record') return nothing('PL0', base, input.pair.status);
  if (input.mapping.creates === 'notes') {
    return {
      ...nothing('PL6', base, 'new'),
      quarantine: { code: 'not-creatable', detail: `form ${input.mapping.form} is created in Notes only` },
    };
  }
  const set = writable(input.mapping, input.handbook.fields);
  // [ME10] Files follow the create one by one, and are known to be there when they are seen.
  const baseAfterNotes = withoutFiles(input.mapping, set);
  return { ...nothing('PL6', base, 'live'), notes: { kind: 'create', set }, baseAfterNotes };
}

/** The record went before its note came to be: nothing was ever in Notes. */
function forget(input: PlanInput, base: Fields): Plan {
  return nothing('PL6', base, 'tombstone', 'never-created');
}

/** Both sides hold the base; a record that was hidden while its note was missing shows again. */
function settled(input: PlanInput, base: Fields): Plan {
  const hidden = input.handbook.kind === 'record' && input.handbook.hidden;
  const quiet = { ...nothing('PL1', base, 'live'), closes: [...input.frozen] };
  return hidden ? { ...quiet, rule: 'PL7', handbook: { kind: 'put', event: 'show-record', set: {} } } : quiet;
}

/** Somebody edited: the note, the record, or both. */
function merge(input: PlanInput, base: Fields): Plan {
  if (input.notes.kind !== 'note' || input.handbook.kind !== 'record')
    return nothing('PL0', base, input.pair.status);
  const merged = mergeRecord(input.mapping, base, input.notes.fields, input.handbook.fields, input.frozen);
  const shows = input.handbook.hidden;
  const writesHandbook = shows || Object.keys(merged.toHandbook).length > 0;
  const writesNotes = Object.keys(merged.toNotes).length > 0;
  // A conflict over a field that is mapped no longer, or over the whole document, ended with the note's return.
  const outdated = [...input.frozen].filter((name) => !input.mapping.fields.some((f) => f.field === name));
  return {
    rule: mergeRule(writesHandbook, writesNotes),
    handbook: writesHandbook
      ? { kind: 'put', event: shows ? 'show-record' : 'update-record', set: merged.toHandbook }
      : null,
    notes: writesNotes ? { kind: 'update', set: merged.toNotes } : null,
    base: merged.agreed,
    // [ME6] Of a field written to both sides (a union) the record then holds all that the note holds and that stays: what is taken out of it after that is
    // a removal, even where the write to Notes fails.
    baseAfterHandbook: {
      ...merged.toHandbook,
      ...inBoth(input.notes.fields, merged.toHandbook, merged.toNotes),
    },
    baseAfterNotes: merged.toNotes,
    conflicts: merged.conflicts,
    closes: [...merged.closes, ...outdated],
    status: 'live',
    reason: null,
    quarantine: null,
  };
}

function mergeRule(writesHandbook: boolean, writesNotes: boolean): string {
  if (writesHandbook && writesNotes) return 'PL4';
  if (writesHandbook) return 'PL2';
  return writesNotes ? 'PL3' : 'PL15';
}

/** A released note without a record: create it, unless its key belongs to somebody else or to something that was deleted. */
function createRecord(input: PlanInput, base: Fields): Plan {
  if (input.notes.kind !== 'note') return nothing('PL0', base, input.pair.status);
  if (input.key === 'taken') {
    return {
      ...nothing('PL5', base, input.pair.status),
      quarantine: { code: 'duplicate-key', detail: `another note holds the ${input.mapping.key}` },
    };
  }
  if (input.key === 'tombstone') {
    return {
      ...nothing('PL5', base, input.pair.status),
      quarantine: { code: 'zombie', detail: `the ${input.mapping.key} belongs to a deleted document` },
    };
  }
  // `push` fields too: an existing document's values are what both sides hold.
  const set = mappedOnly(input.mapping, input.notes.fields);
  return {
    ...nothing('PL5', {}, 'live'),
    handbook: { kind: 'put', event: 'create-record', set },
    baseAfterHandbook: set,
  };
}

/** [GA6] A record born in the handbook is the member's own words until its note is first released: an unmarked note takes nothing away, and gives nothing. */
function isOwnWords(input: PlanInput): boolean {
  return input.notes.kind === 'unmarked' && holdsOnlyCreated(input);
}

/** The note lost its release: its content leaves the handbook at once; what the member changed meanwhile is kept sealed. */
function withdraw(input: PlanInput, base: Fields): Plan {
  if (isOwnWords(input)) return { ...nothing('PL14', input.pair.base, 'live'), reason: 'unmarked' };
  const held = input.handbook.kind === 'record' ? heldFields(input, base) : {};
  return {
    ...nothing('PL13', {}, 'withdrawn', gateReason(input.notes)),
    handbook: { kind: 'withdraw', held },
  };
}

/**
 * Not released and nothing of it in the handbook: never crossed, deleted, or erased already (a crash may have come between the erasure and its
 * record). Our own memory of the content goes too, even though a deletion that waits is then told as a conflict after the next release.
 */
function withhold(input: PlanInput): Plan {
  if (input.handbook.kind === 'deleted' && isOwnWords(input))
    return nothing('PL14', input.pair.base, input.pair.status, 'unmarked');
  const crossed = input.handbook.kind !== 'record' && input.handbook.version > 0;
  const was = input.pair.status === 'live' || input.pair.status === 'withdrawn';
  return nothing('PL13', {}, crossed || was ? 'withdrawn' : 'withheld', gateReason(input.notes));
}

/** Readers hide the note from the bridge: what members may read cannot be told any more, so the record is hidden; nothing is deleted. */
function detachUnreadable(input: PlanInput, base: Fields): Plan {
  const shown = input.handbook.kind === 'record' && !input.handbook.hidden;
  return { ...nothing('PL10', base, 'detached', 'unreadable'), handbook: shown ? { kind: 'hide' } : null };
}

/** Not found is no proof of deletion: the record hides and waits for a return, a stub or an operator's word. */
function hideMissing(input: PlanInput, base: Fields): Plan {
  const shown = input.handbook.kind === 'record' && !input.handbook.hidden;
  return { ...nothing('PL7', base, 'missing'), handbook: shown ? { kind: 'hide' } : null };
}

/** Nothing to hide. A note that never crossed waits as well: Readers may have hidden it, and it has to cross when they let it be seen again. */
function waitMissing(_input: PlanInput, base: Fields): Plan {
  return nothing('PL7', base, 'missing', 'missing');
}

/** The note is gone while a member's edit waits: unbound, and a person decides. */
function detachEdited(input: PlanInput, base: Fields): Plan {
  // [IM6] Whether anybody edited is not known: it waits for a return, and asks nobody.
  if (input.doubtful === true && input.notes.kind === 'missing') return hideMissing(input, base);
  // [MC3] The record differs only because the mapping changed: no member's edit waits.
  if (input.handbook.kind === 'record' && !isEditedSince(input, base, input.handbook.fields))
    return input.notes.kind === 'gone' ? removeRecord(input, base) : hideMissing(input, base);
  const shown = input.handbook.kind === 'record' && !input.handbook.hidden;
  return {
    ...nothing('PL8', base, 'detached', 'edited'),
    handbook: shown ? { kind: 'hide' } : null,
    conflicts: [conflictOf('edit-against-delete', null, input, base)],
  };
}

/** Proof of deletion and nobody's edit in the way. */
function removeRecord(input: PlanInput, base: Fields): Plan {
  return { ...nothing('PL9', base, 'tombstone', proofOf(input.notes)), handbook: { kind: 'remove' } };
}

function bury(input: PlanInput, base: Fields): Plan {
  return nothing('PL9', base, 'tombstone', proofOf(input.notes));
}

/** [GA5] Only what the member changed and may change is kept: everything else came from Notes. Of files the bytes go, so no name of them stays. */
function heldFields(input: PlanInput, base: Fields): Fields {
  if (input.handbook.kind !== 'record') return {};
  const changed = changedFields(input.mapping, base, input.handbook.fields);
  return withoutFiles(input.mapping, writable(input.mapping, changed));
}

function gateReason(notes: NotesState): string | null {
  return notes.kind === 'unmarked' || notes.kind === 'classified' ? notes.reason : null;
}
