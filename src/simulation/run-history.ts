import { seededRandom } from '../../connectors/domino/embedded/engine/seeded-random.ts';
import { DominoError } from '../../connectors/domino/port.ts';
import { HandbookError } from '../../connectors/handbook/port.ts';
import { LeaseLostError } from '../../connectors/postgres/port.ts';
import { pullPass, pushPass, sweepPass } from '../passes/link-passes.ts';
import { runPass } from '../passes/run-pass.ts';
import { FAULTS } from './fault-kinds.ts';
import { HandbookClients } from './handbook-clients.ts';
import { NotesPeople } from './notes-people.ts';
import { drawOperations, type SimOperation } from './operation.ts';
import { operate } from './operators.ts';
import { BrokenConnection, portsOf } from './process-ports.ts';
import { quietDown } from './quiet.ts';
import { Crash, SimProcess } from './scheduler.ts';
import { Violation } from './violation.ts';
import { advance, type ArmedFault, LINK_ID, type World } from './world.ts';

const PASSES = { pull: pullPass, push: pushPass, sweep: sweepPass } as const;

const SPANS = [1_000, 5_000, 70_000, 70_000, 600_000, 7_200_000, 90_000_000];
const CLOCK_STEPS = [3_000, -3_000, 3_600_000, -3_600_000, 108_000_000];

export function historyOf(seed: number): readonly SimOperation[] {
  const random = seededRandom(seed);
  return drawOperations(random, 30 + Math.floor(random() * 32));
}

export interface Outcome {
  readonly violation: { readonly rule: string; readonly message: string } | null;
  readonly hash: string;
  readonly steps: number;
}

/** One history from its first operation to the checks after the noise. */
export async function runHistory(world: World, operations: readonly SimOperation[]): Promise<Outcome> {
  const run = new HistoryRun(world);
  let violation: Outcome['violation'] = null;
  try {
    for (const operation of operations) await run.act(operation);
    await run.settle();
    await quietDown(world, (pass) => run.quietPass(pass));
  } catch (error) {
    violation =
      error instanceof Violation
        ? { rule: error.rule, message: error.message }
        : {
            rule: 'defect',
            message: error instanceof Error ? (error.stack ?? error.message) : String(error),
          };
  }
  world.trace.add(`steps ${world.scheduler.steps} ${violation?.message ?? 'ok'}`);
  return { violation, hash: world.trace.hash, steps: world.scheduler.steps };
}

class HistoryRun {
  readonly #world: World;
  readonly #people: NotesPeople;
  readonly #clients: HandbookClients;
  readonly #processes: SimProcess[] = [new SimProcess('p0'), new SimProcess('p1')];
  #failure: unknown = null;

  constructor(world: World) {
    this.#world = world;
    this.#people = new NotesPeople(world);
    this.#clients = new HandbookClients(world);
  }

  async act(operation: SimOperation): Promise<void> {
    const world = this.#world;
    const { scheduler } = world;
    const { kind, draws } = operation;
    for (let steps = operation.gap; steps > 0 && !scheduler.idle; steps--) await this.#step();
    await advance(world, operation.ms);
    world.trace.add(kind);
    world.coverage.hit(`operation ${kind}`);
    if (kind === 'notes-race') await this.#until(() => world.coming !== null);
    if (kind === 'notes-save-twice') await this.#saveTwice(operation);
    else if (kind.startsWith('notes-')) this.#people.act(operation);
    else if (kind.startsWith('member-')) await this.#clients.act(operation);
    else if (kind.startsWith('operator-')) {
      // The console's transactions wait for those that are open.
      while (scheduler.transacting) await this.#step();
      await operate(world, operation);
    } else if (kind === 'crash') await this.#crash(draws[0] % 2, draws[1] % 2 === 0, draws[2] % 3 === 0);
    else if (kind === 'fault') world.faults.push(FAULTS[draws[0] % FAULTS.length] as ArmedFault);
    else if (kind === 'time') await advance(world, SPANS[draws[0] % SPANS.length] as number);
    else if (kind === 'domino-clock') this.#stepClock(CLOCK_STEPS[draws[0] % CLOCK_STEPS.length] as number);
    else await this.#startPass(kind.slice('pass-'.length) as keyof typeof PASSES, draws[0] % 4 === 0 ? 1 : 0);
    this.#rethrow();
  }

  /** Everything under way ends; a crashed process's work is gone already. */
  async settle(): Promise<void> {
    while (!this.#world.scheduler.idle) await this.#step();
    for (const late of this.#world.late.splice(0)) await late.land();
    this.#rethrow();
  }

  /** A whole pass without anybody in between. */
  async quietPass(name: keyof typeof PASSES): Promise<void> {
    this.#world.scheduler.alone = true;
    await this.#work(this.#processes[0] as SimProcess, name);
    this.#rethrow();
  }

  async #startPass(name: keyof typeof PASSES, which: number): Promise<void> {
    const { scheduler } = this.#world;
    const process = this.#processes[which] as SimProcess;
    while (process.busy || scheduler.transacting) await this.#step();
    await scheduler.start(process, () => this.#work(process, name));
  }

  async #work(process: SimProcess, name: keyof typeof PASSES): Promise<void> {
    const world = this.#world;
    const { deps, link } = portsOf(world, process);
    try {
      const outcome = await runPass(
        deps,
        link,
        { signal: new AbortController().signal, evenIfResting: true },
        (run) => PASSES[name](deps, run),
      );
      world.coverage.hit(`pass ${name} ${outcome.kind}`);
    } catch (error) {
      const expected =
        error instanceof Crash ||
        error instanceof DominoError ||
        error instanceof HandbookError ||
        error instanceof LeaseLostError ||
        error instanceof BrokenConnection;
      world.coverage.hit(`pass ${name} ${error instanceof Error ? error.name : 'failed'}`);
      if (!expected) this.#failure ??= error;
    }
  }

  /** A person saves a note right before and right after the bridge reads it: both saves may carry one stamp. */
  async #saveTwice(operation: SimOperation): Promise<void> {
    const world = this.#world;
    await this.#until(() => world.looking.length > 0);
    const unid = world.looking[operation.draws[0] % Math.max(1, world.looking.length)];
    if (unid === undefined) return;
    this.#people.edit(unid, operation.draws);
    await this.#step();
    this.#people.edit(unid, operation.draws);
  }

  /** Lets the passes under way go on until something is so, or for a while. */
  async #until(reached: () => boolean): Promise<void> {
    for (let left = 40; left > 0 && !reached() && !this.#world.scheduler.idle; left--) await this.#step();
  }

  async #step(): Promise<void> {
    const world = this.#world;
    await world.scheduler.step();
    for (let at = world.late.length - 1; at >= 0; at--) {
      const late = world.late[at];
      if (late && late.dueStep <= world.scheduler.steps && !world.scheduler.transacting) {
        world.late.splice(at, 1);
        await late.land();
      }
    }
    this.#rethrow();
  }

  /** The process dies where it stands; a new one takes its place and may know that the old one is dead. */
  async #crash(which: number, known: boolean, inTransaction: boolean): Promise<void> {
    const world = this.#world;
    const process = this.#processes[which] as SimProcess;
    if (inTransaction) await this.#until(() => !process.busy || process.transacting);
    if (!process.busy) return;
    world.coverage.hit('crash in a pass');
    if (process.transacting) world.coverage.hit('crash in a transaction');
    process.dead = true;
    await world.scheduler.drain(process);
    this.#processes[which] = new SimProcess(`p${which}`);
    if (known && !this.#processes.some((one) => one.busy)) await world.store.endLeasesOfTheDead([LINK_ID]);
  }

  #stepClock(ms: number): void {
    if (ms < 0) this.#world.ledger.clockWentBack = true;
    this.#world.domino.clock.step(ms);
  }

  #rethrow(): void {
    const failure = this.#failure;
    this.#failure = null;
    if (failure !== null) throw failure;
  }
}
