import type { Logger } from 'pino';

/** What was opened, to be closed in reverse order; a failure of one does not keep the others open. */
export class Releasers {
  readonly #log: Logger;
  #open: { name: string; release: () => unknown }[] = [];

  constructor(log: Logger) {
    this.#log = log;
  }

  add(name: string, release: () => unknown): void {
    this.#open.push({ name, release });
  }

  /** May be called twice. */
  async close(): Promise<void> {
    const open = this.#open.toReversed();
    this.#open = [];
    for (const { name, release } of open) {
      try {
        await release();
      } catch (error) {
        this.#log.warn({ err: error, part: name }, 'closing failed');
      }
    }
  }
}
