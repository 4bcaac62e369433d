import type { Progress } from '../operations/operation.ts';

/** Seconds by phase: the time up to each step that is reported belongs to the step's phase. */
export class PhaseTimes {
  readonly #seconds = new Map<string, number>();
  #last = performance.now();

  /** Forgets what was measured; the clock runs from here. */
  restart(): void {
    this.#seconds.clear();
    this.#last = performance.now();
  }

  step({ phase }: Progress): void {
    const now = performance.now();
    // "link phase": the links of one bench are measured together.
    const name = phase.split(' ').at(-1) ?? phase;
    this.#seconds.set(name, (this.#seconds.get(name) ?? 0) + (now - this.#last) / 1000);
    this.#last = now;
  }

  toString(): string {
    return [...this.#seconds].map(([name, seconds]) => `${name} ${seconds.toFixed(1)} s`).join(', ');
  }
}
