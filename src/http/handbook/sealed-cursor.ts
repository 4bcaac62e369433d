import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { ProblemError } from '../problem.ts';

/**
 * Cursors for those who see only a part of a list. A list's own cursor may hold the key of the last record looked at, which can be somebody
 * else's, so it is encrypted. `scope` binds it to one account and list.
 */
export interface CursorSeal {
  seal(cursor: string, scope: string): string;
  /** Fails with problem `bad-cursor`; also for a cursor sealed with another secret. */
  open(sealed: string, scope: string): string;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function createCursorSeal(secret: string): CursorSeal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'handbook list cursor', 32));
  return {
    seal(cursor, scope) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(scope));
      const body = Buffer.concat([cipher.update(cursor, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed, scope) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new ProblemError('bad-cursor');
      const bodyAt = NONCE_BYTES + TAG_BYTES;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(Buffer.from(scope))
        .setAuthTag(bytes.subarray(NONCE_BYTES, bodyAt));
      try {
        return decipher.update(bytes.subarray(bodyAt), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        throw new ProblemError('bad-cursor');
      }
    },
  };
}
