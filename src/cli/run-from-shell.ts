import { userInfo } from 'node:os';
import { readConfig } from '../../config/read-config.ts';
import { runBridge } from './program.ts';
import type { Shell } from './shell.ts';

/** Runs this process's command line; sets the exit code and lets the process end by itself, so that all output is written. */
export async function runFromShell(
  parts: Pick<Shell, 'loadInProcess' | 'loadRestServer' | 'loadDoctor'>,
): Promise<void> {
  const interrupted = new AbortController();
  // Once: the second Ctrl-C ends the process the ordinary way.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
  // The reader of a pipe may leave early (`| head`).
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  process.exitCode = await runBridge({
    argv: process.argv.slice(2),
    cwd: callersDirectory(),
    user: userName(),
    progressTerminal: process.stderr.isTTY ? process.stderr : null,
    isOutputTerminal: process.stdout.isTTY,
    signal: interrupted.signal,
    writeOut: (text) => process.stdout.write(text),
    writeError: (text) => process.stderr.write(text),
    readDataDir: (file) =>
      readConfig({ ...(file !== null && { file }), env: process.env, cwd: process.cwd() }).dataDir,
    ...parts,
  });
}

/** npm runs scripts in the project's folder and keeps the place where the operator stands in INIT_CWD. */
function callersDirectory(): string {
  const { npm_lifecycle_event: script, INIT_CWD: started } = process.env;
  return script === 'bridge' && started !== undefined ? started : process.cwd();
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that has no name.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
