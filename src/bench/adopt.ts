import { syncOnce } from '../operations/sync-once.ts';
import { measure, rateLine, requireEqual } from './measure.ts';
import type { Bench } from './open-bench.ts';
import { recordVersions } from './record-versions.ts';

/** Everything the bridge knows, except whose marks are its own: as after its installation beside two systems that were kept by hand. */
const FORGET = [
  `truncate bridge.pair, bridge.intent, bridge.conflict, bridge.quarantine, bridge.tombstone, bridge.checkpoint`,
  `update bridge.link set approved = false, cursor_epoch = null, cursor_position = null, swept_at = null, sweep_due = false`,
];

/** The same documents on both sides, and no memory of them: how fast they are joined by key. A single write to either side fails it. */
export async function adopt(bench: Bench): Promise<void> {
  const setUp = await syncOnce(bench.bridge).run({}, bench.context);
  if (!setUp.quiet) throw new Error('The links are not quiet: there is nothing to adopt');
  const pool = await bench.openRaw();
  try {
    if (pool.kind !== 'postgres') throw new Error('adopt needs a PostgreSQL server: set DATABASE_URL');
    for (const statement of FORGET) await pool.query(statement);
  } finally {
    await pool.close();
  }
  const before = await recordVersions(bench);
  const run = await measure(bench, () => syncOnce(bench.bridge).run({}, bench.context));
  const phases = String(bench.phases);
  const after = await recordVersions(bench);
  if (after.sum !== before.sum || run.counts.writes > 0)
    throw new Error(
      `${after.sum - before.sum} writes to the handbook, ${run.counts.writes} to Notes: none was needed`,
    );
  await requireEqual(bench);
  console.log(
    `${rateLine('adopt', after.records, 'documents', run)} (0 writes to either side, 0 differences)`,
  );
  console.log(`        ${phases}`);
}
