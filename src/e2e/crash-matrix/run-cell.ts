import { setTimeout as sleep } from 'node:timers/promises';
import { bringTimeForward, firstFault } from './check.ts';
import type { Expectation, People } from './people.ts';
import type { Pass, ServerName, Step } from './steps.ts';
import type { Weather } from './tcp-proxy.ts';
import { type Moment, Trigger } from './trigger.ts';
import type { World } from './world.ts';

export type Victim = 'worker' | 'inside' | 'outside' | 'redis';
export const VICTIMS: readonly Victim[] = ['worker', 'inside', 'outside', 'redis'];

/** `fault` null: everything holds. */
export interface Outcome {
  readonly fault: string | null;
  readonly ms: number;
}

const REACHED_MS = 15_000;
const SETTLED_MS = 40_000;

/** People act, the victim dies at the step, comes back, and everything has to settle. */
export async function crashCell(
  world: World,
  people: People,
  step: Step,
  moment: Moment,
  victim: Victim,
): Promise<Outcome> {
  const started = Date.now();
  const expected = await people.act(step.pass);
  let dead: Promise<unknown> = Promise.resolve();
  const trigger = new Trigger(step.marker, moment, victim === 'worker' || victim === step.on, () => {
    if (victim === 'worker') world.killBridge();
    else dead = world.servers[victim].kill();
  });
  world.proxies[step.on].watcher = trigger;
  const asked = ask(world, step.pass);
  const reached = await Promise.race([trigger.struck.then(() => true), sleep(REACHED_MS, false)]);
  world.proxies[step.on].watcher = null;
  await dead;
  if (!reached) return { fault: 'the step was not reached', ms: Date.now() - started };
  if (victim === 'worker') {
    await bringTimeForward(world);
    await world.startBridge();
  } else {
    await world.servers[victim].start();
    world.proxies[victim].reset();
  }
  await asked;
  return { fault: await settledFault(world, expected, victim === 'redis'), ms: Date.now() - started };
}

/** The network to one server turns bad for a while. */
export async function networkCell(
  world: World,
  people: People,
  server: ServerName,
  weather: Weather,
): Promise<Outcome> {
  const started = Date.now();
  const expected = [await people.act('pull'), await people.act('push')];
  const asked = ask(world, 'pull');
  await sleep(150);
  world.proxies[server].weather = weather;
  await sleep(2_500);
  world.proxies[server].weather = 'fair';
  world.proxies[server].reset();
  await asked;
  const both = async () => (await expected[0]?.()) ?? (await expected[1]?.()) ?? null;
  return { fault: await settledFault(world, both, server === 'redis'), ms: Date.now() - started };
}

/** The passes by name; that the bridge dies of it is expected. */
async function ask(world: World, pass: Pass): Promise<void> {
  await world.operation(pass === 'sweep' ? 'sweep' : 'sync-once').catch(() => undefined);
}

/** With `alone`, the schedules have to bring it about: nobody asks. */
async function settledFault(world: World, expected: Expectation, alone: boolean): Promise<string | null> {
  const until = Date.now() + SETTLED_MS;
  let fault: string | null = 'never looked';
  while (Date.now() < until) {
    if (!alone) {
      await bringTimeForward(world).catch(() => undefined);
      await world.operation('sync-once').catch(() => undefined);
    }
    fault = await expected()
      .then(async (missing) => missing ?? (await firstFault(world)))
      .catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
    if (fault === null) return null;
    await sleep(200);
  }
  return fault;
}
