import { rmSync } from 'node:fs';
import { historyOf, runHistory } from './run-history.ts';
import { openServer } from './open-world.ts';
import { shrink } from './shrink.ts';
import { allNotes } from './shown-note.ts';
const root = `/dev/shm/simd-${process.pid}`;
const server = openServer(root);
const seed = Number(process.argv[2]);
async function run(ops: any, show = false) {
  const world = await server.open(seed);
  (world.trace as any).lines.length = 0;
  if (show) { const add = world.trace.add.bind(world.trace); (world.trace as any).add = (l: string) => { if (!/ (store|tx)\.(link|pairs|intents|openC|tomb|counts|effects|preview|acquire|release|instances|owner|checkpoint|bound)/.test(l) || process.argv[3]) console.log('  ', world.scheduler.steps, l); add(l); }; }
  let o;
  try { o = await runHistory(world, ops);
  if (show) {
    console.log(world.way, world.link.limits, world.mappings[0]!.handbookDelete, world.mappings[0]!.editAgainstDelete);
    for (const w of world.ledger.writes) console.log(JSON.stringify(w));
    for (const w of world.ledger.deletes) console.log(JSON.stringify({...w, saw: [...w.saw]}));
    for (const n of allNotes(world.file)) console.log(n.unid, n.items.filter(i=>!i.name.startsWith('$')).map(i => i.name + '=' + JSON.stringify((i.value as any).values)).join(' '));
    for (const r of world.records.rows.values()) console.log(JSON.stringify(r));
    const t = world.store.tables();
    for (const p of t.pairs.values()) console.log(JSON.stringify(p));
    for (const p of t.conflicts.values()) console.log('CONFLICT', JSON.stringify(p));
    for (const p of t.quarantine.values()) console.log('QUAR', JSON.stringify(p));
    for (const p of t.intents.values()) console.log('INTENT', JSON.stringify(p));
    for (const js of t.journal.values()) for (const j of js) console.log('J', j.event, j.rule, j.unid, j.fields.join(), j.reason);
  } } finally { await world.close(); }
  return o;
}
const ops = historyOf(seed);
const first = await run(ops);
console.log(first);
if (first?.violation) {
  const rule = first.violation.rule;
  const small = await shrink(ops, async (part) => (await run(part))?.violation?.rule === rule, 300);
  for (const o of small) console.log(o.kind, o.gap, o.ms, o.draws.join(' '));
  console.log(await run(small, true));
}
server.close();
rmSync(root, { recursive: true, force: true });
