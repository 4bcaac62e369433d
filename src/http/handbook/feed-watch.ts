import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadersHandbook } from '../../../connectors/handbook/readers-port.ts';

const ASK_EVERY_MS = 500;

/**
 * Wakes everybody who waits for news when the feed's end moves. The store is asked once for all of them, and only while somebody waits. Who is
 * woken looks for themselves what there is for them.
 */
export class FeedWatch {
  readonly #readers: Pick<ReadersHandbook, 'feedEnd'>;
  readonly #waiting = new Set<() => void>();
  #asking = false;
  #end: string | null = null;
  #turn = 0;

  constructor(readers: Pick<ReadersHandbook, 'feedEnd'>) {
    this.#readers = readers;
  }

  /** Taken before the feed is read; {@link news} then misses nothing that came in between. */
  get turn(): number {
    return this.#turn;
  }

  /** Resolves when there has been news since `turn`, after `ms` or when `signal` aborts, whatever comes first. */
  async news(turn: number, ms: number, signal: AbortSignal): Promise<void> {
    if (turn !== this.#turn) return;
    const over = new AbortController();
    const wake = () => over.abort();
    this.#waiting.add(wake);
    void this.#ask();
    try {
      await sleep(ms, undefined, { signal: AbortSignal.any([signal, over.signal]) });
    } catch {
      // Woken, or nobody waits any more.
    } finally {
      this.#waiting.delete(wake);
    }
  }

  async #ask(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    try {
      while (this.#waiting.size > 0) {
        // While the store cannot answer there is no news either; those who wait find out by themselves.
        const end = await this.#readers.feedEnd().catch(() => this.#end);
        if (end !== this.#end) {
          this.#end = end;
          this.#turn += 1;
          for (const wake of this.#waiting) wake();
        }
        await sleep(ASK_EVERY_MS, undefined, { ref: false });
      }
    } finally {
      this.#asking = false;
    }
  }
}
