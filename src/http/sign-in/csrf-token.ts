import { Tokens } from '@fastify/csrf';

/** Header in which a program in the browser sends the token that `GET /api/session` answered. */
export const CSRF_HEADER = 'x-csrf-token';

const tokens = new Tokens({ userInfo: false });

/** A token that only somebody who was shown one of our pages or answers can have. It is worth as much as the session (`secret`), and no longer. */
export function csrfToken(secret: string): string {
  return tokens.create(secret);
}

/** Whether `token` was made for this session. Takes as long for a wrong one as for a right one. */
export function csrfMatches(secret: string, token: unknown): boolean {
  return typeof token === 'string' && token.length <= 200 && tokens.verify(secret, token);
}

/**
 * Whether the browser itself says that another site sent this. Fetch Metadata: every browser since 2023 sends it to trustworthy addresses; what does not
 * say anything is left to the token.
 */
export function isFromElsewhere(header: string | string[] | undefined): boolean {
  return header !== undefined && header !== 'same-origin' && header !== 'none';
}
