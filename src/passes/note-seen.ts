import type { NoteRead } from '../sync/note.ts';
import type { NotesSight, Pair } from '../sync/pair.ts';
import { tokenSettled } from '../sync/slices.ts';
import { sameToken } from '../sync/token.ts';
import type { HeaderNews } from './header-news.ts';
import type { JudgedNote } from './judge-notes.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import type { ServerClock } from './server-clock.ts';

/** The header of a pair's note was read: what of it is news. */
export function noteSeen(
  deps: PassDeps,
  run: PassRun,
  pair: Pair,
  note: NoteRead,
  verdict: JudgedNote,
  clock: ServerClock,
  news: HeaderNews,
): void {
  if (pair.status === 'tombstone') {
    seenUnderTombstone(deps, run, pair, note, verdict, news);
    return;
  }
  const settled = tokenSettled(note.token.kind, note.modified, clock);
  if (pair.unid === null) {
    // [CR2] The create that nobody heard of: bound here, its record waits for the next look.
    news.patches.push({
      id: pair.id,
      version: pair.version,
      unid: note.unid,
      seenNotes: note.token,
      seenSettled: settled,
      notesSight: verdict.sight,
      reason: verdict.reason,
      parentKey: verdict.parentKey,
      pending: true,
      blocked: null,
    });
    return;
  }
  const sameState =
    sameToken(pair.seenNotes, note.token) &&
    pair.notesSight === verdict.sight &&
    pair.reason === verdict.reason &&
    pair.unid === note.unid;
  // [SL5] The content was read while its token could still hide a second save: read it once more now that it cannot.
  const matured = sameState && settled && !pair.seenSettled;
  // [GA4] A withdrawal forgot whose child it is. The note itself is open and marked: it waits for its parent like one that never crossed.
  const waits = verdict.reason === 'parent-unreleased' && pair.parentKey !== verdict.parentKey;
  if (sameState && !matured && !waits) return;
  const lost = verdict.sight !== 'released' && pair.notesSight === 'released';
  if (lost && pair.status !== 'new') news.withdraw.push(pair);
  const unchanged = sameToken(pair.syncedNotes, note.token) && pair.notesSight === verdict.sight && !matured;
  news.patches.push({
    id: pair.id,
    version: pair.version,
    unid: note.unid,
    seenNotes: note.token,
    seenSettled: settled,
    notesSight: verdict.sight,
    reason: verdict.sight === 'released' ? null : verdict.reason,
    parentKey: verdict.parentKey,
    // [GA6] A member's record crossed before its note was ever seen: it waits to be planned.
    ...(verdict.sight !== 'released' && neverCrossed(pair)
      ? { status: 'withheld' as const, pending: mayHaveBegun(pair), blocked: null }
      : {}),
    ...(verdict.sight === 'released' && !unchanged ? { pending: true, blocked: null } : {}),
    // [GA5] Pending until the withdrawal is recorded: a crash before it must not leave the record behind.
    ...(verdict.sight !== 'released' && pair.status !== 'new' && (lost || pair.notesSight !== verdict.sight)
      ? { pending: true, blocked: null }
      : {}),
  });
}

/** [TO2] What was deleted does not come back by itself: a stale replica returned, or a backup was restored. */
function seenUnderTombstone(
  deps: PassDeps,
  run: PassRun,
  pair: Pair,
  note: NoteRead,
  verdict: JudgedNote,
  news: HeaderNews,
): void {
  // A softly deleted note is there for good, and people may go on writing in it.
  const soft = pair.reason === 'handbook' && verdict.mapping.handbookDelete === 'soft';
  // [GA5] What a conflict kept of the deleted note was released with it.
  if (verdict.sight !== 'released' && !sameToken(pair.seenNotes, note.token)) news.erase.push(pair.id);
  if (soft || sameToken(pair.seenNotes, note.token)) return;
  news.quarantines.push({
    id: deps.newId(),
    pairId: pair.id,
    linkId: run.link.id,
    code: 'zombie',
    detail: 'a deleted note is back',
    at: new Date(deps.clock.now()).toISOString(),
  });
  news.patches.push({ id: pair.id, version: pair.version, seenNotes: note.token, blocked: 'quarantine' });
}

/**
 * A note that changed its form is no longer the record's note. [MC7] Once nothing of it is left in the handbook, a note whose form is mapped too is let go,
 * and comes as a document of its own with the next look.
 */
export function otherFormSeen(pair: Pair, mapped: boolean, news: HeaderNews): void {
  const sight: NotesSight = 'classified';
  const reason = 'form-differs';
  const over = (pair.status === 'withdrawn' || pair.status === 'withheld') && !pair.pending;
  if (mapped && over && pair.reason === reason) {
    const gone = { unid: null, seenNotes: null, status: 'tombstone', reason: 'form-changed' } as const;
    news.patches.push({ id: pair.id, version: pair.version, ...gone });
    return;
  }
  if (pair.status === 'tombstone') {
    // [RS4] What a conflict kept of the deleted note was released with it, and as what it was. Told once.
    if (pair.notesSight === sight) return;
    news.erase.push(pair.id);
    news.patches.push({ id: pair.id, version: pair.version, notesSight: sight });
    return;
  }
  if (pair.notesSight === sight && pair.reason === reason) return;
  if (pair.notesSight === 'released' && pair.status !== 'new') news.withdraw.push(pair);
  news.patches.push({
    id: pair.id,
    version: pair.version,
    notesSight: sight,
    reason,
    pending: !neverCrossed(pair) || mayHaveBegun(pair),
    blocked: null,
    ...(neverCrossed(pair) ? { status: 'withheld' as const } : {}),
  });
}

/** [GA5] An intent may hold its content: it is planned once more, which takes that away. */
function mayHaveBegun(pair: Pair): boolean {
  return pair.notesSight === 'released';
}

/** [AD1] One that was joined by key has a record that is shown: it is withdrawn like any other. */
function neverCrossed(pair: Pair): boolean {
  return pair.status === 'new' && pair.bornIn === 'notes' && pair.handbookSight === 'absent';
}
