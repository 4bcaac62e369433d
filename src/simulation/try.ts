import { rmSync } from 'node:fs';
import { historyOf, runHistory } from './run-history.ts';
import { openServer } from './open-world.ts';
const root = `/dev/shm/sim-${process.pid}`;
const server = openServer(root);
const [from, count] = [Number(process.argv[2] ?? 1), Number(process.argv[3] ?? 100)];
const byRule: Record<string, number[]> = {};
const cov: Record<string, number> = {};
let steps = 0, ops = 0;
const t = performance.now();
for (let seed = from; seed < from + count; seed++) {
  const world = await server.open(seed);
  const history = historyOf(seed);
  ops += history.length;
  const outcome = await runHistory(world, history);
  steps += outcome.steps;
  for (const [k, v] of Object.entries(world.coverage.counts)) cov[k] = (cov[k] ?? 0) + v;
  if (outcome.violation) {
    (byRule[outcome.violation.rule] ??= []).push(seed);
    if ((byRule[outcome.violation.rule]?.length ?? 0) <= 2) console.log(seed, world.way, outcome.violation.message.slice(0, 700));
  }
  await world.close();
}
const s = (performance.now() - t) / 1000;
console.log({ s, perSecond: count / s, ops: ops / count, steps: steps / count });
for (const [rule, seeds] of Object.entries(byRule)) console.log(rule, seeds.length, seeds.slice(0, 8).join(' '));
if (process.argv[4]) console.log(cov);
server.close();
rmSync(root, { recursive: true, force: true });
