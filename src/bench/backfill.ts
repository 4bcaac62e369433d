import { syncOnce } from '../operations/sync-once.ts';
import { measure, memoryLine, rateLine, requireEqual } from './measure.ts';
import type { Bench } from './open-bench.ts';
import { rawUpsert } from './raw-upsert.ts';

/** Everything from Notes into an empty handbook, the first sweep included. */
export async function backfill(bench: Bench): Promise<void> {
  const run = await measure(bench, () => syncOnce(bench.bridge).run({}, bench.context));
  if (!run.value.quiet) throw new Error('The links are not quiet: the rate does not count');
  const phases = String(bench.phases);
  const compared = await requireEqual(bench);
  const raw = await rawUpsert(bench);
  console.log(`${rateLine('backfill', raw.rows, 'documents', run)} (${compared} compared, 0 differences)`);
  console.log(`          ${phases}`);
  console.log(
    `raw       ${raw.rows} rows in ${raw.seconds.toFixed(2)} s = ${(raw.rows / raw.seconds).toFixed(0)}/s batched upsert into the same ${raw.server}`,
  );
  console.log(`ratio     ${(raw.seconds / run.seconds).toFixed(3)}`);
  console.log(memoryLine());
}
