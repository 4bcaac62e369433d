import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** scrypt's work: `N = 2 ** log2N`. */
export interface ScryptCost {
  readonly log2N: number;
  readonly blockSize: number;
  readonly parallel: number;
}

/** OWASP Password Storage Cheat Sheet, scrypt with 32 MiB: N=2^15, r=8, p=3. */
export const DEFAULT_COST: ScryptCost = { log2N: 15, blockSize: 8, parallel: 3 };

const KEY_BYTES = 32;
const STORED = /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([\w-]+)\$([\w-]+)$/;

/** `scrypt$log2N$r$p$salt$key`, both base64url: a later change of cost leaves older hashes readable. */
export async function hashPassword(password: string, cost: ScryptCost = DEFAULT_COST): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  const { log2N, blockSize, parallel } = cost;
  return ['scrypt', log2N, blockSize, parallel, salt.toString('base64url'), key.toString('base64url')].join(
    '$',
  );
}

/** Takes as long for a right password as for a wrong one. Throws when `stored` is not a hash of ours. */
export async function passwordMatches(password: string, stored: string): Promise<boolean> {
  const [, log2N, blockSize, parallel, salt, key] = STORED.exec(stored) ?? [];
  if (salt === undefined || key === undefined) {
    throw new Error('The stored password hash is damaged: set a new password for the account.');
  }
  const expected = Buffer.from(key, 'base64url');
  const cost = { log2N: Number(log2N), blockSize: Number(blockSize), parallel: Number(parallel) };
  const actual = await derive(password, Buffer.from(salt, 'base64url'), cost);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** NFC: one keyboard sends a Vietnamese letter composed, another decomposed. */
function derive(password: string, salt: Buffer, cost: ScryptCost): Promise<Buffer> {
  const N = 2 ** cost.log2N;
  const options = {
    N,
    r: cost.blockSize,
    p: cost.parallel,
    maxmem: 256 * N * cost.blockSize,
  };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, KEY_BYTES, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
