import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Who holds a data directory. `url` and `token` are null while the holder serves nobody: it is starting, or it is one command. */
export interface Running {
  readonly pid: number;
  /** Base address of the operations API, for example `http://127.0.0.1:8080`. */
  readonly url: string | null;
  /** Bearer token that the operations API takes from this machine. Never print it. */
  readonly token: string | null;
  /** ISO 8601 instant. */
  readonly startedAt: string;
}

const runningSchema = z.object({
  pid: z.int().positive(),
  url: z.url().nullable(),
  token: z.string().min(1).nullable(),
  startedAt: z.iso.datetime(),
});

function runningPath(dir: string): string {
  return join(dir, 'running.json');
}

/**
 * What the last holder of the data directory `dir` said about itself. A process that was killed leaves its file behind: only the lock
 * says whether the holder lives (see `isDataDirInUse`). Null: there is no file, or none that makes sense.
 */
export function readRunning(dir: string): Running | null {
  try {
    return runningSchema.parse(JSON.parse(readFileSync(runningPath(dir), 'utf8')));
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}

/** Replaces the file in one step, so that a reader sees the old text or the new one. Only the holder of the lock may call it. */
export function writeRunning(dir: string, running: Running): void {
  const path = runningPath(dir);
  const draft = `${path}.new`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${JSON.stringify(running)}\n`, { mode: 0o600, flag: 'wx' });
  // The umask may have taken more away than it should have.
  chmodSync(draft, 0o600);
  renameSync(draft, path);
}

export function removeRunning(dir: string): void {
  rmSync(runningPath(dir), { force: true });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
