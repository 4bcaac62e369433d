import type { CallOptions } from '../port.ts';
import type { ProtonClient } from './client.ts';
import type { ProtonLimits } from './limits.ts';
import type { WriteGuard } from './note-writing.ts';
import { type ProbeResult, probeServer } from './probe.ts';
import { type Call, portErrorOf } from '../wire/server-guard.ts';

export interface SessionOptions {
  readonly client: ProtonClient;
  readonly limits: ProtonLimits;
  readonly forms: readonly string[] | null;
  readonly guardedWrites: 'probe' | 'never';
}

/** What one open database has learned of its server, and the frame of every port call. */
export class Session implements WriteGuard {
  readonly client: ProtonClient;
  readonly limits: ProtonLimits;
  readonly #options: SessionOptions;
  #probed: ProbeResult | null = null;

  constructor(options: SessionOptions) {
    this.client = options.client;
    this.limits = options.limits;
    this.#options = options;
  }

  isProven(): boolean {
    return this.#probed?.guard === 'proven';
  }

  disprove(): void {
    if (this.#probed !== null) this.#probed = { ...this.#probed, guard: 'disproven' };
  }

  async probe(call: Call): Promise<ProbeResult> {
    const { forms, guardedWrites } = this.#options;
    const found = await probeServer(this.client, forms, call);
    this.#probed = guardedWrites === 'never' ? { ...found, guard: 'disproven' } : found;
    return this.#probed;
  }

  /** An empty database proves nothing; it may hold notes by now. */
  async settleGuard(call: Call): Promise<void> {
    if (this.#probed?.guard === 'no-sample') await this.probe(call);
  }

  async read<T>(
    action: string,
    options: CallOptions | undefined,
    work: (call: Call) => Promise<T>,
  ): Promise<T> {
    return this.#run(action, options, this.limits.readMs, work);
  }

  async write<T>(
    action: string,
    options: CallOptions | undefined,
    work: (call: Call) => Promise<T>,
  ): Promise<T> {
    return this.#run(action, options, this.limits.writeMs, work);
  }

  async #run<T>(
    action: string,
    options: CallOptions | undefined,
    limitMs: number,
    work: (call: Call) => Promise<T>,
  ): Promise<T> {
    const deadline = performance.now() + (options?.timeoutMs ?? limitMs);
    const call = { signal: options?.signal, deadline };
    try {
      if (this.#probed === null) await this.probe(call);
      return await work(call);
    } catch (cause) {
      throw portErrorOf(cause, action);
    }
  }
}
