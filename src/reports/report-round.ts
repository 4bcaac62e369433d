import { DominoError } from '../../connectors/domino/port.ts';
import type { ConflictRow } from '../../connectors/postgres/port.ts';
import type { PassRun } from '../passes/pass-deps.ts';
import type { Items } from '../sync/note.ts';
import {
  closedItems,
  newReportItems,
  readAnswer,
  refusedItems,
  REPORT_FORM,
  REPORT_ID_ITEM,
  REPORT_ITEMS,
  type ReportAnswer,
  shownItems,
} from '../sync/report-form.ts';
import { decideReport } from './decide-report.ts';
import { describeReport, editorsOf } from './describe-report.ts';
import type { ReportDeps, ReportPlace, ReportTally } from './report-deps.ts';

/** Newest first; what is beyond waits until some are decided. */
const MOST_OPEN = 1_000;
const CHANGED = 'Giá trị đã thay đổi từ khi được hiển thị: hãy xem lại và chọn lại.';

type Counts = { -readonly [name in keyof ReportTally]: ReportTally[name] };

/**
 * One round of a link's reports, under the link's lease: carries out what Notes users chose, closes what is over, tells anew what is open. Every step may
 * be repeated after a death: [NU1] a report is known before it is made and looked for before it is made again; [NU2] a conflict that is closed is never
 * decided a second time; [NU4] what the bridge saved itself is nobody's choice.
 */
export async function reportRound(deps: ReportDeps, place: ReportPlace, run: PassRun): Promise<ReportTally> {
  const counts: Counts = { made: 0, decided: 0, refused: 0, closed: 0, refreshed: 0, waiting: 0 };
  const wanted = await wantedRows(deps, place);
  const known = await deps.book.open(place.link.id);
  const bound = known.flatMap(({ conflictId, unid }) => (unid === null ? [] : [[conflictId, unid] as const]));
  const answers = await readAnswers(place, run, bound);
  for (const [conflictId, unid] of bound) {
    const answer = answers.get(unid);
    // Somebody deleted the report: while its question is open it is asked again.
    if (answer === null) await deps.book.forget(conflictId);
    else if (answer !== undefined)
      await settle(deps, place, run, counts, { conflictId, unid, answer, row: wanted.get(conflictId) });
  }
  for (const { conflictId, unid } of known)
    if (unid === null && !wanted.has(conflictId)) await closeUnbound(deps, place, run, conflictId);
  const alive = new Set(
    bound.flatMap(([conflictId, unid]) => (answers.get(unid) === null ? [] : [conflictId])),
  );
  await makeMissing(
    deps,
    place,
    run,
    counts,
    [...wanted.values()].filter((row) => !alive.has(row.id)),
  );
  counts.waiting = (await deps.book.open(place.link.id)).length;
  return counts;
}

/** Conflicts that wait for a person, and edits that were refused and that nobody has looked at. */
async function wantedRows(
  { bridge }: ReportDeps,
  { link }: ReportPlace,
): Promise<ReadonlyMap<string, ConflictRow>> {
  const of = (state: 'open' | 'settled') =>
    bridge.deps.store.conflicts({ linkId: link.id, state, limit: MOST_OPEN });
  const rows = [...(await of('open')), ...(await of('settled')).filter((row) => row.kind === 'refused-edit')];
  return new Map(rows.slice(0, MOST_OPEN).map((row) => [row.id, row]));
}

/** Per UNID; null = the report is not there any more. One that cannot be read now is left out. */
async function readAnswers(
  place: ReportPlace,
  run: PassRun,
  bound: readonly (readonly [string, string])[],
): Promise<ReadonlyMap<string, ReportAnswer | null>> {
  const answers = new Map<string, ReportAnswer | null>();
  const { cap } = place.database.capabilities;
  for (let start = 0; start < bound.length; start += cap) {
    await run.fence();
    const unids = bound.slice(start, start + cap).map(([, unid]) => unid);
    for (const reading of await place.database.readNotes(unids, REPORT_ITEMS, { signal: run.signal })) {
      if (reading.kind === 'note') answers.set(reading.unid, readAnswer(reading.items));
      else if (reading.kind === 'missing') answers.set(reading.unid, null);
    }
  }
  return answers;
}

async function settle(
  deps: ReportDeps,
  place: ReportPlace,
  run: PassRun,
  counts: Counts,
  known: {
    readonly conflictId: string;
    readonly unid: string;
    readonly answer: ReportAnswer;
    readonly row: ConflictRow | undefined;
  },
): Promise<void> {
  const { conflictId, unid, answer, row } = known;
  if (row === undefined) {
    await closeReport(deps, place, run, conflictId, unid);
    counts.closed += 1;
    return;
  }
  const report = describeReport(place.link, row, new Map());
  const changed = answer.seen !== report.seen;
  const { choice, savedBy } = answer;
  if (choice !== null && savedBy !== null && savedBy !== place.identity) {
    if (changed) {
      await refresh(place, run, row, unid, refusedItems(CHANGED));
      counts.refused += 1;
      return;
    }
    const decision = await decideReport(deps, row, { ...answer, choice, savedBy }, run.signal);
    if (decision.kind === 'refused') {
      await write(place, run, unid, refusedItems(decision.why));
      counts.refused += 1;
    }
    if (decision.kind !== 'decided') return;
    await closeReport(deps, place, run, conflictId, unid);
    counts.decided += 1;
    return;
  }
  if (!changed) return;
  await refresh(place, run, row, unid, {});
  counts.refreshed += 1;
}

async function refresh(
  place: ReportPlace,
  run: PassRun,
  row: ConflictRow,
  unid: string,
  more: Items,
): Promise<void> {
  const editors = await editorsOf(place.link, row.unid === null ? [] : [row.unid], run.signal);
  await write(place, run, unid, { ...shownItems(describeReport(place.link, row, editors)), ...more });
}

/** It was to be made when a death came between, and its question is over meanwhile. */
async function closeUnbound(
  deps: ReportDeps,
  place: ReportPlace,
  run: PassRun,
  conflictId: string,
): Promise<void> {
  await run.fence();
  const [unid] = await place.database.findByItem(REPORT_FORM, REPORT_ID_ITEM, conflictId, {
    signal: run.signal,
  });
  if (unid === undefined) await deps.book.forget(conflictId);
  else await closeReport(deps, place, run, conflictId, unid);
}

/** First the document, then our own memory: a death between them closes it once more. */
async function closeReport(
  { bridge, book }: ReportDeps,
  place: ReportPlace,
  run: PassRun,
  conflictId: string,
  unid: string,
): Promise<void> {
  const row = await bridge.deps.store.conflict(conflictId);
  const resolved = row?.state === 'resolved' || row?.state === 'settled';
  const at = row?.closedAt ?? new Date(bridge.deps.clock.now()).toISOString();
  await write(
    place,
    run,
    unid,
    closedItems(resolved ? 'DaXuLy' : 'HetHieuLuc', {
      by: row?.closedBy ?? '',
      at,
      result: resolved ? inWords(row.choice) : '',
    }),
  );
  await book.forget(conflictId);
}

function inWords(choice: string | null): string {
  if (choice === 'notes') return 'Giữ giá trị của Notes';
  if (choice === 'handbook') return 'Giữ giá trị của Sổ tay';
  return choice === null ? '' : 'Giữ giá trị khác';
}

async function makeMissing(
  deps: ReportDeps,
  place: ReportPlace,
  run: PassRun,
  counts: Counts,
  rows: readonly ConflictRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const editors = await editorsOf(
    place.link,
    rows.flatMap(({ unid }) => (unid === null ? [] : [unid])),
    run.signal,
  );
  for (const row of rows) {
    if (run.signal.aborted) return;
    await run.fence();
    await deps.book.expect(place.link.id, row.id);
    const signal = { signal: run.signal };
    const [there, ...copies] = await place.database.findByItem(REPORT_FORM, REPORT_ID_ITEM, row.id, signal);
    // Two of one conflict: a creation that got no answer had landed after all.
    for (const copy of copies) await place.database.deleteNote(copy, null, signal);
    const items = newReportItems(describeReport(place.link, row, editors), place.readers);
    try {
      const unid = there ?? (await place.database.createNote(items, signal)).unid;
      await deps.book.bind(row.id, unid);
      if (there === undefined) counts.made += 1;
    } catch (error) {
      // Whether it landed, the next round sees.
      if (!(error instanceof DominoError) || error.code !== 'outcome-unknown') throw error;
    }
  }
}

async function write(place: ReportPlace, run: PassRun, unid: string, items: Items): Promise<void> {
  await run.fence();
  await place.database.replaceItems(unid, items, null, { signal: run.signal });
}
