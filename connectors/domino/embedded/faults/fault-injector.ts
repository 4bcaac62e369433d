import { type Random, seededRandom } from '../engine/seeded-random.ts';
import { type FaultRule, type FaultRuleInput, type FaultScript, parseFaultScript } from './fault-script.ts';
import { type Network, NETWORKS, transferMs } from './network.ts';

export interface FaultedCall {
  readonly method: string;
  readonly filePath: string | null;
}

/** What is to go wrong with one call. */
export interface CallFaults {
  readonly latencyMs: number;
  /** Instead of any effect. */
  readonly before: 'down' | 'busy' | 'lost' | 'silent' | null;
  /** Instead of the answer, the effect having happened. */
  readonly after: 'lost' | 'silent' | null;
  /** A bulk write stops after so many documents, the connection being lost. */
  readonly bulkLimit: number | null;
  /** A page of a read breaks off after so many documents. */
  readonly pageLimit: number | null;
  /** A stream stops after so many chunks, the connection being lost. */
  readonly chunkLimit: number | null;
  /** For every document of the answer. */
  readonly msPerDocument: number;
  /** The line that bytes travel on; null = they take no time. */
  readonly network: Network | null;
  /** No connection comes about: the server's certificate has expired. */
  readonly expired: boolean;
}

const NO_FAULTS: CallFaults = {
  latencyMs: 0,
  before: null,
  after: null,
  bulkLimit: null,
  pageLimit: null,
  chunkLimit: null,
  msPerDocument: 0,
  network: null,
  expired: false,
};

interface ArmedRule {
  readonly id: number;
  readonly rule: FaultRule;
  fits: number;
  fired: number;
}

/** Decides what goes wrong, by rules that are plain data. The same rules, seed and calls give the same faults. */
export class FaultInjector {
  readonly #stepClock: (ms: number) => void;
  #rules: ArmedRule[] = [];
  #seed: number;
  #random: Random;
  #nextId = 1;
  #restarts = 0;
  #downCalls = 0;

  constructor(options: { readonly seed?: number; readonly stepClock?: (ms: number) => void } = {}) {
    this.#seed = options.seed ?? 1;
    this.#random = seededRandom(this.#seed);
    this.#stepClock = options.stepClock ?? (() => {});
  }

  /** The answer takes the rule away again. Throws when the rule is not one. */
  add(rule: FaultRuleInput): () => void {
    const [checked] = parseFaultScript({ rules: [rule] }).rules;
    const armed: ArmedRule = { id: this.#nextId++, rule: checked as FaultRule, fits: 0, fired: 0 };
    this.#rules.push(armed);
    return () => {
      this.#rules = this.#rules.filter(({ id }) => id !== armed.id);
    };
  }

  clear(): void {
    this.#rules = [];
    this.#downCalls = 0;
  }

  /** Draws anew from this seed; the rules stay. */
  reseed(seed: number): void {
    this.#seed = seed;
    this.#random = seededRandom(seed);
  }

  /** Grows when the server restarts: whatever began under another number is lost. */
  get restarts(): number {
    return this.#restarts;
  }

  /** Milliseconds that so many bytes take, packet losses drawn from the seed; 0 without a line. */
  travelMs(network: Network | null, bytes: number): number {
    return network === null ? 0 : transferMs(network, bytes, this.#random);
  }

  /** Replaces all rules and starts again from the script's seed. Throws when the script is not one. */
  load(input: unknown): void {
    const { seed, rules } = parseFaultScript(input);
    this.clear();
    this.reseed(seed);
    for (const rule of rules) this.add(rule);
  }

  toJSON(): FaultScript {
    return { seed: this.#seed, rules: this.#rules.map(({ rule }) => rule) };
  }

  /** To be asked once for every call, in order. Steps the clock where a rule says so. */
  next(call: FaultedCall): CallFaults {
    const starting = this.#downCalls > 0;
    if (starting) this.#downCalls -= 1;
    const first: CallFaults = starting ? { ...NO_FAULTS, before: 'down' } : NO_FAULTS;
    return this.#rules
      .filter((armed) => this.#fires(armed, call))
      .reduce<CallFaults>((faults, { rule }) => this.#with(faults, rule), first);
  }

  #fires(armed: ArmedRule, call: FaultedCall): boolean {
    const { method, filePath, nth, probability } = armed.rule.when;
    // A server does not restart at every call unless somebody says so.
    const once = armed.rule.kind === 'restart' && nth === undefined && probability === undefined;
    const times = armed.rule.when.times ?? (once ? 1 : undefined);
    if (method !== undefined && method !== call.method) return false;
    if (filePath !== undefined && filePath !== call.filePath) return false;
    armed.fits += 1;
    if (nth !== undefined && (times === undefined ? armed.fits !== nth : armed.fits < nth)) return false;
    if (times !== undefined && armed.fired >= times) return false;
    if (probability !== undefined && this.#random() >= probability) return false;
    armed.fired += 1;
    return true;
  }

  #with(faults: CallFaults, rule: FaultRule): CallFaults {
    switch (rule.kind) {
      case 'latency':
        return { ...faults, latencyMs: faults.latencyMs + rule.ms };
      case 'lost-before':
        return { ...faults, before: faults.before ?? (rule.silent === true ? 'silent' : 'lost') };
      case 'lost-after':
        return { ...faults, after: faults.after ?? (rule.silent === true ? 'silent' : 'lost') };
      case 'half-bulk':
        return { ...faults, bulkLimit: rule.afterDocuments };
      case 'stream-loss':
        return { ...faults, chunkLimit: rule.afterChunks };
      case 'page-loss':
        return { ...faults, pageLimit: rule.afterDocuments };
      case 'slow':
        return { ...faults, msPerDocument: faults.msPerDocument + rule.msPerDocument };
      case 'network':
        return {
          ...faults,
          network: typeof rule.network === 'string' ? NETWORKS[rule.network] : rule.network,
        };
      case 'restart':
        this.#restarts += 1;
        this.#downCalls = rule.downCalls;
        return { ...faults, before: faults.before ?? 'lost' };
      case 'certificate-expired':
        return { ...faults, expired: true };
      case 'busy':
        return { ...faults, before: faults.before ?? 'busy' };
      case 'down':
        return { ...faults, before: 'down' };
      case 'clock-step':
        this.#stepClock(rule.ms);
        return faults;
    }
  }
}
