/** Domino's clock ticks in centiseconds. */
export const TICK_MS = 10;

export interface NotesClockOptions {
  /** Milliseconds since 1970 UTC; `Date.now` unless a simulation runs its own time. */
  readonly source?: () => number;
  readonly offsetMs?: number;
  /** Called with every new offset, before {@link NotesClock.now} shows it. */
  readonly onChange?: (offsetMs: number) => void;
}

/** The server's own clock: it may run ahead, behind, or be set while people work. */
export class NotesClock {
  readonly #source: () => number;
  readonly #onChange: (offsetMs: number) => void;
  #offsetMs: number;

  constructor(options: NotesClockOptions = {}) {
    this.#source = options.source ?? Date.now;
    this.#offsetMs = options.offsetMs ?? 0;
    this.#onChange = options.onChange ?? (() => {});
  }

  /** Milliseconds since 1970 UTC, a multiple of {@link TICK_MS}. May go backwards after {@link set} or {@link step}. */
  now(): number {
    return toTick(this.#source() + this.#offsetMs);
  }

  get offsetMs(): number {
    return this.#offsetMs;
  }

  step(byMs: number): void {
    const offset = this.#offsetMs + byMs;
    this.#onChange(offset);
    this.#offsetMs = offset;
  }

  set(instant: number): void {
    this.step(instant - this.#source() - this.#offsetMs);
  }
}

export function toTick(instant: number): number {
  return Math.floor(instant / TICK_MS) * TICK_MS;
}
