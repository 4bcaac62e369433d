import { checkEverything } from './check-everything.ts';
import { checkSlicesAlone } from './check-convergence.ts';
import { releaseBrakes, resumeAll } from './operators.ts';
import { Violation } from './violation.ts';
import { advance, type World } from './world.ts';

/** Domino's purge and our deadlines are far shorter than this; everything that waits may go on. */
const REST_MS = 400_000;
const ROUND_MS = 65_000;
const ROUNDS = 12;

type RunPass = (pass: 'pull' | 'push' | 'sweep') => Promise<void>;

/** The noise is over: nobody edits, nothing fails. Within a few rounds nothing is left to do, and then every promise is looked at. */
export async function quietDown(world: World, pass: RunPass): Promise<void> {
  world.faults.length = 0;
  await resumeAll(world);
  await advance(world, REST_MS);
  for (const name of ['pull', 'push', 'pull', 'push'] as const) {
    await pass(name);
    await releaseBrakes(world);
    await advance(world, ROUND_MS);
  }
  checkSlicesAlone(world);
  for (let round = 0; ; round++) {
    if (round === ROUNDS)
      throw new Violation('I1', `the bridge is still at work after ${ROUNDS} quiet rounds`);
    const before = print(world);
    for (const name of ['sweep', 'pull', 'push'] as const) await pass(name);
    const released = await releaseBrakes(world);
    await advance(world, ROUND_MS);
    if (!released && print(world) === before && round > 0) break;
  }
  const { effects } = world;
  for (const name of ['pull', 'push', 'sweep'] as const) await pass(name);
  if (world.effects !== effects) throw new Violation('I2', 'an idle round wrote something');
  await checkEverything(world);
}

/** Everything but the books that the clock alone moves. */
function print(world: World): string {
  const { pairs, intents, conflicts, quarantine, journal } = world.store.tables();
  const rows = [...journal.values()].reduce((sum, one) => sum + one.length, 0);
  const work = [...pairs.values()].map(({ seenSettled: _settled, version: _version, ...pair }) => pair);
  return JSON.stringify([work, intents.size, conflicts.size, quarantine.size, rows, world.effects]);
}
