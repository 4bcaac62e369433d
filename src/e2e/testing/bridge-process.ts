import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../../..');

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** All that was printed so far. */
  stdout(): string;
}

/** A command line of its own process, with nothing of this one's environment that could point it at real servers. */
export function startBridgeCommand(args: readonly string[], env: Readonly<Record<string, string>>): Running {
  return startNode([join(ROOT, 'src/cli/bridge.js'), ...args], env);
}

export function bridgeCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  return startBridgeCommand(args, env).ended;
}

/** What `npm start` starts. */
export function startServer(env: Readonly<Record<string, string>>): Running {
  return startNode([join(ROOT, 'src/main.ts')], env);
}

export function startNode(args: readonly string[], env: Readonly<Record<string, string>>): Running {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { process: child, ended, stdout: () => stdout };
}
