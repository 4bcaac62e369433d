import type { NewPair, NewQuarantine, PairPatch } from '../../connectors/postgres/port.ts';
import type { Mapping } from '../sync/mapping.ts';
import type { NoteRead, NoteReading, Token } from '../sync/note.ts';
import type { NotesSight, Pair } from '../sync/pair.ts';
import { tokenSettled } from '../sync/slices.ts';
import { formOf, HANDBOOK_ID_ITEM, ownVerdict, textOf, type Verdict, withParents } from './gate-reading.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { journalEntry } from './journal-entry.ts';
import { type ServerClock } from './server-clock.ts';
import { withdrawPairs } from './withdraw.ts';
import { headerItems } from './gate-reading.ts';
import { groupBy } from './group-by.ts';
import { readBatch } from './read-batch.ts';
import { READ_FAILED } from './read-blobs.ts';
import { sameToken } from '../sync/token.ts';

/** What a look at headers did: how many notes were news. */
export interface ObserveResult {
  readonly fresh: number;
  readonly withdrawn: number;
}

/**
 * Writes what was seen of these notes' metadata: new pairs, tokens, sights. Notes that lost their release are withdrawn at once, before
 * anything else is done with the slice they came in.
 */
export async function observeNotes(
  deps: PassDeps,
  run: PassRun,
  readings: readonly NoteReading[],
  clock: ServerClock,
  stubs: ReadonlySet<string> = new Set(),
): Promise<ObserveResult> {
  if (readings.length === 0) return { fresh: 0, withdrawn: 0 };
  const known = new Map<string, Pair>();
  for (const pair of await deps.store.pairsByUnid(
    run.link.replicaSet,
    readings.map((reading) => reading.unid),
  )) {
    if (pair.unid) known.set(pair.unid, pair);
  }
  const verdicts = await judge(deps, run, readings, known);
  const created = await createdByUs(deps, readings, known);

  const inserts: NewPair[] = [];
  const patches: PairPatch[] = [];
  const quarantines: NewQuarantine[] = [];
  const toWithdraw: Pair[] = [];
  const leaving: string[] = [];
  for (const reading of readings) {
    const pair = known.get(reading.unid) ?? created.get(reading.unid);
    const verdict = verdicts.get(reading.unid);
    // Quarantine comes after the gate: a withheld note is in nobody's way.
    if (pair?.blocked === 'quarantine' && reading.kind === 'note' && verdict?.sight !== 'released')
      leaving.push(pair.id);
    if (reading.kind === 'note' && !verdict) {
      if (pair) patches.push(...patchSight(pair, 'classified', 'form-differs', toWithdraw));
      continue;
    }
    if (reading.kind === 'note' && verdict) {
      if (!pair) inserts.push(newPair(deps, run, reading, verdict, clock));
      else patches.push(...patchNote(deps, run, pair, reading, verdict, clock, toWithdraw, quarantines));
      continue;
    }
    if (!pair || pair.status === 'tombstone') continue;
    if (reading.kind === 'failed') {
      if (pair.blocked === 'quarantine') continue;
      quarantines.push({
        id: deps.newId(),
        pairId: pair.id,
        linkId: run.link.id,
        code: `${READ_FAILED}${reading.code}`,
        detail: 'the note could not be read',
        at: iso(deps),
      });
      patches.push({ id: pair.id, version: pair.version, pending: true, blocked: 'quarantine' });
      continue;
    }
    const sight: NotesSight =
      reading.kind === 'unreadable' ? 'unreadable' : stubs.has(reading.unid) ? 'gone' : 'missing';
    // An operator's word that a note was deleted stands until the note is seen again.
    if (sight === 'missing' && pair.notesSight === 'gone') continue;
    if (pair.notesSight !== sight) {
      patches.push({
        id: pair.id,
        version: pair.version,
        notesSight: sight,
        reason: sight === 'gone' ? 'stub' : null,
        pending: true,
        blocked: null,
      });
    }
  }
  const fence = await run.fence();
  await deps.store.transaction(fence, async (tx) => {
    if (inserts.length > 0) await tx.insertPairs(inserts);
    if (patches.length > 0) await tx.updatePairs(patches);
    if (leaving.length > 0) await tx.clearQuarantine(leaving);
    if (quarantines.length > 0) {
      await tx.putQuarantine(quarantines);
      await tx.appendJournal(
        run.link.id,
        quarantines.map((row) =>
          journalEntry(deps, run, { event: 'quarantine', rule: 'QU1', reason: row.code, pairId: row.pairId }),
        ),
      );
    }
  });
  run.tally.withheld += inserts.filter((row) => row.status === 'withheld').length;
  run.tally.quarantined += quarantines.length;
  const withdrawn = await withdrawPairs(
    deps,
    run,
    toWithdraw.map((pair) => pair.id),
  );
  // What hangs on a withdrawn parent goes with it.
  await reexamineChildren(deps, run, withdrawn.parents);
  return {
    fresh: inserts.length + patches.filter((patch) => patch.pending === true).length,
    withdrawn: withdrawn.count,
  };
}

async function judge(
  deps: PassDeps,
  run: PassRun,
  readings: readonly NoteReading[],
  known: ReadonlyMap<string, Pair>,
): Promise<ReadonlyMap<string, Verdict & { mapping: Mapping }>> {
  const own: { unid: string; mapping: Mapping; verdict: Verdict }[] = [];
  for (const reading of readings) {
    if (reading.kind !== 'note') continue;
    const form = formOf(reading.items);
    const bound = known.get(reading.unid)?.form;
    const mapping = run.link.mappings.find((candidate) => candidate.form === form);
    // A note that changed its form is no longer the record's note.
    if (!mapping || (bound !== undefined && bound !== '' && bound !== mapping.form)) continue;
    own.push({ unid: reading.unid, mapping, verdict: ownVerdict(mapping, reading) });
  }
  const judged = await withParents(deps, own);
  return new Map(
    own.map((entry, index) => [entry.unid, { ...(judged[index] ?? entry.verdict), mapping: entry.mapping }]),
  );
}

/** [CR2] A new note that carries a HandbookId is bound only to a record whose note is still being created; any other carrier is a copy. */
async function createdByUs(
  deps: PassDeps,
  readings: readonly NoteReading[],
  known: ReadonlyMap<string, Pair>,
): Promise<ReadonlyMap<string, Pair>> {
  const claims = new Map<string, string[]>();
  for (const reading of readings) {
    if (reading.kind !== 'note' || known.has(reading.unid)) continue;
    const recordId = textOf(reading.items, HANDBOOK_ID_ITEM);
    if (recordId) claims.set(recordId, [...(claims.get(recordId) ?? []), reading.unid]);
  }
  if (claims.size === 0) return new Map();
  const waiting = (await deps.store.pairsByRecord([...claims.keys()])).filter((pair) => pair.unid === null);
  const intents = await deps.store.intents(waiting.map((pair) => pair.id));
  const creating = new Set(
    intents
      .filter((intent) => intent.kind === 'create' && intent.side === 'notes')
      .map((intent) => intent.pairId),
  );
  const bound = new Map<string, Pair>();
  for (const pair of waiting) {
    const unids = claims.get(pair.recordId) ?? [];
    const [unid] = unids;
    if (creating.has(pair.id) && unid !== undefined && unids.length === 1) bound.set(unid, pair);
  }
  return bound;
}

function newPair(
  deps: PassDeps,
  run: PassRun,
  note: NoteRead,
  verdict: Verdict & { mapping: Mapping },
  clock: ServerClock,
): NewPair {
  const released = verdict.sight === 'released';
  return {
    id: deps.newId(),
    linkId: run.link.id,
    replicaSet: run.link.replicaSet,
    unid: note.unid,
    recordId: deps.newId(),
    entity: verdict.mapping.entity,
    form: verdict.mapping.form,
    bornIn: 'notes',
    status: released ? 'new' : 'withheld',
    reason: verdict.reason,
    seenNotes: note.token,
    seenSettled: settled(note.token, note, clock),
    notesSight: verdict.sight,
    seenHandbook: 0,
    handbookSight: 'absent',
    pending: released,
    parentKey: verdict.parentKey,
  };
}

function patchNote(
  deps: PassDeps,
  run: PassRun,
  pair: Pair,
  note: NoteRead,
  verdict: Verdict & { mapping: Mapping },
  clock: ServerClock,
  toWithdraw: Pair[],
  quarantines: NewQuarantine[],
): readonly PairPatch[] {
  if (pair.status === 'tombstone') {
    // A softly deleted note is there for good, and people may go on writing in it.
    const soft = pair.reason === 'handbook' && verdict.mapping.handbookDelete === 'soft';
    if (soft || sameToken(pair.seenNotes, note.token)) return [];
    // [TO2] What was deleted does not come back by itself: a stale replica returned, or a backup was restored.
    quarantines.push({
      id: deps.newId(),
      pairId: pair.id,
      linkId: run.link.id,
      code: 'zombie',
      detail: 'a deleted note is back',
      at: iso(deps),
    });
    return [{ id: pair.id, version: pair.version, seenNotes: note.token, blocked: 'quarantine' }];
  }
  const isSettled = settled(note.token, note, clock);
  if (pair.unid === null) {
    // [CR2] The create that nobody heard of: bound here, its record waits for the next look.
    return [
      {
        id: pair.id,
        version: pair.version,
        unid: note.unid,
        seenNotes: note.token,
        seenSettled: isSettled,
        notesSight: verdict.sight,
        reason: verdict.reason,
        parentKey: verdict.parentKey,
        pending: true,
        blocked: null,
      },
    ];
  }
  const sameState =
    sameToken(pair.seenNotes, note.token) &&
    pair.notesSight === verdict.sight &&
    pair.reason === verdict.reason &&
    pair.unid === note.unid;
  // [SL5] The content was read while its token could still hide a second save: read it once more now that it cannot.
  const matured = sameState && isSettled && !pair.seenSettled;
  if (sameState && !matured) return [];
  const lost = verdict.sight !== 'released' && pair.notesSight === 'released';
  if (lost && pair.status !== 'new') toWithdraw.push(pair);
  const unchanged = sameToken(pair.syncedNotes, note.token) && pair.notesSight === verdict.sight && !matured;
  return [
    {
      id: pair.id,
      version: pair.version,
      unid: note.unid,
      seenNotes: note.token,
      seenSettled: isSettled,
      notesSight: verdict.sight,
      reason: verdict.sight === 'released' ? null : verdict.reason,
      parentKey: verdict.parentKey,
      ...(verdict.sight !== 'released' && pair.status === 'new'
        ? { status: 'withheld' as const, pending: false, blocked: null }
        : {}),
      ...(verdict.sight === 'released' && !unchanged ? { pending: true, blocked: null } : {}),
      // [GA5] Pending until the withdrawal is recorded: a crash before it must not leave the record behind.
      ...(verdict.sight !== 'released' && pair.status !== 'new' && (lost || pair.notesSight !== verdict.sight)
        ? { pending: true, blocked: null }
        : {}),
    },
  ];
}

function patchSight(pair: Pair, sight: NotesSight, reason: string, toWithdraw: Pair[]): readonly PairPatch[] {
  if (pair.status === 'tombstone' || (pair.notesSight === sight && pair.reason === reason)) return [];
  if (pair.notesSight === 'released' && pair.status !== 'new') toWithdraw.push(pair);
  return [
    {
      id: pair.id,
      version: pair.version,
      notesSight: sight,
      reason,
      pending: pair.status !== 'new',
      blocked: null,
      ...(pair.status === 'new' ? { status: 'withheld' as const } : {}),
    },
  ];
}

function settled(token: Token, note: NoteRead, clock: ServerClock): boolean {
  return tokenSettled(token.kind, note.modified, clock);
}

function iso(deps: PassDeps): string {
  return new Date(deps.clock.now()).toISOString();
}

/** [GA4] Notes that waited for a parent's release are looked at again when that parent has crossed (or has left again). */
export async function reexamineChildren(
  deps: PassDeps,
  run: PassRun,
  parents: readonly { readonly entity: string; readonly key: string }[],
): Promise<void> {
  const { link } = run;
  for (const [entity, group] of groupBy(parents, (parent) => parent.entity)) {
    const childForms = new Set(
      link.mappings
        .filter((mapping) => mapping.gate.parent?.entity === entity)
        .map((mapping) => mapping.form),
    );
    if (childForms.size === 0) continue;
    const children = await deps.store.pairsByParentKey(
      link.id,
      group.map((parent) => parent.key),
    );
    const waiting = children.filter((pair) => pair.unid !== null && childForms.has(pair.form));
    const readings = await readBatch(run, waiting, headerItems(link.mappings));
    await observeNotes(deps, run, [...readings.values()], {
      greatestStamp: null,
      greatestSeenAtMs: null,
      nowMs: deps.clock.now(),
    });
  }
}
