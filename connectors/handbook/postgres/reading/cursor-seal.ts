import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { HandbookError } from '../../port.ts';

/**
 * Cursors are encrypted: a place in a list is the key of a record, a place in the feed tells how much others do. `scope` binds one to an account,
 * its rights and the question that was asked.
 */
export interface CursorSeal {
  seal(place: unknown, scope: readonly unknown[]): string;
  /** Fails with `bad-request`. */
  open(sealed: string, scope: readonly unknown[]): unknown;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function createCursorSeal(secret: string): CursorSeal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'handbook cursor', 32));
  return {
    seal(place, scope) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(digest(scope));
      const body = Buffer.concat([cipher.update(JSON.stringify(place), 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed, scope) {
      const bytes = Buffer.from(sealed, 'base64url');
      const bodyAt = NONCE_BYTES + TAG_BYTES;
      if (bytes.length < bodyAt) throw notOurs();
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(digest(scope))
        .setAuthTag(bytes.subarray(NONCE_BYTES, bodyAt));
      try {
        return JSON.parse(
          decipher.update(bytes.subarray(bodyAt), undefined, 'utf8') + decipher.final('utf8'),
        );
      } catch {
        throw notOurs();
      }
    },
  };
}

function digest(scope: readonly unknown[]): Buffer {
  return createHash('sha256').update(JSON.stringify(scope)).digest();
}

function notOurs(): HandbookError {
  return new HandbookError(
    'bad-request',
    'The cursor was not given out to this account for this question: start without one',
  );
}
