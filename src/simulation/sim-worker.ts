import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort, threadId, workerData } from 'node:worker_threads';
import { patchSources, type SourcePatch } from './patch-sources.ts';
import { COUNT_PLANNER_CELLS } from './planner-cells.ts';
import type { Way } from './open-way.ts';
import type { SimOperation } from './operation.ts';

/** The `kept` seeds, then `first`, `first + stride`, … `count` of them. */
export interface WorkerTask {
  readonly kept: readonly number[];
  readonly first: number;
  readonly stride: number;
  readonly count: number;
  readonly patches: readonly SourcePatch[];
  /** Ends with the first violation, which is not made smaller. */
  readonly untilCaught: boolean;
  /** Ways into Domino that histories take in turn; none = the usual mixture. */
  readonly ways: readonly Way[];
  /** `pglite`: PostgreSQL gets every call as well, and has to answer the same. */
  readonly store: 'memory' | 'pglite';
  /** Fast scratch memory, where the machine has it. */
  readonly scratch: string | null;
}

export interface Failure {
  readonly seed: number;
  readonly rule: string;
  readonly message: string;
  readonly operations: readonly SimOperation[];
}

export interface WorkerResult {
  readonly histories: number;
  readonly operations: number;
  readonly steps: number;
  readonly failures: readonly Failure[];
  readonly coverage: Readonly<Record<string, number>>;
}

const SAME_SEED_EVERY = 25;
const MOST_FAILURES = 5;

const task = workerData as WorkerTask;
const wereLoaded = patchSources([COUNT_PLANNER_CELLS, ...task.patches]);
// Only now: the modules of the engine are to be loaded with the patches.
const { historyOf, runHistory } = await import('./run-history.ts');
const { openServer } = await import('./open-world.ts');
const { shrink } = await import('./shrink.ts');
const { Coverage } = await import('./coverage.ts');
const { openPostgres } = await import('./open-postgres.ts');
wereLoaded();

const root = join(task.scratch ?? tmpdir(), `simulation-${process.pid}-${threadId}`);
const postgres = task.store === 'pglite' ? await openPostgres() : null;
const server = openServer(root, postgres, task.ways);
const coverage = new Coverage();
const failures: Failure[] = [];
let histories = 0;
let operations = 0;
let steps = 0;

async function once(seed: number, history: readonly SimOperation[], counted: boolean) {
  const world = await server.open(seed);
  try {
    const outcome = await runHistory(world, history);
    if (counted) coverage.add(world.coverage.counts);
    return outcome;
  } finally {
    await world.close();
  }
}

async function smallest(seed: number, history: readonly SimOperation[], rule: string) {
  if (task.untilCaught) return history;
  return shrink(history, async (part) => (await once(seed, part, false)).violation?.rule === rule);
}

const seeds = [
  ...task.kept,
  ...Array.from({ length: task.count }, (_, nth) => task.first + nth * task.stride),
];
for (const [nth, seed] of seeds.entries()) {
  if (failures.length >= (task.untilCaught ? 1 : MOST_FAILURES)) break;
  const history = historyOf(seed);
  const outcome = await once(seed, history, true);
  histories += 1;
  operations += history.length;
  steps += outcome.steps;
  if (outcome.violation) {
    const { rule, message } = outcome.violation;
    failures.push({ seed, rule, message, operations: await smallest(seed, history, rule) });
  } else if (!task.untilCaught && nth % SAME_SEED_EVERY === 0) {
    const again = await once(seed, history, false);
    coverage.hit('same seed run twice');
    if (again.hash !== outcome.hash)
      failures.push({ seed, rule: 'I22', message: 'the same seed left another trace', operations: history });
  }
}
coverage.add(globalThis.simulationCells ?? {});
server.close();
await postgres?.close();
rmSync(root, { recursive: true, force: true });
const result: WorkerResult = {
  histories,
  operations,
  steps,
  failures,
  coverage: coverage.counts,
};
parentPort?.postMessage(result, []);
