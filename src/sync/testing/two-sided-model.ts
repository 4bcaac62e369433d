import type { Mapping } from '../mapping.ts';
import type { ConflictDraft, Intent, Pair } from '../pair.ts';
import { plan } from '../plan.ts';
import type { HandbookState, NotesState, Plan } from '../plan-types.ts';
import type { Fields } from '../values.ts';

type NoteState = Exclude<NotesState, { kind: 'note' }> | { readonly kind: 'note'; readonly fields: Fields };

/** What the two sides and the bridge's memory hold of one pair. Mutated only here. */
export interface World {
  note: NoteState;
  record: HandbookState;
  pair: Pick<Pair, 'status' | 'base' | 'baseMapping' | 'bornIn' | 'unid'>;
  intents: Intent[];
  /** Open conflicts by field; only those that wait for a person. */
  open: Map<string, ConflictDraft>;
  /** Every conflict that was ever told, in order. */
  readonly told: ConflictDraft[];
  /** Effects that reached a side. */
  readonly writes: { readonly side: 'notes' | 'handbook'; readonly kind: string; readonly fields: Fields }[];
}

/** After which durable step of a round the bridge dies. */
export type Crash = 'intents' | 'handbook' | 'handbook-and-notes-intents' | 'notes' | null;

export function worldOf(pair: Partial<World['pair']>, note: NoteState, record: HandbookState): World {
  return {
    note,
    record,
    pair: { status: 'live', base: {}, baseMapping: '1.1', bornIn: 'notes', unid: 'A'.repeat(32), ...pair },
    intents: [],
    open: new Map(),
    told: [],
    writes: [],
  };
}

/**
 * One round of observe → plan → apply → record as the passes do it: intents, handbook, intents, Notes, then everything known in one transaction. A
 * conflict is told before the write that overwrites its loser ([IN3]); what a crash cuts off is left undone.
 */
export function round(world: World, mapping: Mapping, crash: Crash = null): Plan {
  const decided = plan({
    mapping,
    pair: world.pair,
    notes: observed(world.note),
    handbook: world.record,
    intents: world.intents,
    frozen: new Set(world.open.keys()),
    key: 'free',
  });
  if (decided.quarantine) return decided;
  tell(world, decided);
  if (decided.handbook) intend(world, 'handbook', decided.baseAfterHandbook);
  if (crash === 'intents') return decided;
  applyToHandbook(world, decided);
  if (crash === 'handbook') return decided;
  if (decided.notes) intend(world, 'notes', decided.baseAfterNotes);
  if (crash === 'handbook-and-notes-intents') return decided;
  applyToNotes(world, decided);
  if (crash === 'notes') return decided;
  record(world, decided, mapping);
  world.intents = [];
  return decided;
}

function observed(note: NoteState): NotesState {
  return note.kind === 'note' ? { ...note, token: { kind: 'modified', value: 'any' } } : note;
}

function tell(world: World, decided: Plan): void {
  for (const conflict of decided.conflicts) {
    world.told.push(conflict);
    if (conflict.winner === null) world.open.set(conflict.field, conflict);
  }
}

function intend(world: World, side: Intent['side'], fields: Fields): void {
  const opId = `op-${world.intents.length}-${world.writes.length}`;
  world.intents.push({ opId, pairId: 'pair', side, kind: 'update', fields, fence: 1, settlesAt: '' });
}

function applyToHandbook(world: World, decided: Plan): void {
  const effect = decided.handbook;
  if (!effect) return;
  const version = world.record.version + 1;
  const before = world.record.kind === 'record' ? world.record.fields : {};
  if (effect.kind === 'put')
    world.record = { kind: 'record', version, fields: { ...before, ...effect.set }, hidden: false };
  else if (effect.kind === 'hide') world.record = { kind: 'record', version, fields: before, hidden: true };
  else world.record = { kind: effect.kind === 'remove' ? 'deleted' : 'absent', version };
  world.writes.push({ side: 'handbook', kind: effect.kind, fields: effect.kind === 'put' ? effect.set : {} });
}

function applyToNotes(world: World, decided: Plan): void {
  const effect = decided.notes;
  if (!effect) return;
  const before = world.note.kind === 'note' ? world.note.fields : {};
  if (effect.kind === 'delete') world.note = { kind: 'gone', evidence: 'stub' };
  // Nobody has released a note that the bridge made.
  else if (effect.kind === 'create') world.note = { kind: 'unmarked', reason: 'mark-missing' };
  else world.note = { kind: 'note', fields: { ...before, ...effect.set } };
  world.writes.push({
    side: 'notes',
    kind: effect.kind,
    fields: effect.kind === 'delete' ? {} : effect.set,
  });
}

function record(world: World, decided: Plan, mapping: Mapping): void {
  const base = { ...decided.base, ...decided.baseAfterHandbook, ...decided.baseAfterNotes };
  world.pair = { ...world.pair, status: decided.status, base, baseMapping: mapping.version };
  for (const field of decided.closes) world.open.delete(field);
}
