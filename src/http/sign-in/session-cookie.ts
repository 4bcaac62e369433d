import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Cookies of the browser's sign-in. `https` says how the browser reaches us, which the server cannot see behind a proxy. */
export class SessionCookies {
  readonly #https: boolean;

  constructor(publicUrl: string | null) {
    this.#https = publicUrl !== null && new URL(publicUrl).protocol === 'https:';
  }

  /** `__Host-`: the browser takes it from this host alone, for the whole of it, and never without TLS (RFC 6265bis, section 4.1.3). */
  get sessionName(): string {
    return this.#https ? '__Host-bridge-session' : 'bridge-session';
  }

  get #visitName(): string {
    return this.#https ? '__Host-bridge-visit' : 'bridge-visit';
  }

  /** The session's token with its zone's prefix, as a bearer would send it. */
  session(request: Pick<FastifyRequest, 'cookies'>): string | undefined {
    return request.cookies[this.sessionName];
  }

  /** `expiresAt` in milliseconds since 1970. Readable by no script; `Lax` so that a link into the console from a message works. */
  setSession(reply: FastifyReply, token: string, expiresAt: number): void {
    reply.setCookie(this.sessionName, token, { ...this.#options, expires: new Date(expiresAt) });
  }

  dropSession(reply: FastifyReply): void {
    reply.clearCookie(this.sessionName, this.#options);
  }

  /** The secret of one visit to the sign-in page, before there is a session: with it nobody signs another's browser in. */
  visit(request: Pick<FastifyRequest, 'cookies'>): string | undefined {
    return request.cookies[this.#visitName];
  }

  setVisit(reply: FastifyReply, secret: string): void {
    reply.setCookie(this.#visitName, secret, { ...this.#options, sameSite: 'strict' });
  }

  get #options(): CookieSerializeOptions {
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: this.#https };
  }
}
