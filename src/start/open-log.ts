import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { destination, type Logger, pino } from 'pino';
import { logOptions } from '../signals/log-options.ts';

/** A file of more is set aside at the next look. */
const MOST_BYTES = 50 * 1024 * 1024;
/** `bridge.log.1` is the newest of those set aside. */
const KEPT_FILES = 5;
const LOOK_MS = 60_000;

export interface BridgeLog {
  readonly log: Logger;
  readonly close: () => void;
}

/** The log of a data directory: `bridge.log`, which makes room for itself. Lines are written before the call returns, so that a crash keeps them. */
export function openLog(
  directory: string,
  level: string,
  mostBytes = MOST_BYTES,
): BridgeLog & { readonly rotate: () => void } {
  const file = join(directory, 'bridge.log');
  const out = destination({ dest: file, sync: true, mode: 0o600 });
  const rotate = () => {
    if (!existsSync(file) || statSync(file).size <= mostBytes) return;
    rmSync(`${file}.${KEPT_FILES}`, { force: true });
    for (let at = KEPT_FILES - 1; at >= 1; at -= 1)
      if (existsSync(`${file}.${at}`)) renameSync(`${file}.${at}`, `${file}.${at + 1}`);
    renameSync(file, `${file}.1`);
    out.reopen();
  };
  rotate();
  const log = pino(logOptions(level), out);
  const look = setInterval(() => {
    try {
      rotate();
    } catch (error) {
      log.warn({ err: error }, 'the log cannot make room for itself');
    }
  }, LOOK_MS).unref();
  return { log, rotate, close: () => clearInterval(look) };
}
