import { createHmac } from 'node:crypto';
import type { SigningKey } from '../../../connectors/handbook/webhooks-port.ts';

/** How a secret is shown to people and kept by receivers. */
export const SECRET_PREFIX = 'whsec_';

/**
 * Headers of a delivery as the Standard Webhooks specification (1.0.0) has them: HMAC-SHA-256 of `id.timestamp.body`, once with every key that holds at the
 * moment, so that a receiver may change to a new key at any time before the old one ends. `now` in milliseconds since 1970.
 */
export function signDelivery(
  id: string,
  body: string,
  keys: readonly SigningKey[],
  now: number,
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(now / 1_000));
  const signatures = keys
    .filter(({ until }) => until === null || until > now)
    .map(({ secret }) =>
      createHmac('sha256', Buffer.from(secret, 'base64'))
        .update(`${id}.${timestamp}.${body}`)
        .digest('base64'),
    );
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.map((signature) => `v1,${signature}`).join(' '),
  };
}
