import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { METRICS, type MetricDefinition, type MetricName } from './metric-list.ts';

type Labels = Readonly<Record<string, string>>;

/** The metrics of one process: a registry of its own, so that several bridges can live in one test. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #gauges = new Map<string, Gauge>();
  readonly #counters = new Map<string, Counter>();
  readonly #histograms = new Map<string, Histogram>();

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
    for (const [name, definition] of Object.entries<MetricDefinition>(METRICS)) {
      const { kind, help, labels, buckets } = definition;
      const common = { name, help, labelNames: [...labels], registers: [this.#registry] };
      if (kind === 'gauge') this.#gauges.set(name, new Gauge(common));
      else if (kind === 'counter') this.#counters.set(name, new Counter(common));
      else this.#histograms.set(name, new Histogram({ ...common, buckets: [...(buckets ?? [])] }));
    }
  }

  set(name: MetricName, labels: Labels, value: number): void {
    this.#gauges.get(name)?.set({ ...labels }, value);
  }

  /** Forgets every series of a gauge, so that what is gone is not reported for ever. */
  clear(name: MetricName): void {
    this.#gauges.get(name)?.reset();
  }

  add(name: MetricName, labels: Labels, by = 1): void {
    if (by > 0) this.#counters.get(name)?.inc({ ...labels }, by);
  }

  observe(name: MetricName, labels: Labels, seconds: number): void {
    this.#histograms.get(name)?.observe({ ...labels }, seconds);
  }

  /** In Prometheus' text format 0.0.4. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }
}
