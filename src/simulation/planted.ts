import type { PlantedBug } from './planted-bug.ts';
import { PLANTED_CORE_BUGS } from './planted-core-bugs.ts';
import { PLANTED_PASS_BUGS } from './planted-pass-bugs.ts';
import { PLANTED_WRITE_BUGS } from './planted-write-bugs.ts';
import { runWorker } from './run-worker.ts';

/** Each defect gets the same histories, whatever is planted: how soon it is noticed is a property of the simulation. */
const FIRST_SEED = 20_000;
const THREADS = 2;

interface Line {
  readonly bug: PlantedBug;
  readonly histories: number;
  readonly rule: string | null;
}

/** Only defects whose names hold one of these. */
const words = process.argv.slice(2);
const waiting = [...PLANTED_CORE_BUGS, ...PLANTED_PASS_BUGS, ...PLANTED_WRITE_BUGS].filter(
  (one) => words.length === 0 || words.some((word) => one.name.includes(word)),
);
const lines: Line[] = [];

async function work(): Promise<void> {
  for (let bug = waiting.shift(); bug !== undefined; bug = waiting.shift()) {
    const result = await runWorker({
      kept: [],
      first: FIRST_SEED,
      stride: 1,
      count: bug.within,
      patches: bug.patches,
      ways: [],
      untilCaught: true,
      store: 'memory',
    });
    const rule = result.failures[0]?.rule ?? null;
    lines.push({ bug, histories: result.histories, rule });
    process.stdout.write(`${line(bug.name, result.histories, bug.within, rule)}\n`);
  }
}

function line(name: string, histories: number, within: number, rule: string | null): string {
  return `${(rule ?? 'NOT CAUGHT').padEnd(10)}  ${String(histories).padStart(6)} of ${String(within).padStart(5)}  ${name}`;
}

await Promise.all(Array.from({ length: THREADS }, work));
const missed = lines.filter(({ rule }) => rule === null);
process.stdout.write(`\n${lines.length - missed.length} of ${lines.length} planted defects were caught\n`);
process.exitCode = missed.length > 0 ? 1 : 0;
