import { sameValue } from '../sync/canonical.ts';
import { EFFECT_MEMORY, type Pair } from '../sync/pair.ts';
import type { Fields } from '../sync/values.ts';
import { afterNotes } from './after-notes.ts';
import type { HandbookResult } from './handbook-result.ts';
import type { NotesResult } from './notes-result.ts';
import type { Records } from './batch-records.ts';
import { doubtStays } from './doubtful-base.ts';
import { recordConflicts } from './conflict-rows.ts';
import { foundDone } from './found-done.ts';
import type { Guarded } from './guard-effects.ts';
import { sightOf } from './handbook-states.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { planLine } from './plan-line.ts';
import { unlikeMark, unstableField } from './unstable-field.ts';
import { recordHandbookMiss } from './record-miss.ts';
import { keepOverlaid, sealedEdits } from './sealed-edits.ts';
import { setAside } from './set-aside.ts';

/** [BA1] The base after one pair's effects: what was agreed, plus what each side acknowledged or showed. */
export function recordPair(
  deps: PassDeps,
  run: PassRun,
  entry: Guarded,
  handbook: HandbookResult | undefined,
  notes: NotesResult | undefined,
  into: Records,
  /** `pair code` of what is set aside already. */
  told: ReadonlySet<string>,
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
    recordHandbookMiss(deps, run, entry, handbook, into, at, told.has(`${pair.id} duplicate-key`));
    return;
  }
  into.journal.push(...foundDone(deps, run, entry));
  const base: Record<string, Fields[string]> = { ...plan.base };
  const effects = [...pair.effects];
  let version = entry.handbook.version;
  let handbookMoved = false;
  if (handbook?.outcome.kind === 'applied') {
    Object.assign(base, plan.baseAfterHandbook);
    version = handbook.outcome.version;
    if (plan.handbook?.kind === 'put') {
      // [PP1] A union written to both sides is one step of theirs, not two that undo each other.
      const own = Object.keys(plan.handbook.set).filter((name) => plan.baseAfterNotes[name] === undefined);
      effects.push({ side: 'handbook', at, fields: own });
      // What was held for the member came back with the record: it is an edit that Notes has not seen.
      const laidOver = sealedEdits(entry, plan.handbook.set, handbook.outcome.fields);
      for (const { name, isSet } of laidOver) if (isSet) delete base[name];
      keepOverlaid(deps, run, entry, laidOver, into, at);
      const expected = { ...base, ...plan.handbook.set };
      handbookMoved =
        laidOver.length > 0 ||
        Object.entries(handbook.outcome.fields).some(
          ([name, value]) => expected[name] !== undefined && !sameValue(value, expected[name] ?? null),
        );
    }
    into.journal.push(
      planLine(
        deps,
        run,
        entry,
        plan.handbook?.kind === 'put' ? plan.handbook.event : `${plan.handbook?.kind}-record`,
        plan.handbook?.kind === 'put' ? plan.handbook.set : {},
      ),
    );
  }
  const notesOutcome = afterNotes(entry, notes);
  if (notes?.kind === 'written') {
    Object.assign(base, notesOutcome.confirmed);
    const written = Object.keys(plan.baseAfterNotes);
    effects.push({ side: 'notes', at, fields: [...written, ...notesOutcome.unlike.map(unlikeMark)] });
    into.journal.push(
      planLine(deps, run, entry, `${plan.notes?.kind}-note`, plan.baseAfterNotes, notes.unid),
    );
  }
  const owed = plan.notes !== null && notes?.kind !== 'written';
  const doubts = doubtStays(entry, base, owed);
  const deletedNote = plan.notes?.kind === 'delete' && notes?.kind === 'written';
  const rejected = notes?.kind === 'rejected' ? notes.reason : unstableField(entry, notesOutcome.unlike);
  const status = plan.notes && owed && plan.notes.kind !== 'update' ? pair.status : plan.status;
  const pending = !rejected && (owed || handbookMoved || notesOutcome.moved || entry.blocked !== null);
  into.patches.push({
    id: pair.id,
    version: pair.version,
    unid: notes?.kind === 'written' ? notes.unid : pair.unid,
    key: status === 'withdrawn' ? null : (entry.keyValue ?? pair.key ?? keyOf(entry)),
    status,
    reason: pair.status === 'tombstone' ? pair.reason : plan.reason,
    base: status === 'tombstone' ? {} : doubts ? pair.base : base,
    baseMapping: doubts ? '' : entry.mapping.version,
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
    into.journal.push(planLine(deps, run, entry, 'tombstone', {}));
    into.buried.push(pair.id);
  } else if (status === 'withdrawn') into.erase.push(pair.id);
  else if (status === 'detached' && pair.status !== 'detached')
    into.journal.push({ ...planLine(deps, run, entry, 'detach', {}), reason: plan.reason });
  if (rejected) setAside(deps, run, entry, rejected, into, at);
  else into.healed.push(pair.id);
  recordConflicts(deps, run, entry, into, at);
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

function keyOf(entry: Guarded): string | null {
  const key = entry.handbook.kind === 'record' ? entry.handbook.fields[entry.mapping.key] : null;
  return typeof key === 'string' ? key : null;
}
