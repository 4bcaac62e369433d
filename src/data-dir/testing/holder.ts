import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Holder extends AsyncDisposable {
  readonly pid: number;
  /** Resolves once the process is gone. */
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** Starts another process that holds the data directory `path`; resolves once it does. Throws with its error text when it cannot. */
export async function startHolder(path: string, url?: string): Promise<Holder> {
  const script = fileURLToPath(new URL('hold-data-dir.ts', import.meta.url));
  const child = spawn(process.execPath, [script, path, ...(url === undefined ? [] : [url])], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(child, 'exit');
  await untilHolding(child);
  const { pid } = child;
  if (pid === undefined) throw new Error('the holder has no process id');
  const kill = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exit;
  };
  return { pid, kill, [Symbol.asyncDispose]: () => kill('SIGKILL') };
}

async function untilHolding(child: ChildProcess): Promise<void> {
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const holding = new Promise<void>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('holding')) resolve();
    });
  });
  const ended = once(child, 'close').then(() => {
    throw new Error(`the holder ended: ${errors}`);
  });
  await Promise.race([holding, ended]);
}
