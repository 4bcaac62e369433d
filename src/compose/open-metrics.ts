import type { BridgeConfig } from '../../config/bridge-schema.ts';
import { filesOf } from '../../config/link-files.ts';
import type { SyncStore } from '../../connectors/postgres/port.ts';
import type { AppMetrics } from '../http/app-deps.ts';
import type { NamedCertificate } from '../signals/host-gauges.ts';
import type { Metrics } from '../signals/metrics.ts';
import { createScrape } from '../signals/scrape.ts';
import { BRIDGE_VERSION } from './bridge-version.ts';
import type { Databases } from './open-databases.ts';
import { readinessOf } from './readiness.ts';

export interface MetricsParts {
  readonly metrics: Metrics;
  readonly config: BridgeConfig;
  readonly dataDir: string;
  readonly store: SyncStore;
  readonly databases: Databases;
  readonly clock: { now(): number };
  readonly queue: () => Promise<Readonly<Record<string, number>> | null>;
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** What the HTTP application serves as /metrics. */
export function openMetrics(parts: MetricsParts): AppMetrics {
  const { metrics, config, databases } = parts;
  metrics.set('bridge_build_info', { version: BRIDGE_VERSION, node: process.versions.node }, 1);
  const pools = [
    ['inside', databases.inside],
    ['outside', databases.outside],
    ...(databases.queue ? [['queue', databases.queue] as const] : []),
  ] as const;
  return {
    token: config.metrics.token?.reveal() ?? null,
    contentType: metrics.contentType,
    text: createScrape({
      ...parts,
      links: config.links.map(({ id }) => id),
      certificates: certificatesOf(config),
      stores: readinessOf(databases),
      connections: () =>
        pools.map(([store, { pgPool }]) => ({
          store,
          total: pgPool.totalCount,
          idle: pgPool.idleCount,
          waiting: pgPool.waitingCount,
        })),
    }),
    answered({ method, route, status, seconds }) {
      const labels = {
        method: METHODS.has(method) ? method : 'other',
        route: route ?? 'none',
        status: `${Math.floor(status / 100)}xx`,
      };
      metrics.add('bridge_http_requests_total', labels);
      metrics.observe('bridge_http_request_duration_seconds', { route: labels.route }, seconds);
    },
  };
}

/** Certificates among the files that the links' settings name. */
export function certificatesOf(config: BridgeConfig): readonly NamedCertificate[] {
  return config.links.flatMap((link) =>
    filesOf(link.database).flatMap(([setting, file]) =>
      file !== null && /(?:certificate|ca)File$/iu.test(setting)
        ? [{ link: link.id, setting: setting.replace(/^.*\./u, ''), file }]
        : [],
    ),
  );
}
