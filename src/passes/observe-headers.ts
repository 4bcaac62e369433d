import type { NoteReading, Unid } from '../sync/note.ts';
import type { Pair } from '../sync/pair.ts';
import { bindCreated } from './bind-created.ts';
import { formOf } from './gate-reading.ts';
import { type HeaderNews, noNews } from './header-news.ts';
import { journalEntry } from './journal-entry.ts';
import { judgeNotes } from './judge-notes.ts';
import { newPair } from './new-pair.ts';
import { noteNotSeen } from './note-not-seen.ts';
import { noteSeen, otherFormSeen } from './note-seen.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import type { ClockOf } from './server-clock.ts';
import { type Withdrawn, withdrawPairs } from './withdraw.ts';

export interface HeadersSeen {
  /** How many notes were news. */
  readonly fresh: number;
  readonly withdrawn: Withdrawn;
}

/**
 * Writes what was seen of these notes' metadata: new pairs, tokens, sights. Notes that lost their release are withdrawn at once. What hangs
 * on them is the caller's to look at.
 */
export async function observeHeaders(
  deps: PassDeps,
  run: PassRun,
  readings: readonly NoteReading[],
  clockOf: ClockOf,
  stubs: ReadonlySet<Unid>,
): Promise<HeadersSeen> {
  if (readings.length === 0) return { fresh: 0, withdrawn: { count: 0, parents: [] } };
  const news = await newsOf(deps, run, readings, clockOf, stubs);
  const { inserts, patches, quarantines } = news;
  await writeNews(deps, run, news);
  run.tally.withheld += inserts.filter((row) => row.status === 'withheld').length;
  run.tally.quarantined += quarantines.length;
  const withdrawn = await withdrawPairs(
    deps,
    run,
    news.withdraw.map((pair) => pair.id),
  );
  return { fresh: inserts.length + patches.filter((patch) => patch.pending === true).length, withdrawn };
}

async function newsOf(
  deps: PassDeps,
  run: PassRun,
  readings: readonly NoteReading[],
  clockOf: ClockOf,
  stubs: ReadonlySet<Unid>,
): Promise<HeaderNews> {
  const known = new Map<Unid, Pair>();
  for (const pair of await deps.store.pairsByUnid(
    run.link.replicaSet,
    readings.map((reading) => reading.unid),
  )) {
    if (pair.unid) known.set(pair.unid, pair);
  }
  const verdicts = await judgeNotes(deps, run, readings, known);
  const created = await bindCreated(deps, readings, known);
  const news = noNews();
  for (const reading of readings) {
    const pair = known.get(reading.unid) ?? created.bound.get(reading.unid);
    if (reading.kind !== 'note') {
      if (pair) noteNotSeen(deps, run, pair, reading, stubs.has(reading.unid), news);
      continue;
    }
    const verdict = verdicts.get(reading.unid);
    // Quarantine comes after the gate: a withheld note is in nobody's way.
    if (pair?.blocked === 'quarantine' && verdict?.sight !== 'released') news.leaving.push(pair.id);
    if (!verdict) {
      const form = formOf(reading.items);
      if (pair)
        otherFormSeen(
          pair,
          run.link.mappings.some((one) => one.form === form),
          news,
        );
    } else if (pair) noteSeen(deps, run, pair, reading, verdict, clockOf(reading.unid), news);
    else {
      const recordId = created.forgotten.get(reading.unid);
      const fresh = newPair(deps, run, reading, verdict, clockOf(reading.unid));
      news.inserts.push(
        recordId === undefined ? fresh : { ...fresh, recordId, status: 'new', pending: true },
      );
    }
  }
  return news;
}

async function writeNews(deps: PassDeps, run: PassRun, news: HeaderNews): Promise<void> {
  const { inserts, patches, quarantines, leaving, erase } = news;
  if (inserts.length + patches.length + quarantines.length + leaving.length + erase.length === 0) return;
  const fence = await run.fence();
  await deps.store.transaction(fence, async (tx) => {
    if (inserts.length > 0) await tx.insertPairs(inserts);
    if (patches.length > 0) await tx.updatePairs(patches);
    if (leaving.length > 0) await tx.clearQuarantine(leaving);
    if (erase.length > 0) await tx.eraseContent(erase);
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
}
