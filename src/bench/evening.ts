import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { syncOnce } from '../operations/sync-once.ts';
import { appliedVersion, ask, percentile, type Target } from './http-load.ts';
import { requireEqual } from './measure.ts';
import type { Bench } from './open-bench.ts';

const PER_SECOND = 600;
const MOST_STREAMS = 200;

/**
 * The evening on which everybody reports: 600 mutations a second, each in a request of its own, on a fixed timetable; a late answer delays only its own
 * stream, and delays count from when the mutation was due. No pass runs meanwhile, so all of it is left for the drain to Notes.
 */
export async function evening(
  bench: Bench,
  target: Target,
  headers: Target['headers'],
  seconds: number,
): Promise<void> {
  const { outside } = bench.composed;
  const { rows: records } = await outside.query<{ id: string; version: number }>(
    `select record_id as id, version from handbook.record where entity = 'assignment' and state = 'live' order by record_id limit ${MOST_STREAMS}`,
  );
  const each = Math.ceil((PER_SECOND * seconds) / records.length);
  const pool = new Pool(target.origin, { connections: 32 });
  const delays: number[] = [];
  const last = new Map<string, number>();
  const began = performance.now();
  await Promise.all(
    records.map(async ({ id, version }, stream) => {
      let baseVersion = version;
      for (let turn = 0; turn < each; turn += 1) {
        const due = began + ((turn * records.length + stream) * 1_000) / PER_SECOND;
        const early = due - performance.now();
        if (early > 0) await sleep(early);
        const progress = (turn + stream) % 101;
        const mutation = {
          mutationId: `e${turn}`,
          kind: 'update',
          entity: 'assignment',
          recordId: id,
          baseVersion,
        };
        const answer = await ask(pool, {
          method: 'POST',
          path: '/api/handbook/v1/mutations',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify({
            clientId: `evening-${stream}`,
            mutations: [{ ...mutation, fields: { progress } }],
          }),
        });
        baseVersion = appliedVersion(answer);
        last.set(id, progress);
        delays.push(performance.now() - due);
      }
    }),
  );
  const took = (performance.now() - began) / 1_000;
  await pool.close();
  const lost = each * records.length - (await kept(bench)) + (await wrong(bench, last));
  const drained = performance.now();
  const { quiet } = await syncOnce(bench.bridge).run({}, bench.context);
  const drain = (performance.now() - drained) / 1_000;
  const compared = await requireEqual(bench);
  console.log(
    `meeting evening   ${delays.length} mutations in ${took.toFixed(1)} s = ${(delays.length / took).toFixed(0)}/s accepted (due: ${PER_SECOND}/s), ` +
      `p99 ${percentile(delays, 0.99).toFixed(0)} ms from when due, ${lost} lost; drained to Notes in ${drain.toFixed(1)} s ` +
      `(${quiet ? 'quiet' : 'not quiet'}, ${compared} compared, 0 differences)`,
  );
  if (lost > 0 || !quiet)
    throw new Error('Mutations were lost, or the links are not quiet: the evening does not count');
}

async function kept(bench: Bench): Promise<number> {
  const { rows } = await bench.composed.outside.query<{ count: number }>(
    `select count(*)::integer as count from handbook.mutation where client_id like '%/evening-%' and result ->> 'kind' = 'applied'`,
  );
  return rows[0]?.count ?? 0;
}

/** Records that do not say what was last accepted. */
async function wrong(bench: Bench, last: ReadonlyMap<string, number>): Promise<number> {
  const { rows } = await bench.composed.outside.query<{ id: string; progress: number }>(
    `select record_id as id, (fields ->> 'progress')::integer as progress from handbook.record where record_id = any($1::uuid[])`,
    [[...last.keys()]],
  );
  return last.size - rows.filter(({ id, progress }) => last.get(id) === progress).length;
}
