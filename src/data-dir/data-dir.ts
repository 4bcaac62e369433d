import { resolve } from 'node:path';
import { DataDirInUseError } from './errors.ts';
import { isLocked, takeLock } from './lock.ts';
import { ensurePrivateDirectory } from './private-directory.ts';
import { readRunning, removeRunning, type Running, writeRunning } from './running.ts';

/** The data directory, ours alone until `close` or the end of the process. */
export interface DataDir {
  /** Absolute. */
  readonly path: string;
  /** Tells later commands where to reach this process: writes `running.json`, which only the owner can read. */
  announce(server: { readonly url: string; readonly token: string }): void;
  /** Removes `running.json` and gives the lock back. May be repeated. */
  close(): void;
}

/**
 * Creates the directory when it is missing (for its owner alone) and takes it for this process. The lock ends with the process, whatever
 * ends it. Opening twice within one process is refused as well.
 *
 * Throws `DataDirInUseError` when another process has it and `DataDirUnusableError` when it cannot be created or others can enter it.
 */
export function openDataDir(path: string): DataDir {
  const absolute = resolve(path);
  ensurePrivateDirectory(absolute);
  const lock = takeLock(absolute);
  if (lock === null) throw new DataDirInUseError(absolute, readRunning(absolute));

  const self: Running = { pid: process.pid, url: null, token: null, startedAt: new Date().toISOString() };
  let open = true;
  try {
    // Replaces what a killed holder left, so that nobody is sent to an address that is no longer the bridge's.
    writeRunning(absolute, self);
  } catch (error) {
    lock.release();
    throw error;
  }
  return {
    path: absolute,
    announce({ url, token }) {
      if (!open)
        throw new Error(`Cannot announce the server at ${url}: the data directory "${absolute}" is closed`);
      writeRunning(absolute, { ...self, url, token });
    },
    close() {
      if (!open) return;
      open = false;
      removeRunning(absolute);
      lock.release();
    },
  };
}

/** Whether a living process has the directory. Takes nothing, creates nothing, and disturbs nobody who is opening it. */
export function isDataDirInUse(path: string): boolean {
  return isLocked(resolve(path));
}
