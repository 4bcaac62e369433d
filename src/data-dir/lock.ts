import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * One process at a time, by the operating system's file locks (fcntl on Unix, LockFileEx on Windows), which end with the process however
 * it dies. Node cannot take such locks itself; SQLite can (https://sqlite.org/lockingv3.html), and it also keeps two connections of one
 * process apart. On network file systems these locks are only as good as the file system's.
 *
 * Nothing in this process may open the lock file by other means: closing any descriptor of a file drops all fcntl locks that the process
 * has on it (https://sqlite.org/howtocorrupt.html, 2.2).
 */
export interface Lock {
  release(): void;
}

/** SQLite's extended result codes carry the primary one in the low byte; 5 is SQLITE_BUSY. */
const SQLITE_BUSY = 5;

/** A probe (see `isLocked`) holds its shared lock for microseconds; one command at work holds the exclusive one for as long as it likes. */
const PROBE_PATIENCE_MS = 200;

function lockPath(dir: string): string {
  return join(dir, 'bridge.lock');
}

/** Null: another process (or another part of this one) has it. */
export function takeLock(dir: string): Lock | null {
  createPrivate(lockPath(dir));
  const database = new DatabaseSync(lockPath(dir), { timeout: PROBE_PATIENCE_MS });
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (isBusy(error)) return null;
    throw error;
  }
  return { release: () => database.close() };
}

/** Whether somebody has the lock, without getting in the way of a process that wants it. False when there is no lock file. */
export function isLocked(dir: string): boolean {
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(lockPath(dir), { readOnly: true, timeout: 0 });
  } catch (error) {
    // SQLITE_CANTOPEN: there is no such file yet, or it is not ours to read.
    if (primaryCode(error) === 14) return false;
    throw error;
  }
  try {
    database.exec('SELECT count(*) FROM sqlite_schema');
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw error;
  } finally {
    database.close();
  }
}

/** Never opens a file that exists: the descriptor's closing would drop a lock of this very process. */
function createPrivate(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

function isBusy(error: unknown): boolean {
  return primaryCode(error) === SQLITE_BUSY;
}

function primaryCode(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode & 0xff
    : null;
}
