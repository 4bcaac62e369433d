import type { Account, InsideRole, OutsideRole } from '../../connectors/accounts/port.ts';

/** Who may call a route; every route declares it. */
export type Access =
  | { readonly zone: 'open' }
  | { readonly zone: 'any' }
  /** Accounts of the inside zone, and who has the metrics' own token. */
  | { readonly zone: 'metrics' }
  | { readonly zone: 'inside'; readonly roles: readonly InsideRole[] }
  | { readonly zone: 'outside'; readonly roles: readonly OutsideRole[] };

export const OPEN: Access = { zone: 'open' };
export const ANY_ACCOUNT: Access = { zone: 'any' };
export const SCRAPERS: Access = { zone: 'metrics' };
export const OPERATORS: Access = { zone: 'inside', roles: ['operator'] };
export const INSIDE: Access = { zone: 'inside', roles: ['operator', 'releaser', 'auditor'] };
export const RELEASERS: Access = { zone: 'inside', roles: ['operator', 'releaser'] };
export const HANDBOOK_READERS: Access = {
  zone: 'outside',
  roles: ['app', 'officer', 'secretary', 'member'],
};

/** Who is calling. `token` is null where there is no session: the command line's own token, and tokens of an issuer. */
export type Caller =
  | { readonly zone: 'inside'; readonly account: Account<InsideRole>; readonly token: string | null }
  | { readonly zone: 'outside'; readonly account: Account<OutsideRole>; readonly token: string | null };

/** `cookie` is the session's cookie where the browser sent it by itself; null where a program named the token. */
export type Admitted = Caller & { readonly cookie: string | null };

export function mayCall(access: Access, caller: Caller): boolean {
  switch (access.zone) {
    case 'open':
    case 'any':
      return true;
    case 'metrics':
      return caller.zone === 'inside';
    case 'inside':
      return caller.zone === 'inside' && access.roles.includes(caller.account.role);
    case 'outside':
      return caller.zone === 'outside' && access.roles.includes(caller.account.role);
  }
}

export function accessInWords(access: Access): string {
  switch (access.zone) {
    case 'open':
      return 'Open to all.';
    case 'any':
      return 'Any account.';
    case 'metrics':
      return 'Accounts of the inside zone, and the token of the setting `metrics.token`.';
    case 'inside':
    case 'outside':
      return `Accounts of the ${access.zone} zone: ${access.roles.join(', ')}.`;
  }
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    caller: Admitted | null;
  }
}
