import type { BridgeConfig } from '../../config/bridge-schema.ts';
import { PostgresWebhooks } from '../../connectors/handbook/postgres-webhooks.ts';
import type { ReadersHandbook } from '../../connectors/handbook/readers-port.ts';
import type { SqlPool } from '../../connectors/postgres/pool/sql-pool.ts';
import { createUndiciSender } from '../../connectors/webhooks/undici-sender.ts';
import type { WebhookJobDeps } from '../../jobs/webhook.job.ts';
import type { Operation } from '../operations/operation.ts';
import { webhookOperations, type WebhookSources } from '../operations/webhooks.ts';
import type { Releasers } from './releasers.ts';

/** What people do with webhooks, and what delivers them. */
export function openWebhooks(
  config: Pick<BridgeConfig, 'webhooks'>,
  outside: SqlPool,
  parts: Pick<WebhookSources, 'schemas' | 'clock'> & {
    readonly readers: ReadersHandbook;
    readonly accounts: { readonly outside: WebhookSources['outside'] };
  },
  releasers: Releasers,
): { readonly operations: readonly Operation[]; readonly deliveries: WebhookJobDeps } {
  const webhooks = new PostgresWebhooks(outside);
  const sender = createUndiciSender(config.webhooks);
  releasers.add('webhooks', () => sender.close());
  const { readers, schemas, clock, accounts } = parts;
  return {
    operations: webhookOperations({ webhooks, sender, outside: accounts.outside, schemas, clock }),
    deliveries: { webhooks, sender, readers, clock },
  };
}
