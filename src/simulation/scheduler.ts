import { setImmediate as nextTurn } from 'node:timers/promises';

/** The process is gone: nothing after this may have happened. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/** One process of the bridge with what it is doing now. */
export class SimProcess {
  readonly name: string;
  dead = false;
  /** Inside a transaction: the store lets nobody else write meanwhile. */
  transacting = false;
  /** Its calls that wait for their turn: more than one where it reads ahead. */
  readonly waiting: (() => void)[] = [];
  busy = false;
  /** Calls that a server is carrying out now: to everybody else they happen at once. */
  inFlight = 0;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * Lets one process at a time go one step: from one call of a port to the next. Between two steps the history's operations happen. Nothing here depends on
 * time or chance, so the same history is the same run.
 */
export class Scheduler {
  #processes: SimProcess[] = [];
  #parked: (() => void) | null = null;
  #turn = 0;
  steps = 0;
  /** Nobody else acts any more: whoever works goes on without waiting for a turn. */
  alone = false;

  /** Called by a process at each call of a port; resolves when it may go on, rejects when it died meanwhile. */
  async point(process: SimProcess): Promise<void> {
    if (process.dead) throw new Crash(process.name);
    if (this.alone) {
      this.steps += 1;
      return;
    }
    await new Promise<void>((resolve) => {
      process.waiting.push(resolve);
      this.#park();
    });
    if (process.dead) throw new Crash(process.name);
  }

  /** Starts work of a process; it runs until its first step at once. */
  async start(process: SimProcess, work: () => Promise<void>): Promise<void> {
    process.busy = true;
    this.#processes.push(process);
    const parked = this.#nextParking();
    void work().finally(() => {
      process.busy = false;
      this.#processes = this.#processes.filter((one) => one !== process);
      this.#park();
    });
    await Promise.race([parked, nextTurn()]);
  }

  get idle(): boolean {
    return this.#processes.length === 0;
  }

  get transacting(): boolean {
    return this.#processes.some((process) => process.transacting);
  }

  /** One process goes one step. */
  async step(only?: SimProcess): Promise<void> {
    let choice = this.#ready(only);
    // A call that nobody waits for any more ends without another step, and one inside a server takes turns of its own.
    for (let turns = 0; choice.length === 0; turns++) {
      if (this.idle || (only && !only.busy)) return;
      if (turns === 10_000) throw new Error('No process can go on');
      await nextTurn();
      choice = this.#ready(only);
    }
    const process = choice[this.#turn++ % choice.length];
    const resume = process?.waiting.shift();
    if (!process || !resume) throw new Error('No process can go on');
    this.steps += 1;
    const parked = this.#nextParking();
    resume();
    await Promise.race([parked, nextTurn()]);
    await landing(process);
  }

  /** Who may go on: whoever is inside a transaction before all others. */
  #ready(only?: SimProcess): readonly SimProcess[] {
    const ready = this.#processes.filter((process) => process.waiting.length > 0);
    const inside = ready.filter((process) => process.transacting);
    if (inside.length > 0) return inside;
    return only ? ready.filter((one) => one === only) : ready;
  }

  /** Goes on until this process has ended, or all have. */
  async drain(process?: SimProcess): Promise<void> {
    for (let left = 20_000; process ? process.busy : !this.idle; left--) {
      if (left === 0) throw new Error('A pass does not end');
      await this.step(process);
    }
  }

  #nextParking(): Promise<void> {
    return new Promise((resolve) => {
      this.#parked = resolve;
    });
  }

  #park(): void {
    const parked = this.#parked;
    this.#parked = null;
    parked?.();
  }
}

/** Until no server is at work for it, and it has had its turn to go on with the answers. */
async function landing(process: SimProcess): Promise<void> {
  const busy = () => process.inFlight > 0;
  while (busy()) {
    await nextTurn();
    if (!busy()) await nextTurn();
  }
}
