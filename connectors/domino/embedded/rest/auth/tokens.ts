import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';

const claims = z.looseObject({
  iss: z.string(),
  sub: z.string(),
  scope: z.string(),
  iat: z.int(),
  exp: z.int(),
  aud: z.literal('Domino'),
});

export type Claims = z.output<typeof claims>;

/** HCL's AuthResult. */
export interface AuthResult {
  readonly bearer: string;
  readonly claims: Claims;
  readonly leeway: number;
  readonly expSeconds: number;
  readonly issueDate: string;
}

const LEEWAY_SECONDS = 5;
const HEADER = part(JSON.stringify({ alg: 'HS256', typ: 'JWT' }));

export interface TokenOptions {
  readonly issuer: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
  /** `JwtDuration`; two hours is HCL's documented default. */
  readonly seconds: number;
}

/** Signs tokens with a random key that lives as long as the process, as the server does without a configured one. */
export class Tokens {
  readonly #options: TokenOptions;
  #key = randomBytes(32);
  readonly #ended = new Set<string>();

  constructor(options: TokenOptions) {
    this.#options = options;
  }

  /** A new key: every token that was given out is worthless from now on. */
  restart(): void {
    this.#key = randomBytes(32);
    this.#ended.clear();
  }

  issue(sub: string, scope: string): AuthResult {
    const { issuer, now, seconds } = this.#options;
    const iat = Math.floor(now() / 1000);
    const issued: Claims = { iss: issuer, sub, scope, iat, exp: iat + seconds, aud: 'Domino' };
    const body = `${HEADER}.${part(JSON.stringify({ ...issued, jti: randomBytes(8).toString('hex') }))}`;
    return {
      bearer: `${body}.${this.#sign(body).toString('base64url')}`,
      claims: issued,
      leeway: LEEWAY_SECONDS,
      expSeconds: seconds,
      issueDate: new Date(iat * 1000).toISOString(),
    };
  }

  /** Null for a token that is not ours, expired or ended. */
  verify(token: string): Claims | null {
    const [header, payload, signature, ...rest] = token.split('.');
    if (header !== HEADER || payload === undefined || signature === undefined || rest.length > 0) return null;
    const given = Buffer.from(signature, 'base64url');
    const own = this.#sign(`${header}.${payload}`);
    if (given.length !== own.length || !timingSafeEqual(given, own) || this.#ended.has(token)) return null;
    const parsed = claims.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    if (!parsed.success) return null;
    return parsed.data.exp + LEEWAY_SECONDS > this.#options.now() / 1000 ? parsed.data : null;
  }

  end(token: string): void {
    this.#ended.add(token);
  }

  #sign(text: string): Buffer {
    return createHmac('sha256', this.#key).update(text).digest();
  }
}

function part(text: string): string {
  return Buffer.from(text).toString('base64url');
}
