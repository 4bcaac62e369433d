import type { SyncStore } from '../../connectors/postgres/port.ts';
import { healthOf } from '../operations/link-health.ts';
import { type NamedCertificate, setHostGauges } from './host-gauges.ts';
import { setLinkGauges } from './link-gauges.ts';
import type { Metrics } from './metrics.ts';

/** Counting many links is work for the database: it is done once in so long, however many scrape. */
const FRESH_MS = 5_000;

export interface ScrapeDeps {
  readonly metrics: Metrics;
  readonly store: Pick<SyncStore, 'links' | 'counts'>;
  /** Ids of the configured links; rows of others are left out. */
  readonly links: readonly string[];
  readonly clock: { now(): number };
  readonly dataDir: string;
  readonly certificates: readonly NamedCertificate[];
  readonly stores: () => Promise<readonly { readonly name: string; readonly ok: boolean }[]>;
  readonly connections: () => readonly {
    readonly store: string;
    readonly total: number;
    readonly idle: number;
    readonly waiting: number;
  }[];
  /** Jobs by state; null where this process has no queue. */
  readonly queue: () => Promise<Readonly<Record<string, number>> | null>;
}

/** Answers a scrape: the counters of this process, and the state that all processes share as it was at most 5 s ago. A store that fails is a value, not a failure. */
export function createScrape(deps: ScrapeDeps): () => Promise<string> {
  const { metrics, clock } = deps;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | null = null;
  return async () => {
    if (clock.now() - readAt >= FRESH_MS) {
      reading ??= readState(deps)
        .then(() => {
          readAt = clock.now();
        })
        .finally(() => {
          reading = null;
        });
      await reading;
    }
    metrics.set('bridge_state_age_seconds', {}, Math.max(0, (clock.now() - readAt) / 1000));
    return metrics.text();
  };
}

async function readState(deps: ScrapeDeps): Promise<void> {
  const { metrics } = deps;
  const stores = await deps.stores();
  for (const { name, ok } of stores) metrics.set('bridge_store_up', { store: name }, ok ? 1 : 0);
  for (const { store, total, idle, waiting } of deps.connections()) {
    metrics.set('bridge_sql_connections', { store, state: 'busy' }, total - idle);
    metrics.set('bridge_sql_connections', { store, state: 'idle' }, idle);
    metrics.set('bridge_sql_connections', { store, state: 'waiting' }, waiting);
  }
  await setHostGauges(metrics, deps.dataDir, deps.certificates);
  // Without the store the last values would go on as if they were true.
  for (const gauge of STATE_GAUGES) metrics.clear(gauge);
  if (!stores.every(({ ok }) => ok)) return;
  const now = deps.clock.now();
  for (const row of await deps.store.links()) {
    if (!deps.links.includes(row.linkId)) continue;
    const counts = await deps.store.counts(row.linkId);
    setLinkGauges(metrics, { row, counts, health: healthOf(row, counts.runnable > 0, now) }, now);
  }
  for (const [state, n] of Object.entries((await deps.queue()) ?? {}))
    metrics.set('bridge_queue_jobs', { state }, n);
}

const STATE_GAUGES = [
  'bridge_link_info',
  'bridge_link_health',
  'bridge_link_paused',
  'bridge_link_braked',
  'bridge_link_failures',
  'bridge_link_lag_seconds',
  'bridge_link_swept_seconds',
  'bridge_link_pending',
  'bridge_link_blocked',
  'bridge_link_documents',
  'bridge_link_conflicts',
  'bridge_link_quarantined',
  'bridge_link_open_intents',
  'bridge_queue_jobs',
] as const;
