import type { AppDeps } from '../app-deps.ts';
import { type Overview, overviewOf } from '../../operations/overview.ts';

/** However many people watch, the store is asked once in this time. */
const FRESH_MS = 1_500;

/** The overview as it is now, shared by all who ask. */
export class OverviewFeed {
  readonly #deps: Pick<AppDeps, 'watch' | 'facts' | 'clock'>;
  #made: { readonly at: number; readonly overview: Promise<Overview> } | null = null;

  constructor(deps: Pick<AppDeps, 'watch' | 'facts' | 'clock'>) {
    this.#deps = deps;
  }

  now(): Promise<Overview> {
    const at = this.#deps.clock.now();
    if (this.#made === null || at - this.#made.at >= FRESH_MS || at < this.#made.at) {
      const overview = this.#make(at);
      this.#made = { at, overview };
      // A failure is answered to those who wait for it and not kept.
      overview.catch(() => {
        this.#made = null;
      });
    }
    return this.#made.overview;
  }

  async #make(now: number): Promise<Overview> {
    const { watch, facts } = this.#deps;
    const [summaries, running, requests] = await Promise.all([
      watch.summaries(),
      watch.runningPasses(new Date(now)),
      watch.releaseRequests(),
    ]);
    return overviewOf({ now, facts, summaries, running, requests });
  }
}
