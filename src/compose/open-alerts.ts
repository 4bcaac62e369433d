import type { BridgeConfig } from '../../config/bridge-schema.ts';
import { PostgresAlertBook } from '../../connectors/postgres/postgres-alert-book.ts';
import type { AlertsDeps } from '../../jobs/alerts.job.ts';
import { mailChannel, webhookChannel } from '../alerts/channels.ts';
import { conditionsOf } from '../alerts/conditions.ts';
import type { Bridge } from '../operations/bridge.ts';
import { status } from '../operations/status.ts';
import { diskOf } from '../signals/host-gauges.ts';
import type { Databases } from './open-databases.ts';
import { readinessOf } from './readiness.ts';

/** Who is told of what, as the settings say. */
export function openAlerts(
  config: BridgeConfig,
  dataDir: string,
  bridge: Bridge,
  databases: Databases,
): AlertsDeps {
  const { webhook, mail, repeatHours, quietHours } = config.alerts;
  const ready = readinessOf(databases);
  const { clock, log } = bridge.deps;
  return {
    channels: [
      ...(webhook === null ? [] : [webhookChannel(webhook.reveal())]),
      ...(mail === null ? [] : [mailChannel(mail.url.reveal(), mail.from, mail.to)]),
    ],
    book: new PostgresAlertBook(databases.inside),
    repeatMs: repeatHours * 3_600_000,
    quietHours,
    clock,
    log,
    async look() {
      const disk = await diskOf(dataDir);
      const { links } = await status(bridge).run(
        {},
        { by: 'bridge', signal: new AbortController().signal, progress: () => undefined },
      );
      return conditionsOf({
        links,
        failingStores: (await ready()).filter(({ ok }) => !ok).map(({ name }) => name),
        freeShare: disk === null ? null : disk.free / disk.size,
      });
    },
  };
}
