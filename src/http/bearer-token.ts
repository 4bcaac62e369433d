import { createHash, timingSafeEqual } from 'node:crypto';
import { BlockList } from 'node:net';
import type { AppDeps } from './app-deps.ts';
import type { Caller } from './access.ts';

const LOCAL_OPERATOR = {
  id: 'local',
  name: 'local',
  role: 'operator',
  memberKey: null,
  organisationCode: null,
} as const;

/** A session's token as clients carry it: the prefix says which zone's sessions to look in. */
export const ZONE_PREFIX = { inside: 'in_', outside: 'out_' } as const;

const BEARER = /^Bearer ([\w.~+/-]{16,8000}=*)$/i;
const JWT = /^[\w-]+\.[\w-]+\.[\w-]*$/;

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');
loopback.addSubnet('::ffff:127.0.0.0', 104, 'ipv6');

/** The caller that an `Authorization` header proves, or null. `ip` is the peer's address: the local token counts from this machine only. */
export async function callerOf(
  header: string | undefined,
  ip: string,
  deps: Pick<AppDeps, 'accounts' | 'localToken' | 'issuer'>,
): Promise<Caller | null> {
  const token = BEARER.exec(header ?? '')?.[1];
  if (token === undefined) return null;
  if (sameToken(token, deps.localToken)) {
    return isLoopback(ip) ? { zone: 'inside', account: LOCAL_OPERATOR, token: null } : null;
  }
  const session = await callerOfSession(token, deps);
  if (session !== null) return session;
  if (deps.issuer && JWT.test(token)) {
    const name = await deps.issuer.verify(token);
    const account = name === null ? null : await deps.accounts.outside.accountNamed(name);
    return account === null ? null : { zone: 'outside', account, token: null };
  }
  return null;
}

/** The caller of a session's token with its zone's prefix, or null. */
export async function callerOfSession(
  token: string,
  { accounts }: Pick<AppDeps, 'accounts'>,
): Promise<Caller | null> {
  if (token.startsWith(ZONE_PREFIX.inside)) {
    const session = token.slice(ZONE_PREFIX.inside.length);
    const account = await accounts.inside.accountOfSession(session);
    return account === null ? null : { zone: 'inside', account, token: session };
  }
  if (token.startsWith(ZONE_PREFIX.outside)) {
    const session = token.slice(ZONE_PREFIX.outside.length);
    const account = await accounts.outside.accountOfSession(session);
    return account === null ? null : { zone: 'outside', account, token: session };
  }
  return null;
}

/** Whether the header carries this token. */
export function bears(header: string | undefined, expected: string): boolean {
  const token = BEARER.exec(header ?? '')?.[1];
  return token !== undefined && sameToken(token, expected);
}

/** Digests are of one length, so the comparison says nothing of where, or how long, they differ. */
function sameToken(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function isLoopback(ip: string): boolean {
  return loopback.check(ip, ip.includes(':') ? 'ipv6' : 'ipv4');
}
