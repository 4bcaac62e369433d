import { People } from './people.ts';
import { crashCell, networkCell, type Outcome, VICTIMS } from './run-cell.ts';
import { type ServerName, STEPS } from './steps.ts';
import type { Weather } from './tcp-proxy.ts';
import { openWorld, type World } from './world.ts';

const SERVERS: readonly ServerName[] = ['inside', 'outside', 'redis', 'domino'];
const WEATHERS: readonly Weather[] = ['cut', 'delayed', 'half-closed'];
const PASS_PATTERN = process.argv[2] ?? '';

/**
 * Kills the bridge, either PostgreSQL and Redis at each step of each pass, and spoils the network to each server, on real stores; after each, everything has
 * to settle. Prints a table of what came of it; exit code 1 when anything did not hold. An argument keeps to the rows whose name contains it.
 */
async function run(): Promise<number> {
  const started = Date.now();
  const world = await openWorld();
  let faults = 0;
  const tell = (name: string, cells: readonly Outcome[]) => {
    faults += cells.filter(({ fault }) => fault !== null).length;
    const shown = cells.map(({ fault, ms }) =>
      (fault === null ? `ok ${(ms / 1000).toFixed(1)} s` : 'FAULT').padEnd(9),
    );
    say(`${name.padEnd(44)} ${shown.join(' ')}`.trimEnd());
    for (const { fault } of cells) if (fault !== null) say(`    ${fault}`);
  };
  try {
    const people = new People(world);
    people.settle();
    await world.operation('sync-once');
    await crashes(world, people, tell);
    await networks(world, people, tell);
  } finally {
    await world.close();
  }
  say(`\n${faults} faults, ${Math.round((Date.now() - started) / 1000)} s`);
  return faults === 0 ? 0 : 1;
}

type Tell = (name: string, cells: readonly Outcome[]) => void;

async function crashes(world: World, people: People, tell: Tell): Promise<void> {
  say(`${'kill -9 at pass · step · moment'.padEnd(44)} ${VICTIMS.map((one) => one.padEnd(9)).join(' ')}`);
  for (const step of STEPS)
    for (const moment of step.moments) {
      const name = `${step.pass} · ${step.name} · ${moment}`;
      if (!name.includes(PASS_PATTERN)) continue;
      const cells: Outcome[] = [];
      for (const victim of VICTIMS) cells.push(await crashCell(world, people, step, moment, victim));
      tell(name, cells);
    }
}

async function networks(world: World, people: People, tell: Tell): Promise<void> {
  say(`\n${'network to …'.padEnd(44)} ${WEATHERS.map((one) => one.padEnd(9)).join(' ')}`);
  for (const server of SERVERS) {
    if (!`network ${server}`.includes(PASS_PATTERN)) continue;
    const cells: Outcome[] = [];
    for (const weather of WEATHERS) cells.push(await networkCell(world, people, server, weather));
    tell(`network ${server}`, cells);
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.exitCode = await run();
