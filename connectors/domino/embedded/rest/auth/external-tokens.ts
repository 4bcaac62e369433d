import { verify } from 'node:crypto';
import * as z from 'zod';

/** An identity provider that the server trusts, as an `oidc` block of its configuration names one. */
export interface TrustedProvider {
  readonly issuer: string;
  /** PEM of the RSA key that its tokens are signed with. */
  readonly publicKey: string;
}

/** Who asks and for which scopes, whoever vouches for it. */
export interface Caller {
  readonly sub: string;
  readonly scope: string;
}

const header = z.looseObject({ alg: z.string().regex(/^RS256$/u) });
const name = z.string().min(1).optional();

const claims = z.looseObject({
  iss: z.string(),
  iat: z.number(),
  exp: z.number(),
  aud: z.union([z.string(), z.array(z.string())]),
  scope: z.string().optional(),
  scopes: z.string().optional(),
  CN: name,
  upn: name,
  preferred_username: name,
  email: name,
  sub: name,
});

/**
 * The caller that a token of a trusted provider names; null for any other token. Accepted as HCL documents: issuer, audience `Domino`, times, a scope, and the
 * name from the first of `keep.user.attr.dominoDn`, `CN`, `upn`, `preferred_username`, `email`, `sub`. `now` in seconds.
 */
export function externalCaller(
  token: string,
  providers: readonly TrustedProvider[],
  now: number,
): Caller | null {
  const [head, payload, signature, ...rest] = token.split('.');
  if (head === undefined || payload === undefined || signature === undefined || rest.length > 0) return null;
  const parsed = claims.safeParse(decoded(payload));
  if (!header.safeParse(decoded(head)).success || !parsed.success) return null;
  const { iss, exp, iat, aud, scope, scopes } = parsed.data;
  const provider = providers.find(({ issuer }) => issuer === iss);
  const bytes = Buffer.from(`${head}.${payload}`);
  const isSigned =
    provider !== undefined &&
    verify('RSA-SHA256', bytes, provider.publicKey, Buffer.from(signature, 'base64url'));
  const isTimely = iat <= now + LEEWAY_SECONDS && exp + LEEWAY_SECONDS > now;
  const sub = NAMES.map((one) => parsed.data[one]).find((value) => typeof value === 'string');
  const granted = scope ?? scopes;
  if (!isSigned || !isTimely || ![aud].flat().includes('Domino')) return null;
  return typeof sub === 'string' && granted !== undefined ? { sub, scope: granted } : null;
}

const LEEWAY_SECONDS = 5;
const NAMES = ['keep.user.attr.dominoDn', 'CN', 'upn', 'preferred_username', 'email', 'sub'] as const;

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as unknown;
  } catch {
    return null;
  }
}
