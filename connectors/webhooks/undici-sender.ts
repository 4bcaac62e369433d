import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, errors, request } from 'undici';
import type { SendOutcome, WebhookSender } from './port.ts';
import { ReachableAddresses } from './reachable-addresses.ts';

export interface SenderSettings {
  /** Networks (CIDR) that may be sent to although they are not public, and by plain http. */
  readonly allowedNetworks: readonly string[];
  readonly timeoutMs?: number;
}

class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
}

/**
 * {@link WebhookSender} that keeps to addresses it may reach. The name is looked up once, for the connection itself: what was checked is what is
 * connected to, so a name that changes its mind leads nowhere.
 */
export function createUndiciSender({ allowedNetworks, timeoutMs = 10_000 }: SenderSettings): WebhookSender & {
  close(): Promise<void>;
} {
  const reachable = new ReachableAddresses(allowedNetworks);
  // Without TLS only to networks that somebody vouched for.
  const ways = {
    'https:': wayTo((address) => reachable.has(address), timeoutMs),
    'http:': wayTo((address) => reachable.isNamed(address), timeoutMs),
  };
  const objection = (given: string): string | null => {
    const url = URL.canParse(given) ? new URL(given) : null;
    if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
      return 'Give a whole address that begins with https://.';
    if (url.username !== '' || url.password !== '' || url.hash !== '')
      return 'Give an address without a name, a password and a #part; deliveries are signed.';
    const host = literalIn(url);
    if (host !== null && !ways[url.protocol].may(host))
      return 'The address must not be sent to: it is not on the public internet, or not by https. Where that is meant, name its network in the settings (webhooks.allowedNetworks).';
    if (url.protocol === 'http:' && allowedNetworks.length === 0)
      return 'Plain http is taken only for networks that the settings name (webhooks.allowedNetworks); use https.';
    return null;
  };
  return {
    objection,
    async post(url, headers, body, signal) {
      // A literal address is not looked up.
      if (objection(url) !== null) return { kind: 'failed', code: 'forbidden-address' };
      try {
        const answer = await request(url, {
          method: 'POST',
          headers,
          body,
          dispatcher: ways[new URL(url).protocol === 'http:' ? 'http:' : 'https:'].agent,
          signal: AbortSignal.any([signal, AbortSignal.timeout(2 * timeoutMs)]),
        });
        await answer.body.dump({ limit: 64 * 1024 }).catch(() => undefined);
        return { kind: 'answered', status: answer.statusCode };
      } catch (error) {
        return { kind: 'failed', code: codeOf(error) };
      }
    },
    close: async () => void (await Promise.all(Object.values(ways).map(({ agent }) => agent.close()))),
  };
}

function wayTo(may: (address: string) => boolean, timeoutMs: number) {
  const guarded: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const good = error === null ? addresses.filter(({ address }) => may(address)) : [];
      const [first] = good;
      if (error !== null) callback(error, '', 0);
      else if (first === undefined) callback(new ForbiddenAddress(), '', 0);
      else if (options.all === true) callback(null, good);
      else callback(null, first.address, first.family);
    });
  };
  const agent = new Agent({
    connect: { lookup: guarded, timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    pipelining: 0,
  });
  return { may, agent };
}

function literalIn({ hostname }: URL): string | null {
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? null : host;
}

function codeOf(error: unknown): Extract<SendOutcome, { kind: 'failed' }>['code'] {
  if (error instanceof ForbiddenAddress) return 'forbidden-address';
  if (
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.ConnectTimeoutError ||
    (error instanceof Error && error.name === 'TimeoutError')
  )
    return 'timeout';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS/.test(code) ? 'certificate' : 'unreachable';
}
