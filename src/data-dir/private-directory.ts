import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { DataDirUnusableError } from './errors.ts';

/** Everybody's bits. The group's are tolerated: container platforms give volumes to a group. */
const OTHERS = 0o007;

/**
 * Creates the directory for its owner alone. An existing one is closed to others if it is empty, and refused if it is not: what lies in
 * it may have been put there, or read, by anybody, and the directory may not be meant for the bridge at all.
 *
 * Throws `DataDirUnusableError`.
 */
export function ensurePrivateDirectory(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new DataDirUnusableError(
      `Cannot create the data directory "${path}": ${reason(error)}. Name another one or correct its parent's rights.`,
      { cause: error },
    );
  }
  const { mode } = statSync(path);
  if (process.platform === 'win32' || (mode & OTHERS) === 0) return;
  if (readdirSync(path).length > 0) {
    throw new DataDirUnusableError(
      `Cannot use the data directory "${path}": other users of this machine can enter it (mode ${(mode & 0o777).toString(8)}). ` +
        `If it is the bridge's, run: chmod 700 "${path}"`,
    );
  }
  try {
    chmodSync(path, 0o700);
  } catch (error) {
    throw new DataDirUnusableError(
      `Cannot close the data directory "${path}" to other users: ${reason(error)}. Its owner can: chmod 700 "${path}"`,
      { cause: error },
    );
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && error.code === 'EEXIST' ? 'there is a file of that name' : error.message;
}
