import type { LinkCounts, LinkRow } from '../../connectors/postgres/port.ts';
import { HEALTHS, type LinkHealth } from '../operations/link-health.ts';
import type { MetricName } from './metric-list.ts';
import type { Metrics } from './metrics.ts';

/** Writes one link's state into the gauges. `now` in ms. */
export function setLinkGauges(
  metrics: Metrics,
  {
    row,
    counts,
    health,
  }: { readonly row: LinkRow; readonly counts: LinkCounts; readonly health: LinkHealth },
  now: number,
): void {
  const link = row.linkId;
  /** Without an instant to count from there is no value. */
  const setSince = (name: MetricName, labels: Readonly<Record<string, string>>, instant: string | null) => {
    if (instant !== null) metrics.set(name, labels, Math.max(0, (now - Date.parse(instant)) / 1000));
  };
  metrics.set('bridge_link_info', { link, mode: row.mode }, 1);
  for (const one of HEALTHS) metrics.set('bridge_link_health', { link, health: one }, one === health ? 1 : 0);
  metrics.set('bridge_link_paused', { link, direction: 'to-handbook' }, row.pausedPull ? 1 : 0);
  metrics.set('bridge_link_paused', { link, direction: 'to-notes' }, row.pausedPush ? 1 : 0);
  metrics.set('bridge_link_braked', { link, lane: 'deletes' }, row.brakeDeletes === null ? 0 : 1);
  metrics.set('bridge_link_braked', { link, lane: 'updates' }, row.brakeUpdates === null ? 0 : 1);
  metrics.set('bridge_link_failures', { link }, row.failures);
  setSince('bridge_link_lag_seconds', { link, direction: 'to-handbook' }, row.pulledAt);
  setSince('bridge_link_lag_seconds', { link, direction: 'to-notes' }, row.pushedAt);
  setSince('bridge_link_swept_seconds', { link }, row.sweptAt);
  metrics.set('bridge_link_pending', { link, direction: 'to-handbook' }, counts.pendingFromNotes);
  metrics.set('bridge_link_pending', { link, direction: 'to-notes' }, counts.pendingFromHandbook);
  for (const [reason, n] of Object.entries(counts.blocked))
    metrics.set('bridge_link_blocked', { link, reason }, n);
  const { live, withheld, withdrawn, missing, detached, tombstones } = counts;
  const states = { live, withheld, withdrawn, missing, detached, tombstone: tombstones };
  for (const [state, n] of Object.entries(states)) metrics.set('bridge_link_documents', { link, state }, n);
  metrics.set('bridge_link_conflicts', { link }, counts.openConflicts);
  metrics.set('bridge_link_quarantined', { link }, counts.quarantined);
  metrics.set('bridge_link_open_intents', { link }, counts.openIntents);
}
