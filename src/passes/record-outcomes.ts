import type {
  JournalEntry,
  NewConflict,
  NewQuarantine,
  PairPatch,
  SyncTx,
  Tombstone,
} from '../../connectors/postgres/port.ts';
import { sameValue } from '../sync/canonical.ts';
import { decodeNote } from '../sync/decode-note.ts';
import type { Token } from '../sync/note.ts';
import { EFFECT_MEMORY, type Pair } from '../sync/pair.ts';
import type { Fields } from '../sync/values.ts';
import type { HandbookResult } from './apply-handbook.ts';
import type { NotesResult } from './apply-notes.ts';
import type { Guarded } from './guard-effects.ts';
import { sightOf } from './handbook-states.ts';
import { journalEntry } from './journal-entry.ts';
import { sameToken } from '../sync/token.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';

/** Everything one batch leaves behind, gathered so that it becomes durable in a single transaction. */
export interface Records {
  readonly patches: PairPatch[];
  readonly journal: JournalEntry[];
  readonly conflicts: NewConflict[];
  readonly closes: string[];
  readonly quarantines: NewQuarantine[];
  readonly healed: string[];
  readonly tombstones: Tombstone[];
  readonly doneIntents: { readonly pairId: string; readonly opId: string }[];
  readonly erase: string[];
}

export function emptyRecords(): Records {
  return {
    patches: [],
    journal: [],
    conflicts: [],
    closes: [],
    quarantines: [],
    healed: [],
    tombstones: [],
    doneIntents: [],
    erase: [],
  };
}

/**
 * [BA3] Writes one batch's records. A pair whose row changed meanwhile (a person decided something) keeps its intents: what was written is recognised by them
 * at the next look, and what was believed of it is discarded.
 */
export async function writeRecords(
  tx: SyncTx,
  linkId: string,
  records: Records,
  closedAt: string,
): Promise<void> {
  const missed = records.patches.length > 0 ? await tx.updatePairs(records.patches) : new Set<string>();
  const done = records.doneIntents.filter(({ pairId }) => !missed.has(pairId)).map(({ opId }) => opId);
  const healed = records.healed.filter((pairId) => !missed.has(pairId));
  const erase = records.erase.filter((pairId) => !missed.has(pairId));
  if (done.length > 0) await tx.deleteIntents(done);
  if (records.conflicts.length > 0) await tx.putConflicts(records.conflicts);
  if (records.closes.length > 0) {
    await tx.closeConflicts(records.closes, {
      state: 'obsolete',
      choice: 'agreed',
      by: 'bridge',
      at: closedAt,
    });
  }
  if (healed.length > 0) await tx.clearQuarantine(healed);
  if (records.quarantines.length > 0) await tx.putQuarantine(records.quarantines);
  if (records.tombstones.length > 0) await tx.putTombstones(records.tombstones);
  if (erase.length > 0) await tx.eraseContent(erase);
  if (records.journal.length > 0) await tx.appendJournal(linkId, records.journal);
}

/** [BA1] The base after one pair's effects: what was agreed, plus what each side acknowledged or showed. */
export function recordPair(
  deps: PassDeps,
  run: PassRun,
  entry: Guarded,
  handbook: HandbookResult | undefined,
  notes: NotesResult | undefined,
  into: Records,
): void {
  const { pair, plan } = entry;
  const at = new Date(deps.clock.now()).toISOString();
  // What was intended now and did not happen is over; older intents end only with a base that took note of them.
  const missed = handbook !== undefined && handbook.outcome.kind !== 'applied';
  const consumed = missed ? [] : entry.intents.map((intent) => intent.opId);
  if (handbook) consumed.push(handbook.opId);
  if (notes && notes.kind !== 'unknown') consumed.push(notes.opId);
  into.doneIntents.push(...consumed.map((opId) => ({ pairId: pair.id, opId })));

  if (handbook && handbook.outcome.kind !== 'applied') {
    recordHandbookMiss(deps, run, entry, handbook, into, at);
    return;
  }
  const base: Record<string, Fields[string]> = { ...plan.base };
  const effects = [...pair.effects];
  let version = entry.handbook.version;
  let handbookMoved = false;
  if (handbook?.outcome.kind === 'applied') {
    Object.assign(base, plan.baseAfterHandbook);
    version = handbook.outcome.version;
    if (plan.handbook?.kind === 'put') {
      effects.push({ side: 'handbook', at, fields: Object.keys(plan.baseAfterHandbook) });
      // What was held for the member came back with the record: it is an edit that Notes has not seen.
      handbookMoved = Object.entries(handbook.outcome.fields).some(
        ([name, value]) => base[name] !== undefined && !sameValue(value, base[name] ?? null),
      );
    }
    into.journal.push(
      lineOf(
        deps,
        run,
        entry,
        plan.handbook?.kind === 'put' ? plan.handbook.event : `${plan.handbook?.kind}-record`,
        plan.baseAfterHandbook,
      ),
    );
  }
  const notesOutcome = afterNotes(entry, notes);
  if (notes?.kind === 'written') {
    Object.assign(base, notesOutcome.confirmed);
    effects.push({ side: 'notes', at, fields: Object.keys(plan.baseAfterNotes) });
    into.journal.push(lineOf(deps, run, entry, `${plan.notes?.kind}-note`, plan.baseAfterNotes, notes.unid));
  }
  const owed = plan.notes !== null && notes?.kind !== 'written';
  const deletedNote = plan.notes?.kind === 'delete' && notes?.kind === 'written';
  const rejected = notes?.kind === 'rejected' ? notes.reason : null;
  const status = plan.notes && owed && plan.notes.kind !== 'update' ? pair.status : plan.status;
  const pending = !rejected && (owed || handbookMoved || notesOutcome.moved || entry.blocked !== null);
  into.patches.push({
    id: pair.id,
    version: pair.version,
    unid: notes?.kind === 'written' ? notes.unid : pair.unid,
    key: status === 'withdrawn' ? null : (entry.keyValue ?? pair.key ?? keyOf(entry)),
    status,
    reason: plan.reason,
    base: status === 'tombstone' ? {} : base,
    baseMapping: entry.mapping.version,
    ...notesOutcome.seen,
    // [TO2] No token is known of what is gone: whatever shows up under its UNID is news, even as it was last seen.
    ...(status === 'tombstone' ? { seenNotes: notesOutcome.seen.seenNotes ?? null } : {}),
    syncedNotes: notesOutcome.synced,
    seenHandbook: Math.max(version, pair.seenHandbook),
    syncedHandbook: owed && plan.notes?.kind !== 'update' ? pair.syncedHandbook : version,
    handbookSight: plan.handbook ? handbookSightAfter(entry) : sightOf(entry.handbook),
    pending: rejected ? true : pending || version < pair.seenHandbook,
    blocked: rejected ? 'quarantine' : entry.blocked,
    effects: effects.slice(-EFFECT_MEMORY),
  });
  if (status === 'tombstone' && pair.status !== 'tombstone' && (plan.status === 'tombstone' || deletedNote)) {
    into.tombstones.push({
      replicaSet: pair.replicaSet,
      unid: pair.unid,
      recordId: pair.recordId,
      entity: pair.entity,
      key: pair.key,
      evidence: plan.reason ?? 'handbook',
      at,
    });
    into.journal.push(lineOf(deps, run, entry, 'tombstone', {}));
    into.erase.push(pair.id);
  } else if (status === 'withdrawn') into.erase.push(pair.id);
  else if (status === 'detached' && pair.status !== 'detached')
    into.journal.push({ ...lineOf(deps, run, entry, 'detach', {}), reason: plan.reason });
  if (rejected) quarantine(deps, run, entry, rejected, into, at);
  else into.healed.push(pair.id);
  recordConflicts(deps, run, entry, into, at);
}

/** [QU1] One document set aside; its pair waits, everything else goes on. */
export function quarantine(
  deps: PassDeps,
  run: PassRun,
  entry: { readonly pair: Pair },
  reason: { code: string; detail: string },
  into: Records,
  at: string,
): void {
  into.quarantines.push({
    id: deps.newId(),
    pairId: entry.pair.id,
    linkId: run.link.id,
    code: reason.code,
    detail: reason.detail,
    at,
  });
  into.journal.push(
    journalEntry(deps, run, {
      event: 'quarantine',
      rule: 'QU1',
      pairId: entry.pair.id,
      recordId: entry.pair.recordId,
      unid: entry.pair.unid,
      reason: reason.code,
    }),
  );
}

function recordHandbookMiss(
  deps: PassDeps,
  run: PassRun,
  entry: Guarded,
  handbook: HandbookResult,
  into: Records,
  at: string,
): void {
  const { outcome } = handbook;
  if (outcome.kind === 'duplicate-key') {
    into.patches.push({
      id: entry.pair.id,
      version: entry.pair.version,
      pending: true,
      blocked: 'quarantine',
    });
    quarantine(
      deps,
      run,
      entry,
      { code: 'duplicate-key', detail: `another record holds the ${entry.mapping.key}` },
      into,
      at,
    );
    return;
  }
  // The record moved under us: what we believed is discarded and the pair is looked at again.
  into.patches.push({
    id: entry.pair.id,
    version: entry.pair.version,
    pending: true,
    ...(outcome.kind === 'stale' ? { seenHandbook: Math.max(outcome.version, entry.pair.seenHandbook) } : {}),
  });
}

interface AfterNotes {
  readonly confirmed: Fields;
  readonly synced: Token | null;
  readonly seen: Partial<Pick<Pair, 'seenNotes' | 'seenSettled' | 'notesSight'>>;
  /** The note is not what we expect to have left: somebody was there. */
  readonly moved: boolean;
}

function afterNotes(entry: Guarded, notes: NotesResult | undefined): AfterNotes {
  const { pair, plan } = entry;
  const token = entry.notes.kind === 'note' ? entry.notes.token : null;
  const looked: AfterNotes['seen'] = token
    ? {
        notesSight: 'released',
        ...(sameToken(token, pair.seenNotes) ? {} : { seenNotes: token, seenSettled: false }),
      }
    : entry.notes.kind === 'none'
      ? {}
      : { notesSight: entry.notes.kind === 'note' ? 'released' : entry.notes.kind };
  if (notes?.kind !== 'written') {
    const done = plan.notes === null && entry.blocked === null;
    return { confirmed: {}, synced: done ? token : pair.syncedNotes, seen: looked, moved: false };
  }
  const reading = notes.reading;
  if (plan.notes?.kind === 'delete') {
    // A softly deleted note is still there: its new token is ours, not a zombie's.
    const ours = reading?.kind === 'note' ? { seenNotes: reading.token } : {};
    return { confirmed: {}, synced: null, seen: { notesSight: 'gone', ...ours }, moved: false };
  }
  if (reading?.kind !== 'note')
    return {
      confirmed: plan.baseAfterNotes,
      synced: null,
      seen: { seenSettled: false },
      moved: plan.notes?.kind !== 'create',
    };
  if (plan.notes?.kind === 'create') {
    return {
      confirmed: plan.baseAfterNotes,
      synced: reading.token,
      seen: { seenNotes: reading.token, seenSettled: false, notesSight: 'unmarked' },
      moved: false,
    };
  }
  // [BA2] A read-back is an observation: the fields that show what we wrote are known to both sides, all others must be as they were before the write.
  const { fields } = decodeNote(entry.mapping, reading.items);
  const before = entry.notes.kind === 'note' ? entry.notes.fields : {};
  const confirmed = Object.fromEntries(
    Object.entries(plan.baseAfterNotes).filter(
      ([name, value]) => fields[name] !== undefined && sameValue(fields[name] ?? null, value),
    ),
  );
  const expected: Fields = { ...before, ...plan.baseAfterNotes };
  const moved = Object.entries(fields).some(
    ([name, value]) => expected[name] !== undefined && !sameValue(value, expected[name] ?? null),
  );
  return {
    confirmed,
    // What of the note has not gone over yet must not look as if it had.
    synced: moved || entry.blocked !== null ? null : reading.token,
    seen: { seenNotes: reading.token, seenSettled: false, notesSight: 'released' },
    moved,
  };
}

function handbookSightAfter(entry: Guarded): Pair['handbookSight'] {
  switch (entry.plan.handbook?.kind) {
    case 'put':
      return 'live';
    case 'hide':
      return 'hidden';
    case 'remove':
      return 'deleted';
    case 'withdraw':
      return 'withdrawn';
    case undefined:
      return sightOf(entry.handbook);
  }
}

/** The rows of a plan's conflicts. The same clash seen twice is one row, so writing them early and again is writing them once. */
export function conflictRows(
  deps: PassDeps,
  run: PassRun,
  entry: Guarded,
  at: string,
): readonly NewConflict[] {
  const token = entry.notes.kind === 'note' ? entry.notes.token.value : entry.notes.kind;
  return entry.plan.conflicts.map((draft) => ({
    ...draft,
    id: deps.newId(),
    pairId: entry.pair.id,
    linkId: run.link.id,
    at,
    dedupe: `${token}|${entry.handbook.version}`,
  }));
}

function recordConflicts(deps: PassDeps, run: PassRun, entry: Guarded, into: Records, at: string): void {
  into.conflicts.push(...conflictRows(deps, run, entry, at));
  for (const draft of entry.plan.conflicts) {
    into.journal.push({
      ...lineOf(deps, run, entry, 'conflict', {}),
      fields: [draft.field],
      reason: draft.winner ?? 'open',
    });
  }
  for (const field of entry.plan.closes) {
    const id = entry.frozen.get(field);
    if (id) into.closes.push(id);
  }
}

function keyOf(entry: Guarded): string | null {
  const key = entry.handbook.kind === 'record' ? entry.handbook.fields[entry.mapping.key] : null;
  return typeof key === 'string' ? key : null;
}

function lineOf(
  deps: PassDeps,
  run: PassRun,
  entry: Guarded,
  event: string,
  values: Fields,
  unid?: string,
): JournalEntry {
  return journalEntry(deps, run, {
    event,
    rule: entry.plan.rule,
    pairId: entry.pair.id,
    recordId: entry.pair.recordId,
    unid: unid ?? entry.pair.unid,
    fields: Object.keys(values),
    values,
  });
}
