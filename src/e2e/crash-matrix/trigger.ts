import type { Watcher } from './tcp-proxy.ts';

/**
 * When a step's victim dies. `asked`: the step was asked for and has not begun. `done`: it is done and its answer on the way. `committed`: the
 * transaction that the statement belongs to is in, and nobody was told.
 */
export type Moment = 'asked' | 'done' | 'committed';

/** How much of what passed before is kept: a marker may come in two pieces. */
const TAIL = 4_096;

/** Strikes once, when a piece with `marker` passes. With `swallows` the piece at that moment is lost, because who would send or read it is dead. */
export class Trigger implements Watcher {
  readonly struck: Promise<void>;
  readonly #marker: string;
  readonly #moment: Moment;
  readonly #swallows: boolean;
  readonly #strike: () => void;
  readonly #tails = new Map<number, string>();
  #report: () => void = () => undefined;
  #state: 'waiting' | 'marked' | 'committing' | 'struck' = 'waiting';
  #connection = 0;

  constructor(marker: string, moment: Moment, swallows: boolean, strike: () => void) {
    this.#marker = marker.toLowerCase();
    this.#moment = moment;
    this.#swallows = swallows;
    this.#strike = strike;
    this.struck = new Promise((resolve) => {
      this.#report = resolve;
    });
  }

  asked(connection: number, piece: Buffer): boolean {
    if (this.#state === 'struck' || this.#state === 'committing') return false;
    const text = ((this.#tails.get(connection) ?? '') + piece.toString('latin1').toLowerCase()).slice(
      -TAIL - piece.length,
    );
    this.#tails.set(connection, text.slice(-TAIL));
    if (this.#state === 'waiting' && text.includes(this.#marker)) {
      if (this.#moment === 'asked') return this.#now();
      this.#state = 'marked';
      this.#connection = connection;
      this.#tails.set(connection, text.slice(text.indexOf(this.#marker) + this.#marker.length));
    }
    const committing =
      this.#connection === connection && this.#tails.get(connection)?.includes('commit') === true;
    if (this.#state === 'marked' && this.#moment === 'committed' && committing) this.#state = 'committing';
    return false;
  }

  answered(connection: number): boolean {
    if (connection !== this.#connection) return false;
    const done = this.#state === 'marked' && this.#moment === 'done';
    return done || this.#state === 'committing' ? this.#now() : false;
  }

  #now(): boolean {
    this.#state = 'struck';
    this.#strike();
    this.#report();
    return this.#swallows;
  }
}
