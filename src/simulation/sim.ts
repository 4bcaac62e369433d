import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Coverage } from './coverage.ts';
import { coverageTables, shortfalls } from './coverage-tables.ts';
import { KEPT_SEEDS } from './kept-seeds.ts';
import { runWorker } from './run-worker.ts';
import { type Way, WAYS } from './open-way.ts';
import type { Failure } from './sim-worker.ts';

const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '1000' },
    seed: { type: 'string' },
    replay: { type: 'string' },
    kept: { type: 'boolean', default: false },
    via: { type: 'string' },
    threads: { type: 'string', default: String(availableParallelism()) },
    least: { type: 'string' },
    store: { type: 'string', default: 'memory' },
    json: { type: 'boolean', default: false },
  },
});

/** Seeds are handed out from here on; a fresh place each time unless one is given. */
const seed = whole(values.replay ?? values.seed ?? String(Date.now() % 1_000_000_000), 'seed');
const histories = values.replay === undefined ? whole(values.histories, 'histories') : 1;
const threads = Math.min(histories, whole(values.threads, 'threads'));

/** `mix`: histories by Proton and by REST in turn. */
const ways = values.via === undefined ? [] : waysOf(values.via);

const { store } = values;
if (store !== 'memory' && store !== 'pglite') {
  process.stderr.write(`--store is memory or pglite, not "${store}"\n`);
  process.exit(2);
}

/** Every fault and every cell of the planner's table has to occur so often, or the run proves too little and fails. */
const least = values.least === undefined ? 0 : whole(values.least, 'least');

/** Seeds that once found something run again before the others. */
const kept = values.kept ? KEPT_SEEDS : [];

const started = performance.now();
const results = await Promise.all(
  Array.from({ length: threads }, (_, nth) =>
    runWorker({
      kept: kept.filter((_, at) => at % threads === nth),
      first: seed + nth,
      stride: threads,
      count: Math.floor(histories / threads) + (nth < histories % threads ? 1 : 0),
      patches: [],
      ways,
      untilCaught: false,
      store,
    }),
  ),
);
const seconds = Math.round((performance.now() - started) / 100) / 10;
const coverage = new Coverage();
for (const result of results) coverage.add(result.coverage);
const failures = results.flatMap((result) => result.failures);
const summary = {
  histories: sum(results.map((result) => result.histories)),
  operations: sum(results.map((result) => result.operations)),
  violations: failures.length,
  seconds,
  seed,
  coverage: Object.fromEntries(
    Object.entries(coverage.counts).sort(([one], [other]) => (one < other ? -1 : 1)),
  ),
};

const missing = shortfalls(coverage.counts, least);

if (values.json) process.stdout.write(`${JSON.stringify({ ...summary, failures, missing })}\n`);
else print();
process.exitCode = failures.length + missing.length > 0 ? 1 : 0;

function print(): void {
  process.stdout.write(`${coverageTables(coverage.counts)}\n\n`);
  for (const failure of failures) process.stdout.write(`${told(failure)}\n`);
  for (const line of missing) process.stdout.write(`too seldom: ${line}\n`);
  const { operations, violations } = summary;
  process.stdout.write(
    `seed ${seed}: ${summary.histories} histories, ${operations} operations (${(operations / summary.histories).toFixed(1)} on average), ${seconds} s, ${violations} violations\n`,
  );
}

function told({ seed: failing, message, operations }: Failure): string {
  const steps = operations.map((one) => `  ${JSON.stringify(one)}`);
  return `seed ${failing}: ${message}\n${steps.join('\n')}\nAgain: npm run sim -- --replay ${failing}${values.via === undefined ? '' : ` --via ${values.via}`}\n`;
}

function waysOf(text: string): readonly Way[] {
  if (text === 'mix') return ['proton', 'rest'];
  const way = WAYS.find((one) => one === text);
  if (way !== undefined) return [way];
  process.stderr.write(`--via must be mix, ${WAYS.join(', ')}, not "${text}"\n`);
  process.exit(2);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function whole(text: string, name: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    process.stderr.write(`--${name} must be a whole number from 1 up, not "${text}"\n`);
    process.exit(2);
  }
  return value;
}
