import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { syncOnce } from '../operations/sync-once.ts';
import { pullPass } from '../passes/link-passes.ts';
import { generateCity, requireCounts } from './city-counts.ts';
import { idle, incremental, rounds } from './incremental.ts';
import { measure, rateLine, requireEqual } from './measure.ts';
import { watchMemory } from './memory-watch.ts';
import type { Bench } from './open-bench.ts';
import { pouchPull } from './pouch-pull.ts';
import { rawRows } from './raw-rows.ts';
import { rawUpsert } from './raw-upsert.ts';

/** What the growth of memory is measured from. */
const SMALL_CITY = 10_000;
/** Enough for a rate; a city's worth of edits is the backfill again. */
const EDITS = 5_000;

export interface CityOptions {
  readonly members: number;
  readonly meetings: number;
  /** The backfill and its memory alone. */
  readonly brief: boolean;
}

/**
 * An invented city from Notes into an empty handbook, by pulls alone; then its first sweep. Counts and both sides are compared with what was made before any
 * rate is printed. Then edits both ways, a round without news, and beside it what the same server needs for the same rows, and PouchDB for the same
 * documents.
 */
export async function city(bench: Bench, { members, meetings, brief }: CityOptions): Promise<void> {
  const report = await generateCity(bench, members, meetings);
  const { value: run, mb } = await watchMemory(() => measure(bench, () => rounds(bench, pullPass)));
  const phases = String(bench.phases);
  const swept = await measure(bench, () => syncOnce(bench.bridge).run({}, bench.context));
  if (!swept.value.quiet) throw new Error('The links are not quiet: the rate does not count');
  const counted = await requireCounts(bench, report);
  const compared = await requireEqual(bench);
  console.log(`city      ${members} members, ${meetings} meetings: ${counted}`);
  console.log(`${rateLine('backfill', report.notes, 'notes', run)} (${compared} compared, 0 differences)`);
  console.log(`          ${phases}`);
  console.log(rateLine('sweep', report.notes, 'notes', swept));
  console.log(`memory    at most ${mb.toFixed(0)} MB resident while it ran, embedded Domino included`);
  if (brief) return;
  await incremental(bench, EDITS);
  await idle(bench);
  const records = await rawUpsert(bench);
  const rows = await rawRows(bench);
  const rate = report.notes / run.seconds;
  const line = (label: string, what: string, other: number) =>
    console.log(`${label}  ${what}; backfill is ${(rate / other).toFixed(3)} of it`);
  const ofRecords = records.rows / records.seconds;
  line(
    'raw (a) ',
    `${records.rows} records into one table of the same ${records.server} = ${ofRecords.toFixed(0)}/s`,
    ofRecords,
  );
  const ofRows = records.rows / rows.seconds;
  line(
    'rows    ',
    `${rows.rows} rows of these records into the same six tables = ${ofRows.toFixed(0)} records/s`,
    ofRows,
  );
  const pouch = await pouchPull(bench);
  if (pouch === null) console.log('pouch (b)  not compared: npm could not install PouchDB');
  else {
    const pulled = pouch.documents / pouch.seconds;
    line('pouch (b)', `${pouch.documents} documents over loopback HTTP = ${pulled.toFixed(0)}/s`, pulled);
  }
  if (members > SMALL_CITY) console.log(await growth(mb, meetings));
}

/** A second process with a small city: what the great one needed beyond it. */
async function growth(mb: number, meetings: number): Promise<string> {
  const given = ['city', '--members', String(SMALL_CITY), '--meetings', String(meetings), '--brief'];
  const { stdout } = await promisify(execFile)(process.execPath, [process.argv[1] ?? '', ...given]);
  const small = Number(/at most (\d+) MB/u.exec(stdout)?.[1]);
  return `growth    ${(mb - small).toFixed(0)} MB from ${SMALL_CITY} members (${small} MB) to this city`;
}
