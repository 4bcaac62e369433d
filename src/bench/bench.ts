import { parseArgs } from 'node:util';
import { syncOnce } from '../operations/sync-once.ts';
import { adopt } from './adopt.ts';
import { api } from './api.ts';
import { backfill } from './backfill.ts';
import { city } from './city.ts';
import { domino } from './domino.ts';
import { idle, incremental } from './incremental.ts';
import { type Bench, withBench } from './open-bench.ts';

const USAGE = `npm run bench -- NAME [--members N]

  backfill      documents per second from Notes into an empty handbook, end to end, and the ratio to a raw batched upsert of the same rows
                into the same server
  incremental   the same first; then an edit of every member in Notes and of every assignment in the handbook, in changes per second; then
                what a round costs in which nobody changed anything
  adopt         the same documents on both sides and no memory of them: joined by key, without a write to either side (needs a server)
  city          an invented city with everything in it: counts and both sides compared with what was made, then documents per second, edits both ways,
                idle, beside raw upserts into the same server and PouchDB pulling the same documents, and the growth of memory
  idle          what a round costs in which nobody changed anything
  api           the handbook's API over HTTP beside bare routes that ask the same of the same database: requests a second, p99, ratio; then the
                meeting evening: 600 mutations a second for ten seconds, what was lost (nothing), and how long Notes takes to have them
  domino        the embedded Domino alone: notes per second written, changed and read in bulk through the face of domino-db, and the ratio to
                plain SQLite statements on the same rows

--members N     invented members (default 2000)
--minutes N     how long the evening of \`api\` lasts (10 is the goal)
--meetings N    meetings of the year in each cell of city, with everybody's attendance (default 1; 12 is a year)
--brief         city: the backfill and its memory alone
--notes N       notes of \`domino\` (default 20000)

Works in a database of its own on the server of DATABASE_URL (or TEST_DATABASE_URL), else in PGlite.
Machines differ and are noisy: only ratios measured in one run mean anything.`;

const BENCHES: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  backfill,
  adopt,
  city: (bench) => city(bench, { members, meetings: Number(values.meetings), brief: values.brief }),
  async incremental(bench) {
    await backfill(bench);
    await incremental(bench);
    await idle(bench);
  },
  api: (bench) => api(bench, minutes),
  async idle(bench) {
    await syncOnce(bench.bridge).run({}, bench.context);
    await idle(bench);
  },
};

const { values, positionals } = parseArgs({
  options: {
    members: { type: 'string', default: '2000' },
    notes: { type: 'string', default: '20000' },
    minutes: { type: 'string' },
    meetings: { type: 'string', default: '1' },
    brief: { type: 'boolean', default: false },
    help: { type: 'boolean' },
  },
  allowPositionals: true,
});
const bench = BENCHES[positionals[0] ?? ''];
const members = Number(values.members);
const notes = Number(values.notes);
const minutes = values.minutes === undefined ? null : Number(values.minutes);
if (values.help === true || positionals.length === 0) console.log(USAGE);
else if (positionals.join(' ') === 'domino') {
  if (Number.isInteger(notes) && notes > 0) await domino(notes);
  else fail('--notes takes a whole number from 1');
} else if (bench === undefined || positionals.length > 1) fail(USAGE);
else if (!Number.isInteger(members) || members < 1) fail('--members takes a whole number from 1');
else if (minutes !== null && !(minutes > 0)) fail('--minutes takes a number greater than 0');
else await withBench(positionals[0] === 'city' ? 0 : members, bench);

function fail(message: string): void {
  console.error(message);
  process.exitCode = 2;
}
