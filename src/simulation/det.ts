import { historyOf, runHistory } from './run-history.ts';
import { openServer } from './open-world.ts';
const server = openServer(`/dev/shm/simx-${process.pid}`);
const seeds = process.argv.slice(2).map(Number);
for (const seed of seeds) { const w = await server.open(seed); const lines: string[] = []; const add = w.trace.add.bind(w.trace); (w.trace as any).add = (l: string) => { lines.push(l); add(l); };
 const o = await runHistory(w, historyOf(seed)); console.log(seed, w.way, o.hash, o.steps, o.violation?.message.slice(0, 300)); await w.close();
 (await import('node:fs')).writeFileSync(`/tmp/tr-${seed}-${seeds.length}.txt`, lines.join('\n')); }
server.close();
